"""Records as they arrive: checked whole, every fault named, or parsed for writing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from data import record_columns
from data.datatypes import DATA_TYPES, data_type
from data.entries import Batch, DataSetEntry, Record
from data.parsed_records import ParsedRecord, parsed
from data.record_contract import Draft, Wrong, check
from data.record_faults import type_faults
from data.record_ids import made_up
from data.rules import DataType


@dataclass(frozen=True)
class Fault:
    """What is wrong with one record, or a setting: where it stands (from 1), in which field."""

    data_set: str
    position: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f", record {self.position}" if self.position else ""
        return f"{self.data_set}{where}: {self.message}"


class Rejected(ValueError):
    """A delivery that was refused whole; ``faults`` names everything that is wrong with it."""

    def __init__(self, message: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


def refusal(faults: Sequence[Fault]) -> Rejected:
    """The refusal of a delivery with these faults: the first in words, and how many more."""
    others = len(faults) - 1
    more = "There is 1 more fault. " if others == 1 else f"There are {others:,} more faults. "
    # The contract's own messages end without a full stop.
    first = str(faults[0]).removesuffix(".")
    return Rejected(f"{first}. {more if others else ''}Nothing was written.", faults)


def parse(batch: Batch, services: Collection[str]) -> list[ParsedRecord]:
    """Every record of a batch for a data set whose settings are given, parsed.

    The record API's contract goes first; a standard data type then looks at the records that it
    finds nothing wrong with.

    :param services: the slugs that records may be about.
    :raises Rejected: naming every fault of the batch.
    """
    entry, keeps_ids = batch.entry, batch.merged or batch.restored
    if entry.schema is None and (keeps_ids or not entry.auto_ids):
        found = record_columns.sound(entry, batch.records, services)
        if found is not None:
            return found
    drafts, wrong = check(entry, batch.records, keeps_ids=keeps_ids)
    if entry.type in DATA_TYPES:
        faulty = {item.position for item in wrong}
        sound = [(n, draft) for n, draft in enumerate(drafts, start=1) if n not in faulty]
        wrong = [*wrong, *_type_faults(sound, DATA_TYPES[entry.type], services)]
    wrong = wrong or _name(drafts, data_type(entry.type))
    if wrong:
        raise refusal([Fault(entry.address, *item) for item in wrong])
    return [_finished(draft, entry) for draft in drafts]


def _type_faults(
    drafts: Iterable[tuple[int, Draft]], kind: DataType, services: Collection[str]
) -> list[Wrong]:
    return [
        Wrong(position, *found)
        for position, draft in drafts
        for found in type_faults(draft.body, draft.moment, kind, services)
    ]


def _name(drafts: Sequence[Draft], kind: DataType) -> list[Wrong]:
    """Give the records without an _id one; wrong are those that would replace another one."""
    wrong = []
    named: dict[str, tuple[int, Record]] = {}
    for position, draft in enumerate(drafts, start=1):
        if "_id" in draft.body:
            continue
        draft.body["_id"] = key = made_up(draft.body, kind)
        first, body = named.setdefault(key, (position, draft.body))
        if body != draft.body:
            message = (
                f"record {position} is told from record {first} by no text field, and says "
                "otherwise. Send one of them, or give each an _id."
            )
            wrong.append(Wrong(position, "_id", message))
    return wrong


def _finished(draft: Draft, entry: DataSetEntry) -> ParsedRecord:
    at, micros = (draft.moment.at, draft.moment.micros) if draft.moment else (None, 0)
    return parsed(draft.body["_id"], at, micros, draft.body, entry)

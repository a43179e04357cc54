"""What was sent: records by data set and key. Sending a key again replaces its record."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple, TypeVar

import numpy as np
from sqlalchemy import Connection, Select, bindparam, delete, func, select

from data.datatypes import data_type
from data.dialect import upsert_values
from data.entries import DataSetEntry, Record
from data.measurements import FirstUses
from data.parsed_records import ParsedRecord, parsed
from data.receipts import Count
from data.tables import record

Item = TypeVar("Item")
_CHUNK = 500
# So many records are at hand at once, of however many there are.
RUN = 5_000
# Made once, as every write asks them: the records of a data set, by key and by time, and when they
# first name each channel.
_OWN = record.c.data_set_id == bindparam("data_set")
_ALL = select(record.c.key, record.c.at, record.c.micros, record.c.body).where(_OWN)
_BY_KEY = _ALL.where(record.c.key.in_(bindparam("keys", expanding=True)))
# Without the span SQLite would look through all records of the data set.
_AT_STARTS = _ALL.where(
    record.c.at.between(bindparam("first"), bindparam("last")),
    record.c.at.in_(bindparam("starts", expanding=True)),
)
_CHANNEL = record.c.body["channel"].as_string()
_FIRST_USES = select(_CHANNEL, func.min(record.c.at)).where(_OWN).group_by(_CHANNEL)


@dataclass(frozen=True)
class Touched:
    """What must be measured again: all records at the starts that a write touches.

    ``starts`` are in seconds, in order, and include those where a replaced record used to be;
    ``services`` include the ones that it used to be about. ``records`` is None where they are too
    many to be at hand: `StoredRecords.windows` reads them.
    """

    records: Sequence[ParsedRecord] | None
    starts: Sequence[int]
    services: Set[str]

    @classmethod
    def of_all(cls, parts: Sequence[Touched]) -> Touched:
        """What several writes to the same data set touched; of one it is that itself."""
        if len(parts) == 1:
            return parts[0]
        starts = np.unique(np.concatenate([np.asarray(part.starts) for part in parts]))
        return cls(None, array("q", starts), frozenset().union(*(part.services for part in parts)))


class RecordChange(NamedTuple):
    """What a write did to one record: ``before`` is what it replaced or removed; None: new."""

    key: str
    before: Record | None


@dataclass(frozen=True)
class StoredRecords:
    """The records of one data set, as they are stored.

    ``is_empty``: it is known to have had none before this write. ``has_kpis``: whether KPIs of its
    service's own rest on it, whatever its type means.
    """

    connection: Connection
    data_set_id: int
    entry: DataSetEntry
    is_empty: bool = False
    has_kpis: bool = False

    def bodies(self, keys: Iterable[str]) -> dict[str, Record]:
        """What is stored under these keys, as far as anything is."""
        return {item.key: item.body for item in self._by_key(keys)}

    def has_none(self) -> bool:
        """Whether no record is stored."""
        query = select(record.c.key).where(record.c.data_set_id == self.data_set_id).limit(1)
        return self.connection.execute(query).first() is None

    def newest(self) -> int | None:
        """The moment of the newest record, in seconds; None where none has a time."""
        own = record.c.data_set_id == self.data_set_id
        return self.connection.scalar(select(func.max(record.c.at)).where(own))

    def keys(self) -> list[str]:
        """The keys of all records."""
        own = record.c.data_set_id == self.data_set_id
        return list(self.connection.scalars(select(record.c.key).where(own)))

    def write(
        self,
        records: Sequence[ParsedRecord],
        removed: Collection[str],
        now: int,
        count: Count,
        *,
        is_part: bool = False,
    ) -> tuple[Touched, list[RecordChange]]:
        """Remove and write records, and gather all that share a start with one of them.

        :param is_part: others follow, so that what shares a start is read when all are there.
        """
        sent = {item.key: item for item in records}
        wanted = [*sent, *(key for key in removed if key not in sent)]
        stored = {} if self.is_empty else {item.key: item for item in self._by_key(wanted)}
        gone = [key for key in removed if key not in sent and key in stored]
        changed = _changed(sent.values(), stored, count)
        touched = self._touched(sent, stored, is_part)
        count.removed += len(gone)
        self._delete(gone)
        id, names = self.data_set_id, ("data_set_id", "key", "at", "micros", "body", "updated_at")
        rows = [(id, item.key, item.at, item.micros, item.body, now) for item in changed]
        upsert_values(self.connection, record, names, rows)
        keys = [*gone, *(item.key for item in changed)]
        if not stored:
            return touched, list(map(RecordChange, keys, repeat(None)))
        changes = [RecordChange(key, stored[key].body if key in stored else None) for key in keys]
        return touched, changes

    def _touched(
        self,
        sent: Mapping[str, ParsedRecord],
        stored: Mapping[str, ParsedRecord],
        is_part: bool,
    ) -> Touched:
        """Asked before anything is written: what is sent need not be read again."""
        moved = [*sent.values(), *stored.values()]
        starts = _in_order(item.at for item in moved if item.at is not None)
        if is_part:
            return Touched(None, starts, {item.service for item in moved})
        beside = [] if self.is_empty or not self.is_measured else self.at_starts(starts)
        others = [item for item in beside if item.key not in sent and item.key not in stored]
        found = [*sent.values(), *others]
        return Touched(found, starts, {item.service for item in (*found, *moved)})

    @property
    def is_measured(self) -> bool:
        """Whether figures are made of records."""
        return self.has_kpis or bool(data_type(self.entry.type).rules)

    def _delete(self, keys: Sequence[str]) -> None:
        own = record.c.data_set_id == self.data_set_id
        for run in chunks(keys):
            self.connection.execute(delete(record).where(own, record.c.key.in_(run)))

    def since(self, first: int | None, touched: Touched) -> Touched:
        """All records from a moment (seconds; None: ever) on, beside those that are touched."""
        own = [record.c.data_set_id == self.data_set_id, record.c.at.is_not(None)]
        if first is not None:
            own.append(record.c.at >= first)
        later = self.connection.scalars(select(record.c.at).where(*own).distinct())
        return Touched(None, _in_order([*touched.starts, *later]), touched.services)

    def windows(self, touched: Touched) -> Iterator[Touched]:
        """What is touched, a few starts after another: no more records at once than a run has."""
        if touched.records is not None:
            yield touched
            return
        starts: list[int] = []
        found: list[ParsedRecord] = []
        for run in chunks(touched.starts):
            starts += run
            found += self.at_starts(run)
            if len(found) >= RUN:
                yield self._window(touched, starts, found)
                starts, found = [], []
        if starts:
            yield self._window(touched, starts, found)

    @staticmethod
    def _window(touched: Touched, starts: list[int], found: list[ParsedRecord]) -> Touched:
        return Touched(found, starts, touched.services | {item.service for item in found})

    def at_starts(self, starts: Iterable[int]) -> list[ParsedRecord]:
        """All records that start at one of these moments."""
        return [
            item
            for run in chunks(sorted(starts))
            for item in self._read(_AT_STARTS, first=run[0], last=run[-1], starts=run)
        ]

    def first_uses(self) -> FirstUses:
        """When the records first name each channel, in seconds."""
        uses: dict[str, int] = {}
        for name, first in self.connection.execute(_FIRST_USES, {"data_set": self.data_set_id}):
            if name is not None and first is not None:
                uses[name.strip()] = min(first, uses.get(name.strip(), first))
        return uses

    def _by_key(self, keys: Iterable[str]) -> Iterator[ParsedRecord]:
        for run in chunks(list(keys)):
            yield from self._read(_BY_KEY, keys=run)

    def _read(self, query: Select[Any], **asked: Any) -> Iterator[ParsedRecord]:
        found = self.connection.execute(query, {**asked, "data_set": self.data_set_id})
        # All at once: one by one each takes three times as long, and a chunk of them is at hand.
        for key, at, micros, body in found.all():
            yield parsed(key, at, micros, body, self.entry)


def _changed(
    sent: Collection[ParsedRecord], stored: Mapping[str, ParsedRecord], count: Count
) -> list[ParsedRecord]:
    """The records that are new, or other than they are stored, which are counted."""
    if stored:
        return [item for item in sent if count.add(_is_same(stored, item), True)]
    count.new += len(sent)
    return list(sent)


def _is_same(stored: Mapping[str, ParsedRecord], item: ParsedRecord) -> bool | None:
    """Whether a record is stored as it is sent; None where none of its key is."""
    if item.key not in stored:
        return None
    old, new = stored[item.key].body, item.body
    # To Python true is 1, which it is not to who reads the record.
    return old == new and all(
        isinstance(old[name], bool) is isinstance(value, bool) for name, value in new.items()
    )


def _in_order(starts: Iterable[int]) -> Sequence[int]:
    """Each start once. They are kept as bare numbers: a million take eight megabytes."""
    return array("q", sorted(set(starts)))


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Items in runs short enough for one statement on any engine."""
    return (items[n : n + _CHUNK] for n in range(0, len(items), _CHUNK))


def runs(items: Sequence[ParsedRecord]) -> Iterator[Sequence[ParsedRecord]]:
    """Records in runs that are at hand at once: one at least, if an empty one."""
    return (items[n : n + RUN] for n in range(0, len(items) or 1, RUN))

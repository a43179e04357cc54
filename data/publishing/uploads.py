"""An uploaded file: what it would change, and then that it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine

from data import catalogue, data_sets
from data.data_sets import StoredDataSet
from data.datatypes import data_type
from data.deliveries import Sender, deliver
from data.entries import Batch, Record
from data.publishing import shapes
from data.publishing.matching import Matched, matched
from data.publishing.outlooks import delivery_of, outlook
from data.publishing.readings import reading_of
from data.receipts import Receipt
from data.spreadsheets.choices import Choices
from data.spreadsheets.faults import CellFault
from data.spreadsheets.files import Limits, read_book
from data.spreadsheets.refusals import Refused
from data.spreadsheets.sheets import column_letter, shown
from data.spreadsheets.targets import LAST_DAY, PERIOD, TIMESTAMP, WIDE
from data.spreadsheets.understanding import Understood, understood
from data.validation import Fault, Rejected, parse
from kpi.corrections import about_in_words
from kpi.publishing import UploadAnswer, Wrong

ACTION = "upload"
CHANGED = "The data set was changed after this was shown."
# More faults than this tell nothing new.
_FAULTS_MOST = 100


@dataclass(frozen=True)
class Upload:
    """A file and how it is to be read; ``name`` is what it is called."""

    data: bytes
    name: str
    choices: Choices | None = None


class Moved(Exception):
    """What would be written is not what was shown; the sentence says why."""


@dataclass(frozen=True)
class _Read:
    """A file held against what is stored, and all that is wrong with it."""

    found: Understood
    matched: Matched
    faults: tuple[CellFault, ...] = ()


def preview(
    engine: Engine, stored: StoredDataSet, upload: Upload, limits: Limits, sender: Sender
) -> UploadAnswer:
    """How a file is understood, what is wrong with it, and what it would change."""
    answer = UploadAnswer(upload.name, version=stored.version)
    try:
        read = _read(engine, stored, upload, limits)
    except Refused as refused:
        return replace(answer, problem=str(refused))
    answer = replace(answer, reading=reading_of(read.found), problem=read.found.problem)
    if answer.problem or read.faults:
        return _with_faults(answer, read.faults)
    try:
        return replace(answer, outlook=outlook(engine, stored, read.matched, sender))
    except Rejected as rejected:
        return _with_faults(answer, list(located(rejected.faults, read.found)))


def confirm(
    engine: Engine, stored: StoredDataSet, upload: Upload, limits: Limits, sender: Sender
) -> Receipt:
    """Write what a preview of the same file showed, when ``stored`` was as it is given.

    :raises Moved: when the data set has changed since, or something is wrong with the file.
    """
    try:
        read = _read(engine, stored, upload, limits)
        if read.faults or read.found.problem:
            raise Moved("Something is wrong with the file.")
        sender = replace(sender, action=ACTION, reason=upload.name)
        delivery = delivery_of(stored, read.matched.records)
        return deliver(engine, delivery, sender, check=unchanged(stored))
    except (Refused, Rejected) as error:
        raise Moved(str(error)) from error


def unchanged(stored: StoredDataSet) -> Callable[[Connection], None]:
    """A check that a data set is still as it was."""

    def check(connection: Connection) -> None:
        now = data_sets.find(connection, stored.entry.group, stored.entry.type)
        if now is None or now.version != stored.version:
            raise Rejected(CHANGED)

    return check


def _read(engine: Engine, stored: StoredDataSet, upload: Upload, limits: Limits) -> _Read:
    book = read_book(upload.data, upload.name, limits)
    with engine.connect() as connection:
        shape = shapes.shape(connection, stored)
        found = understood(book, shape, upload.choices)
        if found.problem:
            return _Read(found, Matched())
        match = matched(connection, stored, found.records, _texts(found))
        wrong = [*found.faults, *_ambiguous(match, found)]
        if wrong:
            # All faults are told at once: also those of rows that could be read.
            wrong += located(_faults(connection, stored, found.records), found)
    return _Read(found, match, tuple(sorted(wrong, key=lambda fault: fault.row)))


def _texts(found: Understood) -> list[str]:
    """The text fields that tell records apart: of an open shape, those that the file has."""
    names = [target.name for target in found.shape.of_kind("text")]
    given = {*(found.choices.columns or {}).values(), *(found.choices.fixed or {})}
    return [name for name in names if name in given] if found.shape.open else names


def _faults(
    connection: Connection, stored: StoredDataSet, records: Sequence[Record]
) -> Sequence[Fault]:
    slugs = None if data_type(stored.entry.type).names_its_service else {stored.entry.service or ""}
    try:
        parse(Batch(stored.entry, list(records)), catalogue.service_ids(connection, slugs))
    except Rejected as rejected:
        return rejected.faults
    return ()


def _ambiguous(match: Matched, found: Understood) -> Iterator[CellFault]:
    for place, ids in match.ambiguous.items():
        row, _ = found.rows[place]
        words = (
            f"{len(ids)} stored records are about this ({listed_ids(ids)}), so it cannot be told "
            "which one to replace. Delete all but one of them over the API."
        )
        yield CellFault(row + 1, "", "", about_in_words(found.records[place]), words)


def listed_ids(ids: Sequence[str]) -> str:
    """The first few ids."""
    return ", ".join(ids[:3]) + (" …" if len(ids) > 3 else "")


def located(faults: Iterable[Fault], found: Understood) -> Iterator[CellFault]:
    """Faults of records as faults of the cells that they come from."""
    places = {name: place for place, name in (found.choices.columns or {}).items()}
    moment = places.get(TIMESTAMP, places.get(LAST_DAY))
    for fault in faults:
        row, column = found.rows[max(0, fault.position - 1)]
        place = moment if fault.field in (TIMESTAMP, PERIOD) else places.get(fault.field)
        if place is None and WIDE in places:
            place = column
        message = f"{fault.message[:1].upper()}{fault.message[1:]}"
        if place is None:
            yield CellFault(row + 1, "", "", "", message)
            continue
        header = shown(found.sheet.cell((found.choices.header or 1) - 1, place))
        text = shown(found.sheet.cell(row, place))
        yield CellFault(row + 1, column_letter(place), header, text, message)


def _with_faults(answer: UploadAnswer, faults: Sequence[CellFault]) -> UploadAnswer:
    told = tuple(
        Wrong(one.row, one.column, one.header, one.text, one.message)
        for one in faults[:_FAULTS_MOST]
    )
    return replace(answer, faults=told, fault_count=len(faults))

"""What publishers are shown: how a file was understood, what is wrong, what would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kpi.periods import Period

# A value that is sent, and the words that are shown for it.
Option = tuple[str, str]
Value = str | int | float | bool | None


@dataclass(frozen=True)
class Column:
    """A column of a file: where it stands (from 0), its letter, what it is called, some cells of
    it, and which of the reading's fields it was matched to."""

    place: int
    letter: str
    header: str
    sample: str
    field: str


@dataclass(frozen=True)
class Fixed:
    """A field that no column gives: what it is called, its value for every row ('' until it is
    chosen), and what it may be; without options it is any text."""

    field: str
    title: str
    help: str
    value: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class PassedOver:
    """A row that was not read as figures: its number, what it says, and why."""

    row: int
    text: str
    why: str


@dataclass(frozen=True)
class Reading:
    """How a file was understood.

    ``header`` is the number of the header's row, '' where none was found; ``headers`` are the rows
    that it may be. ``fields`` are what a column may be. ``order`` is 'day' or 'month' where dates
    are in figures, '' where none is. ``values`` are all choices by the names of the form's fields.
    """

    sheet: str
    sheets: tuple[str, ...]
    header: str
    headers: tuple[Option, ...]
    columns: tuple[Column, ...]
    fields: tuple[Option, ...]
    order: str
    fixed: tuple[Fixed, ...]
    notes: tuple[str, ...]
    passed_over: tuple[PassedOver, ...]
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wrong:
    """A fault of a file: the row's number, the column's letter and name ('' where it is of the
    whole row), what was there, and what is wrong with it."""

    row: int
    column: str
    header: str
    text: str
    message: str


@dataclass(frozen=True)
class Replaced:
    """A field of a record that another value takes the place of; None: it has none."""

    about: str
    field: str
    before: Value
    after: Value


@dataclass(frozen=True)
class Figure:
    """A KPI's figure of a period, as it is and as it would be; proportions 0 to 1.

    ``status`` before and after is one of kpi.definitions.STATUSES. ``others`` is how many periods
    of that length before this one change as well.
    """

    kpi: str
    period: Period
    before: float | None
    after: float | None
    status_before: str
    status_after: str
    others: int = 0


@dataclass(frozen=True)
class Span:
    """From when to when records are: periods where they have them, else moments."""

    first: Period | datetime
    last: Period | datetime


@dataclass(frozen=True)
class Outlook:
    """What a write would change: records by what happens to them, values, and KPIs.

    ``more`` is how many more values would be replaced than are told. ``measured``: whether KPIs
    may rest on these records at all. ``services``: of how many services they are; the KPIs of
    several are not looked at.
    """

    new: int
    replaced: int
    same: int
    span: Span | None = None
    values: tuple[Replaced, ...] = ()
    more: int = 0
    figures: tuple[Figure, ...] = ()
    measured: bool = True
    services: int = 1

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to confirm."""
        return bool(self.new or self.replaced)


@dataclass(frozen=True)
class UploadAnswer:
    """What is told of an uploaded file before it is confirmed.

    ``problem`` is a sentence where it could not be read at all. ``faults`` are the first of
    ``fault_count``. ``outlook`` is there where nothing is wrong. ``version`` is the data set's, to
    tell whether it changed since. ``moved`` says why an answer comes instead of a receipt, and
    ``stopped`` why nothing can be done.
    """

    file: str
    problem: str = ""
    reading: Reading | None = None
    faults: tuple[Wrong, ...] = ()
    fault_count: int = 0
    outlook: Outlook | None = None
    version: int = 0
    moved: str = ""
    stopped: str = ""


@dataclass(frozen=True)
class ReceiptAnswer:
    """What a delivery did, as its receipt tells: by whom, when, what the audit calls it, why.

    ``undone``: whether it was undone since; ``undoes``: whether it is an undoing itself.
    """

    id: int
    at: datetime
    actor: str
    action: str
    reason: str
    new: int
    replaced: int
    removed: int
    same: int
    undone: bool = False
    undoes: bool = False


@dataclass(frozen=True)
class Publishable:
    """A data set that someone may publish to: whose it is, its newest record, its last write."""

    group: str
    type: str
    title: str
    service: str
    newest: datetime | None = None
    updated_at: datetime | None = None
    late: bool = False


@dataclass(frozen=True)
class FormField:
    """A figure of a record as a form shows it: its text, its unit, and what is wrong with it."""

    name: str
    title: str
    help: str
    unit: str
    text: str
    fault: str = ""


@dataclass(frozen=True)
class RecordForm:
    """One record to correct: its _id, what it is about, its figures."""

    key: str
    about: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True)
class CorrectionAnswer:
    """What a correction would change, or what is wrong with it.

    ``why_fault`` is of the reason; ``moved`` says why an answer comes instead of a receipt.
    """

    form: RecordForm
    why_fault: str = ""
    problem: str = ""
    outlook: Outlook | None = None
    version: int = 0
    moved: str = ""

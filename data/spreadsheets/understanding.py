"""A file, understood: which sheet and rows, what columns mean, and the records that come of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from data.spreadsheets.choices import Choices
from data.spreadsheets.columns import Column
from data.spreadsheets.faults import CellFault, PassedOver
from data.spreadsheets.moments import is_ambiguous, read_moment
from data.spreadsheets.plan import Plan
from data.spreadsheets.rows import Read, Record, read_rows
from data.spreadsheets.settling import (
    Settled,
    chosen_header,
    chosen_sheet,
    problem_of,
    settled,
)
from data.spreadsheets.sheets import Book, Cell, Sheet, column_letter, shown
from data.spreadsheets.targets import Shape, Target
from kpi.periods import Period, day_in_words

_QUARTER = re.compile(r"\bq[1-4]\b", re.IGNORECASE)


@dataclass(frozen=True)
class Understood:
    """How a file was understood, and what it says.

    ``choices`` are all that was settled, by the publisher or by the file. ``records`` are of the
    data type, without ``_id``; ``rows`` are where each stands (row, column, from 0). ``fixable``
    are fields that no column gives, which may be chosen for all rows. ``problem`` is a sentence
    where nothing could be read at all. ``order`` is how the order of day and month is known:
    'told', 'assumed', 'chosen', or '' where no date is in figures.
    """

    book: Book
    shape: Shape
    choices: Choices
    columns: tuple[Column, ...] = ()
    fixable: tuple[Target, ...] = ()
    records: list[Record] = field(default_factory=list)
    rows: list[tuple[int, int]] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    problem: str = ""
    order: str = ""

    @property
    def sheet(self) -> Sheet:
        """The sheet that was read."""
        return next(one for one in self.book.sheets if one.name == self.choices.sheet)


def understood(book: Book, shape: Shape, choices: Choices | None = None) -> Understood:
    """Read a file's figures, as chosen, and as it says itself where nothing was chosen."""
    wanted = choices or Choices()
    sheet = chosen_sheet(book, shape, wanted)
    header = chosen_header(sheet, shape, wanted)
    if header is None:
        told = Choices(sheet.name)
        return Understood(book, shape, told, notes=_of_book(book, sheet), problem=_headless(shape))
    found = settled(sheet, header, shape, wanted)
    plan = found.plan
    left = _left_out(plan, found.columns)
    base = Understood(
        book=book,
        shape=plan.shape,
        choices=Choices(sheet.name, header + 1, plan.columns, plan.day_first, plan.fixed),
        columns=found.columns,
        fixable=tuple(plan.fixable),
        notes=(*_of_book(book, sheet), *left),
        problem=problem_of(plan),
        order=found.order,
    )
    return base if base.problem else _with_rows(base, found, read_rows(plan))


def _with_rows(base: Understood, found: Settled, read: Read) -> Understood:
    empty = not read.records and not read.faults
    return replace(
        base,
        records=read.records,
        rows=read.rows,
        faults=sorted(read.faults, key=lambda fault: fault.row),
        passed_over=read.passed_over,
        notes=(*base.notes, *_of_dates(found), *_of_rows(found.plan, read)),
        problem="There are no figures below the header yet." if empty else "",
    )


def _headless(shape: Shape) -> str:
    names = [one.title for one in shape.targets if one.required] or ["Date"]
    quoted = ", ".join(f"‘{name}’" for name in names)
    return (
        f"No row names the columns. Put names such as {quoted} above the figures, or choose the "
        "row that has them."
    )


def _of_book(book: Book, sheet: Sheet) -> tuple[str, ...]:
    notes = list(book.notes)
    if book.hidden:
        names = ", ".join(f"‘{name}’" for name in book.hidden)
        notes.append(f"Hidden sheets were passed over: {names}.")
    if sheet.cut:
        notes.append(
            f"Only the first {len(sheet.rows):,} rows were read, the most for one file. Upload the "
            "rest as another file."
        )
    return tuple(notes)


def _left_out(plan: Plan, columns: Iterable[Column]) -> Iterator[str]:
    left = [one for one in columns if not plan.columns.get(one.place)]
    if left:
        names = ", ".join(f"{column_letter(one.place)} ‘{one.header}’" for one in left)
        yield f"Left out: column{'s' if len(left) > 1 else ''} {names}."


def _of_dates(found: Settled) -> Iterator[str]:
    plan = found.plan
    if plan.moment_place is None:
        return
    cells = [plan.sheet.cell(row, plan.moment_place) for row in range(plan.header + 1, _end(plan))]
    if found.order == "assumed":
        example = next(cell for cell in cells if is_ambiguous(cell))
        yield (
            f"Dates were read day first: {shown(example)} is {_day(example, True)}. If it is "
            f"{_day(example, False)}, change that below."
        )
    quarter = next((c for c in cells if isinstance(c, str) and _QUARTER.search(c)), None)
    moment = read_moment(quarter) if quarter else None
    if moment and moment.period == "quarter":
        words = Period("quarter", moment.at.date()).label
        yield f"Quarters were read as those of the calendar year: {shown(quarter)} is {words}."
    if plan.shape.instant and any(isinstance(cell, datetime) for cell in cells):
        yield "Times were read as UTC, which in summer is an hour behind the clock."


def _end(plan: Plan) -> int:
    return len(plan.sheet.rows)


def _day(cell: Cell, day_first: bool) -> str:
    moment = read_moment(cell, day_first)
    return day_in_words(moment.at.date()) if moment else ""


def _of_rows(plan: Plan, read: Read) -> Iterator[str]:
    names = {one.name for one in plan.shape.of_kind("number") if one.required}
    gaps = sum(record.get(name, 0) is None for record in read.records for name in names)
    if gaps:
        figures = "1 figure is" if gaps == 1 else f"{gaps:,} figures are"
        yield f"{figures} empty, and will be ‘not reported’, which is not nought."
    if read.blank:
        rows = "1 blank row was" if read.blank == 1 else f"{read.blank:,} blank rows were"
        yield f"{rows} passed over."

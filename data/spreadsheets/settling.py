"""Settling how a sheet is to be read: by what was chosen, and else by what the sheet says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.spreadsheets.choices import Choices
from data.spreadsheets.columns import Column, columns_of, holds_numbers, matched, own_name
from data.spreadsheets.headers import header_row, score
from data.spreadsheets.lengths import guessed_length, named_length
from data.spreadsheets.moments import Moment, day_first_in, read_moment
from data.spreadsheets.plan import Plan
from data.spreadsheets.sheets import Book, Cell, Sheet
from data.spreadsheets.targets import LAST_DAY, PERIOD, WIDE, Kind, Shape, Target, titled
from data.spreadsheets.unreadable import Unreadable


@dataclass(frozen=True)
class Settled:
    """The plan, the columns there are, and how the order of day and month is known.

    ``order`` is 'told', 'assumed', 'chosen', or '' where no date is in figures.
    """

    plan: Plan
    columns: tuple[Column, ...]
    order: str


def chosen_sheet(book: Book, shape: Shape, wanted: Choices) -> Sheet:
    """The sheet that was chosen, or else the first of those whose header is known best."""
    named = next((one for one in book.sheets if one.name == wanted.sheet), None)
    filled = [one for one in book.sheets if one.rows]
    return named or max(filled, key=lambda sheet: score(sheet, shape))


def chosen_header(sheet: Sheet, shape: Shape, wanted: Choices) -> int | None:
    """The header's row (from 0): the one that was chosen, or else the one that looks like it."""
    if wanted.header and wanted.header <= len(sheet.rows):
        return wanted.header - 1
    return header_row(sheet, shape)


def settled(sheet: Sheet, header: int, shape: Shape, wanted: Choices) -> Settled:
    """How the rows below the header are to be read."""
    columns = tuple(columns_of(sheet, header))
    named = _named(columns, shape, wanted)
    plan = Plan(sheet, _with_own_names(shape, columns, named), header, named)
    dates = list(_dates(plan))
    day_first, order = day_first_in(dates)
    if wanted.day_first is not None:
        day_first, order = wanted.day_first, order and "chosen"
    fixed = {name: text.strip() for name, text in (wanted.fixed or {}).items() if text.strip()}
    length = _length(plan, dates, day_first) if PERIOD not in fixed else ""
    if length:
        fixed[PERIOD] = length
    return Settled(replace(plan, day_first=day_first, fixed=fixed), columns, order)


def problem_of(plan: Plan) -> str:
    """Why no row can be read, in a sentence; '' where they can."""
    twice = [name for name, count in Counter(plan.columns.values()).items() if count > 1]
    for name in twice:
        if name not in ("", WIDE):
            return f"Two columns are said to be ‘{titled(name)}’. Choose one of them."
    if not plan.missing:
        return ""
    target = plan.missing[0]
    name = target.title.lower()
    if target in plan.fixable:
        return f"Each row needs a {name}, and no column has it. Choose a column, or say it below."
    return f"No column was recognised as the {name}. Choose it below."


def _named(columns: Sequence[Column], shape: Shape, wanted: Choices) -> dict[int, str]:
    if not wanted.columns:
        return matched(columns, shape)
    known = {"", *(target.name for target in shape.targets)}
    if shape.split:
        known.add(WIDE)
    if shape.open:
        known.update(map(own_name, columns))
    chosen = {column.place: wanted.columns.get(column.place, "") for column in columns}
    return {place: name if name in known else "" for place, name in chosen.items()}


def _with_own_names(shape: Shape, columns: Iterable[Column], named: Mapping[int, str]) -> Shape:
    """An open shape has a field for each column that is one of its own name, too."""
    known = {target.name for target in shape.targets}
    own = []
    for column in columns:
        name = named[column.place]
        if name and name != WIDE and name not in known:
            kind: Kind = "number" if holds_numbers(column.sample) else "text"
            own.append(Target(name, titled(name), kind, required=False))
    return replace(shape, targets=(*shape.targets, *own))


def _dates(plan: Plan) -> Iterator[Cell]:
    place = plan.moment_place
    if place is not None:
        for row in range(plan.header + 1, len(plan.sheet.rows)):
            yield plan.sheet.cell(row, place)


def _length(plan: Plan, dates: Iterable[Cell], day_first: bool) -> str:
    """The length of period of all rows, where no column says it and records have one."""
    has_none = plan.shape.instant or (plan.shape.open and not plan.shape.usual_period)
    if has_none or plan.place(PERIOD) is not None or plan.moment_place is None:
        return ""
    if named := named_length(plan.header_of(plan.moment_place)):
        return named
    moments = list(_readable(dates, day_first))
    written = {moment.period for moment in moments if moment.period}
    if len(written) == 1:
        return written.pop()
    days = {moment.at.date() for moment in moments}
    if plan.place(LAST_DAY) is not None:
        days = {_after(day) for day in days}
    return guessed_length(days, plan.shape.usual_period)


def _after(day: date) -> date:
    """A period ends on one day where the next one starts on the day after it."""
    return day + timedelta(days=1)


def _readable(dates: Iterable[Cell], day_first: bool) -> Iterator[Moment]:
    for cell in dates:
        try:
            moment = read_moment(cell, day_first)
        except Unreadable:
            continue
        if moment:
            yield moment

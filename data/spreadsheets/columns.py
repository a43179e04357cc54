"""Which column is which field: by its header, and by what stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from data.spreadsheets.lengths import read_length
from data.spreadsheets.moments import read_moment
from data.spreadsheets.numbers import read_number
from data.spreadsheets.sheets import Cell, Sheet, is_blank, shown
from data.spreadsheets.targets import WIDE, Kind, Shape, Target, plain
from data.spreadsheets.unreadable import Unreadable

_SAMPLE = 100
_FITS, _FITS_WELL = 0.5, 0.8
_FIELD_NAME = re.compile(r"[a-z_][a-z0-9_]+")
_TOTAL = re.compile(r"^(grand |sub ?|overall )?(total|totals|sum|average|mean)\b|\btotal$|^all$")
_BY_CONTENT: tuple[Kind, ...] = ("moment", "last day", "period")


@dataclass(frozen=True)
class Column:
    """A column below the header: where it stands (from 0), what it is called, some cells of it."""

    place: int
    header: str
    sample: tuple[Cell, ...]

    @property
    def is_total(self) -> bool:
        """Whether it is called the sum of others."""
        return is_total(self.header)


@lru_cache(maxsize=65_536)
def is_total(words: object) -> bool:
    """Whether words call something the sum of others: 'Total', 'Grand total'."""
    return bool(_TOTAL.search(plain(words)))


def columns_of(sheet: Sheet, header: int) -> list[Column]:
    """The columns that have a header, or anything below it."""
    found = []
    for place in range(sheet.width):
        cells = (sheet.cell(row, place) for row in range(header + 1, len(sheet.rows)))
        sample = tuple(_first(cells))
        name = shown(sheet.cell(header, place))
        if name or sample:
            found.append(Column(place, name, sample))
    return found


def matched(columns: Sequence[Column], shape: Shape) -> dict[int, str]:
    """The field of each column, '' for none: by name, by other names, then by content."""
    taken: dict[int, str] = {}
    for by_other_names in (False, True):
        for target in shape.targets:
            if target.name not in taken.values():
                _take(taken, target, _called(columns, target, by_other_names))
    _match_by_content(taken, columns, shape)
    _match_wide(taken, columns, shape)
    if shape.open:
        _match_own_names(taken, columns)
    return {column.place: taken.get(column.place, "") for column in columns}


def own_name(column: Column) -> str:
    """The field that a column is by its own name: 'Claims received' is 'claims_received'."""
    name = plain(column.header).replace(" ", "_")
    return name if _FIELD_NAME.fullmatch(name) else ""


def holds_numbers(cells: Iterable[Cell]) -> bool:
    """Whether most of the cells are numbers."""
    return fit("number", cells) >= _FITS


def fit(kind: Kind, cells: Iterable[Cell]) -> float:
    """The share of the cells that can be read as that; nought where there is none."""
    told = [_reads(kind, cell) for cell in cells]
    return sum(told) / len(told) if told else 0.0


def _first(cells: Iterable[Cell]) -> Iterator[Cell]:
    left = _SAMPLE
    for cell in cells:
        if not is_blank(cell):
            yield cell
            left -= 1
        if not left:
            return


def _reads(kind: Kind, cell: Cell) -> bool:
    try:
        if kind in ("moment", "last day"):
            return _reads_moment(cell)
        if kind == "period":
            return read_length(cell) is not None
        if kind == "number":
            read_number(cell, "proportion")
            return True
    except Unreadable:
        return False
    return isinstance(cell, str)


def _reads_moment(cell: Cell) -> bool:
    try:
        return read_moment(cell) is not None
    except Unreadable:
        return read_moment(cell, day_first=False) is not None


def _called(columns: Sequence[Column], target: Target, by_other_names: bool) -> list[Column]:
    own = (plain(target.name), plain(target.title))
    names = target.names if by_other_names else own
    return [column for column in columns if plain(column.header) in names]


def _take(taken: dict[int, str], target: Target, columns: Iterable[Column]) -> None:
    """Give the target the column that fits best; dates and lengths only where they fit at all."""
    best, best_fit = None, -1.0
    for column in columns:
        share = fit(target.kind, column.sample)
        if target.kind in _BY_CONTENT and column.sample and share < _FITS:
            continue
        if column.place not in taken and share > best_fit:
            best, best_fit = column, share
    if best:
        taken[best.place] = target.name


def _match_by_content(taken: dict[int, str], columns: Sequence[Column], shape: Shape) -> None:
    free = [column for column in columns if column.place not in taken]
    dates = shape.of_kind("moment", "last day")
    if dates and not any(target.name in taken.values() for target in dates):
        _take(taken, dates[0], [one for one in free if fit("moment", one.sample) >= _FITS_WELL])
    for target in shape.of_kind("text"):
        if target.name not in taken.values():
            values = {plain(value) for value in shape.known.get(target.name, ())}
            _take(taken, target, [one for one in free if _share(one, values) >= _FITS])
    _match_number(taken, columns, shape)


def _share(column: Column, values: set[str]) -> float:
    known = sum(plain(cell) in values for cell in column.sample)
    return known / len(column.sample) if column.sample else 0.0


def _match_number(taken: dict[int, str], columns: Sequence[Column], shape: Shape) -> None:
    """The one column of numbers is the one number that is wanted, whatever it is called."""
    wanted = [one for one in shape.of_kind("number") if one.required]
    numeric = _numeric(taken, columns)
    texts = [target for target in shape.of_kind("text") if target.required]
    split = all(target.name in taken.values() for target in texts)
    if len(wanted) == len(numeric) == 1 and wanted[0].name not in taken.values() and split:
        taken[numeric[0].place] = wanted[0].name


def _numeric(taken: dict[int, str], columns: Sequence[Column]) -> list[Column]:
    return [
        column
        for column in columns
        if column.place not in taken and not column.is_total and holds_numbers(column.sample)
    ]


def _match_wide(taken: dict[int, str], columns: Sequence[Column], shape: Shape) -> None:
    """In a wide table neither field has a column: each column of numbers is one value of the one.

    Several columns of numbers are, and so is one that is called a known value.
    """
    if not shape.split or any(target.name in taken.values() for target in shape.split):
        return
    values = {plain(value) for value in shape.known.get(shape.split[0].name, ())}
    numeric = [one for one in _numeric(taken, columns) if one.header]
    known = [one for one in columns if one.place not in taken and plain(one.header) in values]
    if len(numeric) > 1 or known:
        for column in (*numeric, *known):
            taken[column.place] = WIDE


def _match_own_names(taken: dict[int, str], columns: Sequence[Column]) -> None:
    for column in columns:
        name = own_name(column)
        if column.place not in taken and name and name not in taken.values():
            taken[column.place] = name

"""The shapes that answers have: groups, periods, periods of groups, and those laid flat.

Each gives its rows, and the flat rows of a CSV. Times are text, as records have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import NamedTuple, Protocol

from data import record_periods
from data.record_groups import Group
from data.record_query import RecordQuery
from data.record_refusals import Bounds
from data.record_tallies import Row, Tally, nothing
from data.record_values import Identity, Value, distinct, identity


class Shape(Protocol):
    """An answer."""

    def rows(self) -> Iterable[Row]:
        """Its rows."""
        ...

    def flat_rows(self) -> Iterable[Row]:
        """Its rows without any inside others."""
        ...


class Cell(NamedTuple):
    """The records of one group in one period, by its number."""

    number: int
    values: tuple[Value, ...]
    tally: Tally


@dataclass(frozen=True)
class Grouped:
    """One row a group."""

    query: RecordQuery
    groups: list[Group]

    def rows(self) -> Iterator[Row]:
        """The fields' values, how many records, what was collected."""
        return (group_row(self.query, group) for group in self.groups)

    flat_rows = rows


@dataclass(frozen=True)
class Periods:
    """One row a period, with or without records."""

    query: RecordQuery
    groups: list[Group]
    numbers: range

    def rows(self) -> Iterator[Row]:
        """The period's start and end, how many records, what was collected."""
        tallies = self.groups[0].periods if self.groups else {}
        return _periods(self.query, tallies, self.numbers)

    flat_rows = rows


@dataclass(frozen=True)
class Nested:
    """One row a group, the periods inside."""

    query: RecordQuery
    groups: list[Group]
    numbers: range

    def rows(self) -> Iterator[Row]:
        """The row of the group, and its periods under `values`."""
        for group in self.groups:
            periods = _periods(self.query, group.periods, self.numbers)
            yield {**group_row(self.query, group), "values": list(periods)}

    def flat_rows(self) -> Iterator[Row]:
        """The same figures as `Flat` shows them."""
        return Flat(self.query, list(cells(self.groups)), self.numbers).rows()


@dataclass(frozen=True)
class Flat:
    """One row a period and combination of every value seen of each field."""

    query: RecordQuery
    cells: list[Cell]
    numbers: range

    def rows(self) -> Iterator[Row]:
        """The period's start and end, the values, how many records, what was collected."""
        known = {(cell.number, _identity(cell.values)): cell for cell in self.cells}
        combinations = list(product(*self._seen()))
        for number in self.numbers:
            for values in combinations:
                cell = known.get((number, _identity(values)))
                yield cell_row(self.query, cell or Cell(number, values, Tally()))

    flat_rows = rows

    def check(self, bounds: Bounds) -> None:
        """Refuse to fill more rows than the bounds allow."""
        if prod(map(len, self._seen())) * len(self.numbers) > bounds.rows:
            raise bounds.too_many()

    def _seen(self) -> list[list[Value]]:
        fields = range(len(self.query.group_by))
        return [distinct(cell.values[n] for cell in self.cells) for n in fields]


def cells(groups: Iterable[Group]) -> Iterator[Cell]:
    """The cells of all groups, one group after another."""
    for group in groups:
        for number, tally in sorted(group.periods.items()):
            yield Cell(number, group.values, tally)


def group_row(query: RecordQuery, group: Group) -> Row:
    """A group's own row, without its periods."""
    row = {**dict(zip(query.group_by, group.values, strict=True)), "_count": group.total.count}
    if query.is_nested:
        row["_group_count"] = len(group.periods)
    return row | group.total.fields(query.collect)


def cell_row(query: RecordQuery, cell: Cell) -> Row:
    """A cell's row."""
    values = dict(zip(query.group_by, cell.values, strict=True))
    return {**_limits(query, cell.number), **values, **_told(query, cell.tally)}


def _periods(query: RecordQuery, tallies: dict[int, Tally], numbers: range) -> Iterator[Row]:
    gap = Tally()
    for number in numbers:
        yield {**_limits(query, number), **_told(query, tallies.get(number, gap))}


def _told(query: RecordQuery, tally: Tally) -> Row:
    if not tally.count:
        return nothing(query.collect)
    return {"_count": tally.count, **tally.fields(query.collect)}


def _limits(query: RecordQuery, number: int) -> Row:
    assert query.period is not None
    starts = [record_periods.start(query.period, n) for n in (number, number + 1)]
    return dict(zip(("_start_at", "_end_at"), map(record_periods.text, starts), strict=True))


def _identity(values: tuple[Value, ...]) -> Identity:
    return tuple(map(identity, values))

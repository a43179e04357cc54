"""A data set's records, read as a query asks: whichever shape its answer has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from data.record_groups import Group, gather
from data.record_query import RecordQuery
from data.record_refusals import Bounds, Unanswerable
from data.record_rows import RawRows
from data.record_shapes import (
    Flat,
    Grouped,
    Nested,
    Periods,
    Shape,
    cell_row,
    cells,
    group_row,
)
from data.record_tallies import Row
from data.record_values import identity

Item = TypeVar("Item")


@dataclass(frozen=True)
class RecordReading:
    """Reads one data set over a connection, within bounds."""

    connection: Connection
    data_set_id: int
    bounds: Bounds

    def ask(self, query: RecordQuery) -> Shape:
        """The answer to a query.

        :raises Unanswerable: when it would have too many rows, adds up text, or sorts by what
            the answer does not have.
        """
        _check_sorting(query)
        if query.is_raw:
            return RawRows(self.connection, self.data_set_id, query, self.bounds)
        if query.period is None:
            return Grouped(query, self._kept(query))
        if query.flatten and query.is_nested:
            return self._flat(query)
        return self._periods(query)

    def _periods(self, query: RecordQuery) -> Shape:
        numbers, groups = self._numbers(query), self._kept(query)
        steps = _steps(query, groups, numbers)
        if steps:
            assert query.window is not None and query.period is not None
            query = query.within(query.window.moved(query.period, steps))
            numbers, groups = self._numbers(query), self._kept(query)
        if len(groups) * len(numbers) > self.bounds.rows:
            raise self.bounds.too_many()
        return (Nested if query.group_by else Periods)(query, groups, numbers)

    def _flat(self, query: RecordQuery) -> Shape:
        numbers = self._numbers(query)
        found = sorted(cells(self._gathered(query)), key=lambda cell: cell.number)
        kept = _sorted_and_limited(query, found, lambda cell: cell_row(query, cell))
        flat = Flat(query, kept, numbers)
        flat.check(self.bounds)
        return flat

    def _kept(self, query: RecordQuery) -> list[Group]:
        def row(group: Group) -> Row:
            return group_row(query, group)

        kept = _sorted_and_limited(query, self._gathered(query), row)
        if len(kept) > self.bounds.rows:
            raise self.bounds.too_many()
        return kept

    def _gathered(self, query: RecordQuery) -> list[Group]:
        return gather(self.connection, self.data_set_id, query, self.bounds)

    def _numbers(self, query: RecordQuery) -> range:
        assert query.window is not None and query.period is not None
        numbers = query.window.numbers(query.period)
        if len(numbers) > self.bounds.rows:
            raise self.bounds.too_many()
        return numbers


def _sorted_and_limited(
    query: RecordQuery, items: Iterable[Item], row: Callable[[Item], Row]
) -> list[Item]:
    found = list(items)
    sorting = query.sort_by
    if sorting:
        key = sorting.key
        found.sort(key=lambda item: identity(row(item)[key]), reverse=sorting.descending)
    return found[: query.limit] if query.limit else found


def _check_sorting(query: RecordQuery) -> None:
    if query.sort_by and not query.is_raw and query.sort_by.key not in _sortable(query):
        raise Unanswerable(f"Cannot sort by {query.sort_by.key}: the answer does not have it.")


def _sortable(query: RecordQuery) -> set[str]:
    names = {*query.group_by, "_count", *(item.key for item in query.collect)}
    names |= {item.field for item in query.collect if item.bare}
    if query.is_nested:
        names |= {"_start_at", "_end_at"} if query.flatten else {"_group_count"}
    return names


def _steps(query: RecordQuery, groups: list[Group], numbers: range) -> int:
    """By how many periods the window moves: as few as any of the groups needs."""
    if not query.shift:
        return 0
    order = numbers if query.shift == "later" else numbers[::-1]
    steps = min((_empty(group, order) for group in groups), default=0)
    return steps if query.shift == "later" else -steps


def _empty(group: Group, order: range) -> int:
    """How many periods without records come first; none, if all are without."""
    return next((n for n, number in enumerate(order) if number in group.periods), 0)

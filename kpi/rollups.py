"""Sums know their parts: the coarser periods that a series of published figures adds up to.

Plain Python on exact integers rather than frames: a write touches a handful of figures, and its
rollup is part of the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

REPORTED, PARTIAL = "reported", "partial"
# So many starts of periods are worth keeping: days of 90 years, and more.
_MOST_STARTS = 32_768
Slot = tuple[str, date]


class Figure(NamedTuple):
    """A number in millionths, and of how many parts it was made (one of one when published)."""

    millionths: int | None
    status: str
    parts: int
    expected: int
    part: str


Series = Mapping[Slot, Figure]
Child = tuple[str, Figure]
_ByPeriod = dict[str, dict[date, Figure]]


def published(millionths: int | None, period: str, status: str = REPORTED) -> Figure:
    """A figure that was published for the period itself."""
    return Figure(millionths, status, 1, 1, period)


def coarser(series: Series) -> dict[Slot, Figure]:
    """The figures of every coarser calendar period, where none was published for it.

    :param series: one measure of one service in one category, by (period name, start).
    :returns: derived figures by (period name, start); ``parts`` of ``expected`` were reported.

    Days add up to weeks and months, months to quarters, quarters to calendar years; a rolling
    year is neither made nor added up. Weeks fit into no month: where there are no days, a month
    gathers the published weeks whose Thursday lies in it, as ISO 8601 gives a week to a year, and
    keeps 'week' as its part so that nobody takes the sum for a count of the month. Added to
    figures of other parts it counts as missing: where the two meet, days are counted twice.
    """
    known: _ByPeriod = defaultdict(dict)
    for (period, start), figure in series.items():
        known[period][start] = figure
    derived: dict[Slot, Figure] = {}
    for target, sources, start_of in _LEVELS:
        there = known[target]
        found = {
            start: _sum(target, start, children)
            for start, children in _gather(known, sources, start_of).items()
            if start not in there
        }
        there.update(found)
        derived |= {(target, start): figure for start, figure in found.items()}
    return derived


def resting_on(period: str, start: date) -> frozenset[Slot]:
    """The calendar periods whose figures may rest on that of a period, with itself.

    A week counts for the month, quarter and year that its Thursday lies in.
    """
    found, name = {(period, start)}, period
    for target, _, start_of in _LEVELS[_SIZES.index(period) :]:
        first = start_of(name, start)
        found.add((target, first))
        if target == "month":
            # A week may begin in another month, quarter and year than the ones it counts for.
            name, start = target, first
    return frozenset(found)


def _gather(
    known: _ByPeriod, sources: tuple[str, ...], start_of: Callable[[str, date], date]
) -> dict[date, list[Child]]:
    found: dict[date, list[Child]] = {}
    for period in sources:
        here: dict[date, list[Child]] = defaultdict(list)
        for start, figure in known[period].items():
            # A week that was itself added up from days would carry them into another month.
            if not (period == "week" and figure.part == "day"):
                here[start_of(period, start)].append((period, figure))
        # The finest go first.
        found = {**here, **found}
    return found


def _sum(target: str, start: date, children: list[Child]) -> Figure:
    amounts = [figure.millionths for _, figure in children if figure.millionths is not None]
    unit, parts = _parts(children)
    expected = _expected(target, start, unit)
    if not amounts:
        withheld = max((figure.status for _, figure in children), key=_WITHHELD.index)
        return Figure(None, withheld, parts, expected, unit)
    return Figure(sum(amounts), REPORTED if parts == expected else PARTIAL, parts, expected, unit)


def _parts(children: list[Child]) -> tuple[str, int]:
    """What a sum is made of, and of how many of them."""
    if len(told := {(figure.status, figure.part) for _, figure in children}) == 1:
        [(status, part)] = told
        if status == REPORTED and part in _SIZES:
            return part, sum([figure.parts for _, figure in children])
    units = {_unit(period, figure) for period, figure in children}
    if len(units) == 1:
        return units.pop(), sum(_whole_parts(figure) for _, figure in children)
    unit = max((period for period, _ in children), key=_SIZES.index)
    return unit, sum(_whole(figure) for _, figure in children)


def _unit(period: str, figure: Figure) -> str:
    return figure.part if figure.part in _SIZES else period


def _whole(figure: Figure) -> bool:
    return figure.status == REPORTED and figure.part != "week"


def _whole_parts(figure: Figure) -> int:
    if figure.status == REPORTED:
        return figure.parts
    return figure.parts if figure.part in _SIZES and figure.expected > 1 else 0


_SIZES = ("day", "week", "month", "quarter", "year")
# Where parts are without a number for different reasons, the later one here is told.
_WITHHELD = ("not reported", PARTIAL, REPORTED, "not applicable", "suppressed")


@lru_cache(maxsize=_MOST_STARTS)
def _month_of(period: str, start: date) -> date:
    return (start + timedelta(days=3) if period == "week" else start).replace(day=1)


@lru_cache(maxsize=_MOST_STARTS)
def _week_of(_period: str, start: date) -> date:
    return start - timedelta(days=start.weekday())


@lru_cache(maxsize=_MOST_STARTS)
def _quarter_of(_period: str, start: date) -> date:
    return date(start.year, 3 * ((start.month - 1) // 3) + 1, 1)


@lru_cache(maxsize=_MOST_STARTS)
def _year_of(_period: str, start: date) -> date:
    return date(start.year, 1, 1)


_LEVELS: tuple[tuple[str, tuple[str, ...], Callable[[str, date], date]], ...] = (
    ("week", ("day",), _week_of),
    ("month", ("day", "week"), _month_of),
    ("quarter", ("month",), _quarter_of),
    ("year", ("quarter",), _year_of),
)


@cache
def _expected(target: str, start: date, unit: str) -> int:
    end = _end(target, start)
    if unit == "day":
        return (end - start).days
    if unit == "week":
        return sum(day.weekday() == 3 for day in _days(start, end))
    months = (end.year - start.year) * 12 + end.month - start.month
    return months // {"month": 1, "quarter": 3}[unit]


def _end(target: str, start: date) -> date:
    if target == "week":
        return start + timedelta(days=7)
    month = start.month - 1 + {"month": 1, "quarter": 3, "year": 12}[target]
    return date(start.year + month // 12, month % 12 + 1, 1)


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range((end - start).days))

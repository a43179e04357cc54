"""What the calendar does to a week or a month: the time of year, holidays, working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from dateutil.easter import easter

Floats = npt.NDArray[np.float64]
Dates = npt.NDArray[np.datetime64]

YEAR = 365.2425
# So many waves a year at the most: the tenth tells a peak of two or three weeks.
MOST_WAVES = {"week": 10, "month": 5}
_WEEK = np.timedelta64(7, "D")


@dataclass(frozen=True)
class Calendar:
    """Columns that describe periods. waves: two for each wave a year, slowest first.

    holidays: 0 in ordinary periods, one column for each kind of holiday and how it falls.
    """

    waves: Floats
    holidays: Floats

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return self.waves.shape[1] + self.holidays.shape[1]

    @property
    def terms(self) -> Floats:
        """A row a period: 1 for the level, 0 for the slope, then the columns."""
        level = np.ones((len(self.waves), 1))
        return np.hstack([level, 0 * level, self.waves, self.holidays])


def calendar(length: str, starts: Dates) -> Calendar:
    """The calendar of weeks or months. starts: their first days, datetime64."""
    first = starts.astype("M8[D]")
    if length == "week":
        thursdays: Dates = (first + np.timedelta64(3, "D")).astype("M8[D]")
        return Calendar(_waves(thursdays, MOST_WAVES["week"]), _weeks(first))
    middles: Dates = first + (days_in(length, starts) // 2).astype("m8[D]")
    return Calendar(_waves(middles, MOST_WAVES["month"]), _months(first))


def days_in(length: str, starts: Dates) -> npt.NDArray[np.int64]:
    """How many days each week or month has."""
    if length == "week":
        return np.full(len(starts), 7)
    month = starts.astype("M8[M]")
    return ((month + 1).astype("M8[D]") - month.astype("M8[D]")).astype(np.int64)


def _waves(days: Dates, most: int) -> Floats:
    angle = 2 * np.pi * days.astype(np.int64) / YEAR
    turns = [turn(number * angle) for number in range(1, most + 1) for turn in (np.cos, np.sin)]
    return np.column_stack(turns)


def _weeks(first: Dates) -> Floats:
    """Christmas week, the one after, the one before; Easter's two; other bank holidays.

    How late in its week Christmas is (−1 to 1) has columns of its own: it moves the quiet days
    from the week that holds it to the next.
    """
    weeks = (first, first - _WEEK, first + _WEEK)
    christmas, after, before = (_holding(week, 12, 25) for week in weeks)
    held = [christmas, after, before, christmas * _lateness(first), after * _lateness(weeks[1])]
    sundays = [easter(year) for year in _years(first)]
    fridays = [day - timedelta(days=2) for day in sundays]
    mondays = [day + timedelta(days=1) for day in sundays]
    others = [day for year in _years(first) for day in bank_mondays(year)]
    return np.column_stack([*held, *(_any_of(first, days) for days in (fridays, mondays, others))])


def _months(first: Dates) -> Floats:
    """How many days of Easter lie in a month, and how many working days it has, as a share."""
    days = [
        easter(year) + timedelta(days=shift) for year in _years(first) for shift in range(-2, 2)
    ]
    length = days_in("month", first)
    held, ends = np.array(days, "M8[D]"), first + length.astype("m8[D]")
    inside = (held >= first[:, None]) & (held < ends[:, None])
    share = np.busday_count(first, ends) / length
    return np.column_stack([inside.sum(axis=1) / 4, (share - 5 / 7) * 10])


@lru_cache(maxsize=256)
def bank_mondays(year: int) -> tuple[date, ...]:
    """The bank holidays of England that are Mondays in May and August."""
    may, june, september = (date(year, month, 1) for month in (5, 6, 9))
    last = [day - timedelta(days=day.weekday() or 7) for day in (june, september)]
    return (may + timedelta(days=-may.weekday() % 7), *last)


def _years(first: Dates) -> range:
    years = first.astype("M8[Y]").astype(int) + 1970
    return range(int(years.min()) - 1, int(years.max()) + 2) if len(years) else range(0)


def _any_of(first: Dates, days: list[date]) -> Floats:
    held = np.array(days, "M8[D]") if days else np.array([], "M8[D]")
    inside = (held >= first[:, None]) & (held < first[:, None] + _WEEK)
    return inside.any(axis=1).astype(float)


def _holding(first: Dates, month: int, day: int) -> Floats:
    return _any_of(first, [date(year, month, day) for year in _years(first)])


def _lateness(first: Dates) -> Floats:
    """Where in its week 25 December of the year that a week ends in is: −1 Monday, 1 Sunday."""
    years = (first + np.timedelta64(6, "D")).astype("M8[Y]")
    christmas = years.astype("M8[M]") + 11
    days = christmas.astype("M8[D]") + 24
    weekday = (days.astype(np.int64) + 3) % 7
    return (weekday - 3) / 3

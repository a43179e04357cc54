"""Periods: day, week (from Monday), month, quarter and year; half-open, UTC.

A year may start in any month; one that does not start in January is a rolling year.
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

PERIODS = ("day", "week", "month", "quarter", "year")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
DAYS = {"day": 1, "week": 7}
# Days beyond these are typed by mistake; much is counted from a day, back and forth.
_FIRST_YEAR, _LAST_YEAR = 1000, 8999
STARTS = {
    "week": "a Monday",
    "month": "the 1st of a month",
    "quarter": "1 January, 1 April, 1 July or 1 October",
    "year": "the 1st of a month",
}


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` later; 29 February becomes the 28th where it must."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def day_of(text: str) -> date:
    """The day that text says, as in '2017-09-01'.

    :raises ValueError: when it says none, or one so far off that no period ends beyond it.
    """
    day = date.fromisoformat(text)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"no figures are of the year {day.year}")
    return day


def day_in_words(day: date, month: str = "%B") -> str:
    """'14 October 2013'; with month='%b' '14 Oct 2013'."""
    return f"{day.day} {day.strftime(month)} {day.year}"


def _aligned(name: str, day: date) -> bool:
    if name == "day":
        return True
    if name == "week":
        return day.weekday() == 0
    return day.day == 1 and (name != "quarter" or day.month in (1, 4, 7, 10))


def _whole_day(moment: date) -> date:
    if not isinstance(moment, datetime):
        return moment
    if moment.time() != time(0):
        raise ValueError(f"a period starts at midnight, not at {moment:%H:%M:%S}")
    return moment.date()


@dataclass(frozen=True, order=True)
class Period:
    """One period, named by its length and its first day. ValueError if the two do not fit."""

    name: str
    start: date

    def __post_init__(self) -> None:
        if self.name not in PERIODS:
            raise ValueError(f"{self.name!r} is not a period: use one of {', '.join(PERIODS)}")
        object.__setattr__(self, "start", _whole_day(self.start))
        if not _aligned(self.name, self.start):
            starts = STARTS[self.name]
            raise ValueError(f"a {self.name} starts on {starts}, and {self.start} is not that")

    @classmethod
    def containing(cls, name: str, day: date) -> Self:
        """The calendar-aligned period of that length which holds the day."""
        if name in MONTHS:
            day = date(day.year, day.month - (day.month - 1) % MONTHS[name], 1)
        elif name == "week":
            day = day - timedelta(days=day.weekday())
        return cls(name, day)

    def _moved(self, steps: int) -> Self:
        if self.name in MONTHS:
            return type(self)(self.name, months_later(self.start, steps * MONTHS[self.name]))
        return type(self)(self.name, self.start + timedelta(days=steps * DAYS[self.name]))

    @property
    def end(self) -> date:
        """The first day after the period."""
        return self.next.start

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days

    @property
    def next(self) -> Self:
        """The adjacent period after this one, of the same length."""
        return self._moved(1)

    @property
    def previous(self) -> Self:
        """The adjacent period before this one, of the same length."""
        return self._moved(-1)

    @property
    def year_before(self) -> Self:
        """The same period a year earlier; for a week, 52 weeks earlier."""
        if self.name == "week":
            return self._moved(-52)
        return type(self)(self.name, months_later(self.start, -12))

    @property
    def is_calendar(self) -> bool:
        """False only for a rolling year, one that does not start in January."""
        return self.name != "year" or self.start.month == 1

    @property
    def last_month(self) -> date:
        """The 1st of the last month that the period reaches into."""
        return (self.end - timedelta(days=1)).replace(day=1)

    @property
    def label(self) -> str:
        """The period in words: 'July to September 2017'."""
        if self.name in DAYS:
            return ("week of " if self.name == "week" else "") + day_in_words(self.start)
        if self.name == "month":
            return f"{self.start:%B} {self.start.year}"
        if self.name == "quarter":
            return f"{self.start:%B} to {self.last_month:%B} {self.start.year}"
        if self.is_calendar:
            return str(self.start.year)
        last = self.last_month
        return f"{self.start:%B} {self.start.year} to {last:%B} {last.year}"

    @property
    def short_label(self) -> str:
        """The period in as few letters as can be read: 'Jul–Sep 2017'."""
        if self.name in DAYS:
            return day_in_words(self.start, "%b")
        if self.name == "month":
            return f"{self.start:%b} {self.start.year}"
        if self.name == "quarter":
            return f"{self.start:%b}–{self.last_month:%b} {self.start.year}"
        if self.is_calendar:
            return str(self.start.year)
        return f"year to {self.last_month:%b} {self.last_month.year}"

    def contains(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day < self.end


def periods_within(name: str, start_at: date, end_at: date) -> list[Period]:
    """The calendar-aligned periods lying entirely in [start_at, end_at), in order."""
    period = Period.containing(name, start_at)
    if period.start < start_at:
        period = period.next
    found = []
    while period.end <= end_at:
        found.append(period)
        period = period.next
    return found


def parts_of(period: Period) -> tuple[str, list[Period]]:
    """The next finer periods that nest in this one: their name, and all of them in order.

    A year has quarters where it starts with one, otherwise months. Weeks nest in nothing.
    A day has no parts: ('day', []).
    """
    names = {"week": "day", "month": "day", "quarter": "month", "year": "month"}
    if period.name == "day":
        return "day", []
    name = names[period.name]
    if period.name == "year" and period.start.month in (1, 4, 7, 10):
        name = "quarter"
    return name, periods_within(name, period.start, period.end)

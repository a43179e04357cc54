"""The stretch of time that a query is about, and how it follows from a number of periods."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data import record_periods
from data.record_refusals import Unanswerable

# 1 January 1900, and the last second of 9999, in seconds since 1970.
_FIRST, _LAST = -2_208_988_800, 253_402_300_799
_YEARS = "A query must be about times in the years 1900 to 9999."


@dataclass(frozen=True)
class Window:
    """From `start` up to `end`, in seconds since 1970; `inclusive`: that moment included."""

    start: int
    end: int
    inclusive: bool = False

    def __post_init__(self) -> None:
        if not all(_FIRST <= at <= _LAST for at in (self.start, self.end)):
            raise Unanswerable(_YEARS)

    def moved(self, period: str, steps: int) -> Window:
        """The window some periods later, or earlier if below 0; it starts and ends with one."""
        ends = [record_periods.number(period, at) + steps for at in (self.start, self.end)]
        start, end = (_start(period, number) for number in ends)
        return replace(self, start=start, end=end)

    def numbers(self, period: str) -> range:
        """The numbers of the periods that it touches; the last one is over by `end` or later."""
        first = record_periods.number(period, self.start)
        after = record_periods.number(period, self.end)
        if _start(period, after) < self.end:
            after += 1
        if after > first and _start(period, after) > _LAST:
            raise Unanswerable(_YEARS)
        return range(first, max(first, after))


def lasting(
    period: str,
    periods: int,
    *,
    start: int | None,
    end: int | None,
    now: int,
    inclusive: bool = False,
) -> Window:
    """So many whole periods from `start` on; or else up to `end`, or up to now.

    All are moments, in seconds; what is not the start of a period moves back to it.
    """
    given = start if start is not None else end if end is not None else now
    if not _FIRST <= given <= _LAST or periods > _LAST:
        raise Unanswerable(_YEARS)
    first = record_periods.number(period, given)
    numbers = (first, first + periods) if start is not None else (first - periods, first)
    return Window(_start(period, numbers[0]), _start(period, numbers[1]), inclusive)


def _start(period: str, number: int) -> int:
    try:
        return record_periods.start(period, number)
    except (ValueError, OverflowError) as error:
        raise Unanswerable(_YEARS) from error

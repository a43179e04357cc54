"""How long periods are: as a column says it, or as the dates tell."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from itertools import pairwise

from data.spreadsheets.sheets import Cell
from data.spreadsheets.targets import plain
from data.spreadsheets.unreadable import Unreadable
from kpi.periods import PERIODS, Period, months_later

_WORDS = {
    "day": ("day", "days", "daily"),
    "week": ("week", "weeks", "weekly", "wk"),
    "month": ("month", "months", "monthly"),
    "quarter": ("quarter", "quarters", "quarterly", "qtr"),
    "year": ("year", "years", "yearly", "annual", "annually"),
}
_LENGTHS = {word: name for name, words in _WORDS.items() for word in words}
# The share of dates that must fit a length for the others to be mistakes.
_MOST = 0.75
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def read_length(cell: Cell) -> str | None:
    """'week' from 'Weekly'; None where the cell is empty.

    :raises Unreadable: when it is no length of period.
    """
    text = "" if cell is None else str(cell).strip().casefold()
    if not text:
        return None
    if text not in _LENGTHS:
        raise Unreadable(f"is not one of {', '.join(PERIODS)}")
    return _LENGTHS[text]


def named_length(header: str) -> str:
    """The length that a column's name tells: 'week' of 'Week commencing'; '' where none."""
    words = plain(header).split()
    return next((_LENGTHS[word] for word in words if word in _LENGTHS and word != "day"), "")


def guessed_length(days: Collection[date], usual: str = "") -> str:
    """The length of periods that start on these days, or on most of them: some may be wrong.

    :param usual: the length that the data set's records have had; taken where it fits.
    """
    if usual and _starts(usual, days):
        return usual
    for name, least in (("year", 330), ("quarter", 80), ("month", 27), ("week", 7)):
        starts = _starts(name, days)
        gaps = {(later - first).days for first, later in pairwise(starts)}
        if starts and (min(gaps) >= least if gaps else name in ("month", "week")):
            return name
    return "day"


def _starts(name: str, days: Collection[date]) -> list[date]:
    """The days on which such a period starts, in order; none where that is few of them."""
    starts = sorted(day for day in set(days) if is_start(name, day))
    return starts if len(starts) >= _MOST * len(set(days)) else []


def is_start(name: str, day: date) -> bool:
    """Whether a period of that length starts on that day."""
    try:
        Period(name, day)
    except ValueError:
        return False
    return True


def start_of(name: str, last: date) -> date:
    """The first day of the period whose last day it is."""
    following = date.fromordinal(last.toordinal() + 1)
    if name in _MONTHS:
        return months_later(following, -_MONTHS[name])
    return date.fromordinal(following.toordinal() - (7 if name == "week" else 1))


@lru_cache(maxsize=65_536)
def misaligned(name: str, day: date) -> str:
    """Why no period of that length starts on that day, from the cell on; '' where one does."""
    if is_start(name, day):
        return ""
    if name == "week":
        return f"is a {day:%A}, and a week starts on a Monday"
    starts = {
        "month": "the 1st",
        "quarter": "1 January, 1 April, 1 July or 1 October",
        "year": "the 1st of a month",
    }
    return f"is not where a {name} starts: that is {starts[name]}"

"""The periods that records are read by: each has a number, which SQL and Python work out alike.

Hours, days and weeks are counted from Monday 1 January of the year 1, months, quarters and years
from the year 0; all in UTC. So numbers are never negative, and one more is the next period.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement

from data.phrases import month_number

# From Monday 1 January of the year 1 to 1970, in seconds.
_ERA = 62_135_596_800
_DAY = 86_400
_SECONDS = {"hour": 3_600, "day": _DAY, "week": 7 * _DAY}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
RECORD_PERIODS = (*_SECONDS, *_MONTHS)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()


def number(period: str, at: int) -> int:
    """The number of the period that holds a moment, in seconds since 1970."""
    if period in _SECONDS:
        return (at + _ERA) // _SECONDS[period]
    day = date.fromordinal(at // _DAY + _EPOCH_DAY)
    return (day.year * 12 + day.month - 1) // _MONTHS[period]


def number_in_sql(period: str, at: ColumnElement[Any]) -> ColumnElement[Any]:
    """The same of a column."""
    if period in _SECONDS:
        return (at + _ERA) // _SECONDS[period]
    months = month_number(at)
    return months if _MONTHS[period] == 1 else months // _MONTHS[period]


def start(period: str, number: int) -> int:
    """When the period of this number starts, in seconds since 1970.

    :raises ValueError: when it starts later than the year 9999.
    """
    if period in _SECONDS:
        return number * _SECONDS[period] - _ERA
    months = number * _MONTHS[period]
    first = date(months // 12, months % 12 + 1, 1)
    return (first.toordinal() - _EPOCH_DAY) * _DAY


def floor(period: str, at: int) -> int:
    """When the period that holds a moment starts."""
    return start(period, number(period, at))


@lru_cache(maxsize=65_536)
def text(at: int) -> str:
    """A moment as records have it: 2013-03-11T00:00:00+00:00."""
    return (_EPOCH + timedelta(seconds=at)).isoformat()

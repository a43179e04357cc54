"""Filters of records in SQL: text matches text alone, true and false match booleans alone."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, false, func

from data import record_periods
from data.phrases import json_text
from data.record_periods import RECORD_PERIODS
from data.record_query import Filter
from data.record_windows import Window
from data.tables import record

Condition = ColumnElement[bool]
# The name that the start of each period has in a record.
STARTS = {f"_{period}_start_at": period for period in RECORD_PERIODS}
TIME, UPDATED = "_timestamp", "_updated_at"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Every second from the year 1 to the end of 9999.
_MOMENTS = range(-62_135_596_800, 253_402_300_800)


def of_data_set(data_set_id: int) -> Condition:
    """The records of a data set."""
    return record.c.data_set_id == data_set_id


def within(window: Window) -> list[Condition]:
    """The records in a stretch of time; those without a time are in none."""
    at = record.c.at
    before = at < window.end
    if window.inclusive:
        before |= (at == window.end) & (record.c.micros == 0)
        # One bound more lets the engine use its index for both ends.
        return [at >= window.start, at <= window.end, before]
    return [at >= window.start, before]


def matching(wanted: Filter) -> Condition:
    """The records of which a field is what a filter wants."""
    if wanted.field == UPDATED:
        return _among(record.c.updated_at, _moments(wanted))
    if wanted.field in STARTS:
        return _starting(STARTS[wanted.field], _moments(wanted))
    found = json_text(record.c.body, wanted.field)
    text = json.dumps(wanted.value)
    if wanted.is_prefix:
        # JSON writes each letter by itself, so text starts alike in JSON and out of it.
        return func.substr(found, 1, len(text) - 1) == text[:-1]
    return found == text


def not_about(services: Sequence[str]) -> Condition:
    """The records that name none of these services as what they are about."""
    named = json_text(record.c.body, "service")
    return named.is_(None) | named.not_in([json.dumps(slug) for slug in services])


def _moments(wanted: Filter) -> range:
    """The moments of which the text is what a filter wants: they lie side by side."""
    value = wanted.value
    if not isinstance(value, str):
        return range(0)
    first = bisect_left(_MOMENTS, value, key=_text)
    beyond = f"{value}\U0010ffff" if wanted.is_prefix else f"{value}\0"
    return _MOMENTS[first : bisect_left(_MOMENTS, beyond, key=_text)]


def _text(at: int) -> str:
    return (_EPOCH + timedelta(seconds=at)).isoformat()


def _among(column: ColumnElement[Any], moments: range) -> Condition:
    return (column >= moments.start) & (column < moments.stop) if moments else false()


def _starting(period: str, moments: range) -> Condition:
    """The records in a period that starts at one of these moments."""
    if not moments:
        return false()
    number = record_periods.number_in_sql(period, record.c.at)
    first = record_periods.number(period, moments[0])
    if record_periods.start(period, first) < moments[0]:
        first += 1
    return (number >= first) & (number <= record_periods.number(period, moments[-1]))

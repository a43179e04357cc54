"""What a standard data type finds wrong with a record, in plain sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

from data.entries import Record
from data.record_times import Moment
from data.rules import DataType, Field
from data.times import day_of
from kpi.periods import PERIODS, Period
from kpi.stage_messages import SEPARATOR

# What the table's column can hold on every engine.
LONGEST_TEXT = 100
MOST = 10**12
YEARS = range(1900, 2200)
_DAY = 86_400
_EXAMPLE = "2017-10-01T00:00:00+00:00"
# Checked with the time, and against the services that there are.
ELSEWHERE = ("period", "service")


def type_faults(
    body: Record, moment: Moment | None, data_type: DataType, services: Collection[str]
) -> Iterator[tuple[str, str]]:
    """The faults of a record that the contract finds nothing wrong with, by field.

    :param moment: its _timestamp. services: the slugs that records may be about.
    """
    yield from _time_faults(body, moment, data_type)
    for item in data_type.fields:
        if item.name not in ELSEWHERE and (wrong := field_fault(item, body)):
            yield item.name, wrong
    yield from inner_faults(body, data_type)
    service = body.get("service")
    if data_type.names_its_service and not (isinstance(service, str) and service in services):
        yield "service", f"there is no service {service!r}."


def inner_faults(body: Record, data_type: DataType) -> Iterator[tuple[str, str]]:
    """What is wrong with two texts that make one category: see `data.rules.Rule`."""
    rule = data_type.inner_rule
    if rule is None or rule.within is None or not isinstance(outer := body.get(rule.within), str):
        return
    if SEPARATOR in outer:
        yield rule.within, f"{rule.within} must have no {SEPARATOR} in it, not {outer!r}."
    inner = body.get(str(rule.by))
    if inner is None:
        yield str(rule.by), f"{rule.by} is missing: a record with a {rule.within} says which it is."
    elif len(outer) + len(SEPARATOR) + len(str(inner)) > LONGEST_TEXT:
        both = f"{rule.within} and {rule.by} together must have at most {LONGEST_TEXT - 1} letters"
        yield str(rule.by), f"{both}, not {len(outer) + len(str(inner))}. Shorten the {rule.by}."


def _time_faults(
    body: Record, moment: Moment | None, data_type: DataType
) -> Iterable[tuple[str, str]]:
    period = body.get("period")
    # Only text, of which there are few: to a cache 1 is true.
    is_kept = period is None or isinstance(period, str)
    look = faults_of_time if is_kept else faults_of_time.__wrapped__
    return look(moment, period, data_type.instant)


@lru_cache(maxsize=16_384)
def faults_of_time(
    moment: Moment | None, period: Any, is_instant: bool
) -> tuple[tuple[str, str], ...]:
    """What is wrong with a record's time and period, by field: with neither by itself."""
    found = []
    if moment is None:
        found.append(("_timestamp", f"_timestamp is missing: a time such as {_EXAMPLE}."))
    elif (year := int(moment.text[:4])) not in YEARS:
        known = f"{YEARS[0]} to {YEARS[-1]}"
        found.append(("_timestamp", f"_timestamp must be in the years {known}, not {year}."))
    elif not is_instant and period in PERIODS and (wrong := _misaligned(period, moment)):
        found.append(("period", wrong))
    if not is_instant and period not in PERIODS:
        found.append(("period", f"period {_not_one_of(PERIODS, period)}."))
    return tuple(found)


def _not_one_of(known: Iterable[str], value: object) -> str:
    words = ", ".join(known)
    if value is None:
        return f"is missing: one of {words}"
    return f"must be one of {words}, not {value!r}"


def _misaligned(period: str, moment: Moment) -> str:
    if moment.at % _DAY or moment.micros:
        return f"_timestamp must be midnight for a {period}, not {moment.text[11:19]}."
    try:
        Period(period, day_of(moment.at))
    except ValueError as error:
        return f"{error}."
    return ""


def field_fault(item: Field, body: Record) -> str:
    """What is wrong with a field of a record by itself; empty where nothing is."""
    value = body.get(item.name)
    if value is None:
        # A number that is null is 'not reported'; a text that is null tells nothing apart.
        is_missing = item.required and (item.kind == "text" or item.name not in body)
        return f"{item.name} is missing: {item.help}." if is_missing else ""
    if item.kind == "text":
        is_text = isinstance(value, str) and value.strip() and len(value) <= LONGEST_TEXT
        must = f"text of up to {LONGEST_TEXT} letters"
        return "" if is_text else f"{item.name} must be {must}, not {value!r}."
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"{item.name} must be a number, not {value!r}."
    most = MOST if item.most is None else item.most
    if 0 <= value <= most:
        return ""
    words = "a million million" if item.most is None else f"{item.most:g}"
    return f"{item.name} must be from 0 to {words}, not {value!r}."

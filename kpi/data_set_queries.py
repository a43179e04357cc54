"""Questions to the record API that a data set can answer: examples, and where to take it away.

The record API refuses what would tell records one by one where that is not allowed: without it a
query has a period or groups, its ends are midnight (for weeks Mondays, for months the first of
one) and at least seven days apart. Everything here keeps to that, so that every link works.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kpi.data_sets import DataSet, Field, Length
from kpi.periods import MONTHS, Period, months_later

Parameters = Mapping[str, str | tuple[str, ...]]
# Records that a page shows, and periods that an example asks for.
SHOWN = 20
_PERIODS = 12
_LAST_YEAR = 9998
_METHODS = {"sum": "added up", "mean": "on average"}


@dataclass(frozen=True)
class Question:
    """A question in words, and the parameters that ask it."""

    words: str
    parameters: Parameters = field(default_factory=dict)


def questions(data_set: DataSet) -> tuple[Question, ...]:
    """What this data set can be asked, the most useful question first."""
    return tuple(_questions(data_set)) if data_set.facts.records else ()


def by_period(data_set: DataSet, most: int | None = _PERIODS) -> Question | None:
    """Its records put together by month (or by the coarser period that it has), the last twelve.

    None where no record has a time. most: how many periods at most; None: all that it has.
    """
    length = _length(data_set)
    span = _span(data_set, length, most)
    if span is None:
        return None
    overlapping = length is not None and not length.expected
    item = None if overlapping else next((one for one in data_set.fields if one.method), None)
    if item is None:
        return Question(f"how many records there are by {span['period']}", span)
    words = f"{item.name} {_METHODS[item.method]} by {span['period']}"
    return Question(words, {**span, "collect": f"{item.name}:{item.method}"})


def everything(data_set: DataSet, most_rows: int) -> Question | None:
    """All of it: its records where they may be read and are no more than that, or all its sums.

    None where neither can be had.
    """
    if data_set.raw and data_set.facts.records <= most_rows:
        return Question("all records")
    sums = by_period(data_set, None)
    if sums is None:
        return None
    # Only of a field that the data type's table knows is it sure that its values are few.
    group = _group(data_set)
    split = {"group_by": group.name} if group and group.help else {}
    collected = tuple(f"{one.name}:{one.method}" for one in data_set.fields if one.method)
    collects = {"collect": collected} if "collect" in sums.parameters else {}
    words = f"sums by {sums.parameters['period']}"
    return Question(words, {**sums.parameters, **split, **collects})


def newest(data_set: DataSet) -> Question | None:
    """Its newest records; None where records are not to be read."""
    if not data_set.raw:
        return None
    asked: Parameters = {"sort_by": "_timestamp:descending", "limit": str(SHOWN)}
    return Question(f"the newest {SHOWN} records", asked)


def _questions(data_set: DataSet) -> Iterator[Question]:
    monthly, group, latest = by_period(data_set), _group(data_set), newest(data_set)
    if monthly:
        yield monthly
    if monthly and group:
        split = {**monthly.parameters, "group_by": group.name}
        yield Question(f"{monthly.words} and {group.name}", split)
        if isinstance(group.example, str) and group.example:
            filters = (*monthly.parameters.get("filter_by", ()), f"{group.name}:{group.example}")
            alone = {**monthly.parameters, "filter_by": filters}
            yield Question(f"{monthly.words}, where {group.name} is {group.example}", alone)
    if group:
        yield Question(f"how many records there are by {group.name}", {"group_by": group.name})
    if latest:
        yield latest


def _group(data_set: DataSet) -> Field | None:
    """The text field that tells most: the first that is no period, and that no record lacks."""
    texts = (item for item in data_set.fields if item.kind == "text" and item.always)
    return next((item for item in texts if item.name != "period"), None)


def _length(data_set: DataSet) -> Length | None:
    """The finest length of period that its records name; None where they name none."""
    return next((one for one in data_set.facts.lengths if not one.days_seen), None)


def _span(data_set: DataSet, length: Length | None, most: int | None) -> Parameters | None:
    """period, start_at and end_at around its newest records, of whole periods.

    Where records are of several lengths, those of the finest alone: others hold the same again.
    """
    first = data_set.facts.first if length is None else length.first
    last = data_set.facts.newest if length is None else length.last
    if first is None or last is None or last.year > _LAST_YEAR:
        return None
    period = length.period if length and length.period in ("quarter", "year") else "month"
    start = Period.containing(period, _day(first)).start
    end = Period.containing(period, _day(last)).end
    if most is not None:
        start = max(start, months_later(end, -most * MONTHS[period]))
    alone = _alone(length) if length and len(data_set.facts.lengths) > 1 else {}
    return {"period": period, "start_at": _midnight(start), "end_at": _midnight(end), **alone}


def _alone(length: Length) -> Parameters:
    return {"filter_by": (f"period:{length.period}",)}


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"

"""Questions to the record API that a data set can answer: examples, and where to take it away.

The record API refuses what would tell records one by one where that is not allowed: without it a
query has a period or groups, its ends are midnight (for weeks Mondays, for months the first of
one) and at least seven days apart. Everything here keeps to that, so that every link works.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kpi.data_sets import DataSet, Field, Length
from kpi.periods import MONTHS, Period, months_later

Parameters = Mapping[str, str | tuple[str, ...]]
# Records that a page shows, and periods that an example asks for.
SHOWN = 20
_PERIODS, _FEW, _WEEKS = 12, 3, 4
_WITHIN_WEEKS = ("day", "week")
ALL_RECORDS, _COUNTED = "all records", "how many records there are"
# The record API answers about the years from 1900 on, and a period must end within 9999.
_FIRST_DAY, _LAST_YEAR = date(1900, 1, 1), 9998
METHODS = {"sum": "added up", "mean": "on average"}


@dataclass(frozen=True)
class Question:
    """A question in words, and the parameters that ask it."""

    words: str
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """The answer to a question, as a table.

    names: the columns in order. rows: a value a column, None where there is none.
    """

    question: Question
    names: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def questions(data_set: DataSet) -> tuple[Question, ...]:
    """What this data set can be asked, the most useful question first."""
    return tuple(_questions(data_set)) if data_set.facts.records else ()


def by_period(
    data_set: DataSet, by: Field | None = None, most: int | None = _PERIODS
) -> Question | None:
    """Its records put together by month (or by the coarser period that it has), the last twelve.

    None where no record has a time. by: for each value of this text field. most: how many periods
    at most; None: all that it has.
    """
    span = _span(data_set, most)
    if span is None:
        return None
    found = _collected(data_set, by)
    item = found[0] if found else None
    what = f"{item.name} {METHODS[item.method]}" if item else _COUNTED
    collect = {"collect": f"{item.name}:{item.method}"} if item else {}
    group = {"group_by": by.name} if by else {}
    each = f" and {by.name}" if by else ""
    return Question(f"by {span['period']}{each}: {what}", {**span, **group, **collect})


def everything(data_set: DataSet, most_rows: int) -> Question | None:
    """All of it: its records where they may be read and are no more than that, or all its sums.

    None where neither can be had.
    """
    if data_set.raw and data_set.facts.records <= most_rows:
        return Question(ALL_RECORDS)
    group = _group(data_set, known=True)
    sums = by_period(data_set, group, None)
    if sums is None:
        return None
    collected = tuple(f"{one.name}:{one.method}" for one in _collected(data_set, group))
    collects = {"collect": collected} if collected else {}
    return Question(f"by {sums.parameters['period']}", {**sums.parameters, **collects})


def newest(data_set: DataSet) -> Question | None:
    """Its newest records; None where records are not to be read."""
    if not data_set.raw:
        return None
    asked: Parameters = {"sort_by": "_timestamp:descending", "limit": str(SHOWN)}
    return Question(f"the newest {SHOWN} records", asked)


def previews(data_set: DataSet) -> tuple[Question, ...]:
    """What a page can show of it, the best first: newest records, or sums where those are closed.

    Sums are split by a field where that is not too much to show, so there is one that is not.
    """
    latest = newest(data_set)
    if latest:
        return (latest,)
    group = _group(data_set, known=True)
    split = by_period(data_set, group, _FEW) if group else None
    return tuple(one for one in (split, by_period(data_set)) if one)


def _questions(data_set: DataSet) -> Iterator[Question]:
    group, latest = _group(data_set), newest(data_set)
    whole = by_period(data_set)
    if whole and (_collected(data_set, None) or not _collected(data_set, group)):
        yield whole
    split = by_period(data_set, group) if group else None
    if split:
        yield split
    if whole and group and isinstance(group.example, str) and group.example:
        yield _alone(data_set, whole, group)
    yield from _weeks(data_set, group)
    if group:
        yield Question(f"by {group.name}: {_COUNTED}", {"group_by": group.name})
    if latest:
        yield latest


def _alone(data_set: DataSet, whole: Question, group: Field) -> Question:
    """The same of one value of a field alone."""
    collected = [f"{one.name}:{one.method}" for one in _collected(data_set, group)][:1]
    asked = {**whole.parameters, **({"collect": collected[0]} if collected else {})}
    filters = (*asked.get("filter_by", ()), f"{group.name}:{group.example}")
    words = f"by {asked['period']}, only where {group.name} is {group.example}"
    return Question(words, {**asked, "filter_by": filters})


def _weeks(data_set: DataSet, group: Field | None) -> Iterator[Question]:
    """The last few weeks, where figures are of weeks or days: a number of them up to a Monday."""
    length, last = _length(data_set), data_set.facts.newest
    if last is None or not _can_be_asked(last):
        return
    if length and length.period not in _WITHIN_WEEKS:
        return
    end = Period.containing("week", (length.last if length else last.date())).end
    asked = {"period": "week", "duration": str(_WEEKS), "end_at": _midnight(end), **_only(data_set)}
    split = {} if _collected(data_set, None) or not group else {"group_by": group.name}
    found = _collected(data_set, group if split else None)
    collect = {"collect": tuple(f"{one.name}:{one.method}" for one in found)} if found else {}
    yield Question(f"the last {_WEEKS} weeks that it has", {**asked, **split, **collect})


def _collected(data_set: DataSet, by: Field | None) -> list[Field]:
    """The fields that may be put together, for each value of another one or for all."""
    length = _length(data_set)
    if length is not None and not length.expected:
        # Years that overlap hold the same again.
        return []
    split = by.name if by else ""
    return [one for one in data_set.fields if one.method and one.within in ("", split)]


def _group(data_set: DataSet, *, known: bool = False) -> Field | None:
    """The text field that tells most: the first that is no period, and that no record lacks.

    known: one that the data type's table has: of that it is sure that its values are few.
    """
    texts = (item for item in data_set.fields if item.kind == "text" and item.always)
    named = (item for item in texts if item.name != "period" and (item.help or not known))
    return next(named, None)


def _length(data_set: DataSet) -> Length | None:
    """The finest length of period that its records name; None where they name none."""
    return next((one for one in data_set.facts.lengths if not one.days_seen), None)


def _span(data_set: DataSet, most: int | None) -> Parameters | None:
    """period, start_at and end_at around its newest records, of whole periods.

    Where records are of several lengths, those of the finest alone: others hold the same again.
    """
    length = _length(data_set)
    first = data_set.facts.first if length is None else length.first
    last = data_set.facts.newest if length is None else length.last
    if first is None or last is None or not _can_be_asked(last):
        return None
    period = length.period if length and length.period in ("quarter", "year") else "month"
    start = Period.containing(period, max(_day(first), _FIRST_DAY)).start
    end = Period.containing(period, _day(last)).end
    if most is not None:
        start = max(start, months_later(end, -most * MONTHS[period]))
    return {
        "period": period,
        "start_at": _midnight(start),
        "end_at": _midnight(end),
        **_only(data_set),
    }


def _only(data_set: DataSet) -> Parameters:
    """Where records are of several lengths of period, the filter to the finest."""
    length = _length(data_set)
    several = length is not None and len(data_set.facts.lengths) > 1
    return {"filter_by": (f"period:{length.period}",)} if length and several else {}


def _can_be_asked(moment: date) -> bool:
    return _FIRST_DAY.year <= moment.year <= _LAST_YEAR


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"

"""A plain-Python model of reading: the contract's sections 2 and 3 over a dictionary of records.

It knows no SQL and nothing of the platform's code, and takes the simplest way there is. It answers
questions that break none of the contract's rules; `Refused` stands for the 400 that only the
records can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

Record = dict[str, Any]
Row = dict[str, Any]
Asked = dict[str, list[str]]
PERIODS = ("hour", "day", "week", "month", "quarter", "year")


# A query must be about times in the years 1900 to 9999.
FIRST = datetime(1900, 1, 1, tzinfo=UTC)


class Refused(Exception):
    """The answer is 400."""


def text(moment: datetime) -> str:
    """A moment as records have it."""
    return moment.isoformat()


def floor(period: str, moment: datetime) -> datetime:
    """The start of the period that holds a moment."""
    if period == "hour":
        return moment.replace(minute=0, second=0, microsecond=0)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if period == "day":
        return day
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    if period == "quarter":
        return day.replace(day=1, month={1: 1, 2: 4, 3: 7, 4: 10}[(day.month + 2) // 3])
    return day.replace(day=1, month=1)


def later(period: str, start: datetime, steps: int) -> datetime:
    """The start of a period so many periods later, or earlier if below 0."""
    if period in ("hour", "day", "week"):
        hours = {"hour": 1, "day": 24, "week": 168}[period]
        return start + timedelta(hours=hours * steps)
    months = {"month": 1, "quarter": 3, "year": 12}[period] * steps
    count = start.year * 12 + start.month - 1 + months
    return start.replace(year=count // 12, month=count % 12 + 1)


def rank(value: Any) -> tuple[Any, ...]:
    """What sorts values: null, numbers, text, booleans, lists."""
    if value is None:
        return (0,)
    if isinstance(value, bool):
        return (3, value)
    if isinstance(value, str):
        return (2, value)
    if isinstance(value, list):
        return (4, [rank(item) for item in value])
    return (1, value)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same in JSON."""
    return rank(one) == rank(other)


def distinct(values: Iterable[Any]) -> list[Any]:
    """Each value once, sorted."""
    found: list[Any] = []
    for value in values:
        if not any(same(value, known) for known in found):
            found.append(value)
    return sorted(found, key=rank)


def moment(record: Record) -> datetime | None:
    """When a record is of."""
    return datetime.fromisoformat(record["_timestamp"]) if "_timestamp" in record else None


def is_wanted(record: Record, wanted: str) -> bool:
    """Whether a record matches a `filter_by`."""
    name, _, value = wanted.partition(":")
    booleans = {"true": True, "false": False}
    return name in record and same(record[name], booleans.get(value, value))


def has_prefix(record: Record, wanted: str) -> bool:
    """Whether a record matches a `filter_by_prefix`."""
    name, _, value = wanted.partition(":")
    found = record.get(name)
    return isinstance(found, str) and found.startswith(value)


def collected(records: list[Record], name: str, method: str) -> Any:
    """What is made of a field's values."""
    values = [record[name] for record in records if record.get(name) is not None]
    if method == "count":
        return len(values)
    if method == "set":
        return distinct(values)
    if any(isinstance(value, str) for value in values):
        raise Refused
    total = sum((Fraction(value) for value in values), Fraction(0))
    if method == "mean":
        return float(total / len(values)) if values else None
    return float(total) if any(isinstance(value, float) for value in values) else int(total)


@dataclass
class Question:
    """A question taken apart."""

    asked: Asked
    now: datetime
    start: datetime | None = None
    end: datetime | None = None

    def __post_init__(self) -> None:
        self.start = self._time("start_at")
        self.end = self._time("end_at")
        if self.first("duration"):
            steps, period = int(self.first("duration")), self.period
            if self.start:
                self.start = floor(period, self.start)
                self.end = later(period, self.start, steps)
            else:
                self.end = floor(period, self.end or self.now)
                self.start = later(period, self.end, -steps)
        self.check()

    def check(self) -> None:
        """Refuse a window that starts too early."""
        if self.start is not None and self.start < FIRST:
            raise Refused

    def first(self, name: str) -> str:
        """The text of a parameter, empty if it was not given."""
        return self.asked.get(name, [""])[0]

    def _time(self, name: str) -> datetime | None:
        given = self.first(name)
        return datetime.fromisoformat(given).astimezone(UTC) if given else None

    @property
    def period(self) -> str:
        """The period, empty if none."""
        return self.first("period")

    @property
    def groups(self) -> list[str]:
        """The fields to group by."""
        return list(dict.fromkeys(self.asked.get("group_by", [])))

    @property
    def collects(self) -> list[tuple[str, str, bool]]:
        """What to collect: field, method, and whether it stands under the field's name too."""
        given = [item.partition(":") for item in dict.fromkeys(self.asked.get("collect", []))]
        return [(name, method or "set", not method) for name, _, method in given]

    def periods(self) -> list[datetime]:
        """The starts of all periods."""
        assert self.start and self.end
        found = []
        start = floor(self.period, self.start)
        last = floor(self.period, self.end)
        while start < last or (start == last and last < self.end):
            found.append(start)
            start = later(self.period, start, 1)
        return found

    def limits(self, start: datetime) -> Row:
        """A period's start and end."""
        return {"_start_at": text(start), "_end_at": text(later(self.period, start, 1))}

    def moved(self, steps: int) -> Question:
        """The same question about a window so many periods later."""
        assert self.start and self.end
        other = Question(self.asked, self.now)
        other.start = later(self.period, self.start, steps)
        other.end = later(self.period, self.end, steps)
        other.check()
        return other


@dataclass
class Model:
    """A data set: its records by `_id`, and when each was written."""

    records: dict[str, Record] = field(default_factory=dict)
    updated: dict[str, datetime] = field(default_factory=dict)

    def answer(self, asked: Asked, now: datetime) -> list[Row]:
        """What a query answers under `data`, in the order of the platform where it has one."""
        question = Question(asked, now)
        if not question.period and not question.groups:
            return self._raw(question)
        if not question.period:
            return self._limited(question, self._groups(question), self._group_row)
        if question.groups and question.first("flatten") == "true":
            return self._flat(question)
        return self._periods(question)

    def _matching(self, question: Question) -> list[Record]:
        """In the platform's own order: without a time first, then by whole seconds and `_id`."""
        wanted = question.asked.get("filter_by", [])
        prefixes = question.asked.get("filter_by_prefix", [])
        found = [
            record
            for record in self.records.values()
            if all(is_wanted(record, item) for item in wanted)
            and all(has_prefix(record, item) for item in prefixes)
            and self._is_inside(question, moment(record))
        ]
        return sorted(found, key=lambda record: (_second(record), record["_id"]))

    def _is_inside(self, question: Question, at: datetime | None) -> bool:
        if question.start is None or question.end is None:
            return True
        if at is None or at < question.start:
            return False
        return at < question.end or (question.first("inclusive") == "true" and at == question.end)

    def _raw(self, question: Question) -> list[Row]:
        found = [self._whole(record) for record in self._matching(question)]
        return self._limited(question, found, lambda _, row: row)

    def _whole(self, record: Record) -> Row:
        row = {**record, "_updated_at": text(self.updated[record["_id"]])}
        at = moment(record)
        if at is not None:
            row |= {f"_{period}_start_at": text(floor(period, at)) for period in PERIODS}
        return row

    def _limited(
        self, question: Question, items: list[Any], row: Callable[[Question, Any], Row]
    ) -> list[Row]:
        rows = [row(question, item) for item in items]
        if question.first("sort_by"):
            key, _, direction = question.first("sort_by").rpartition(":")
            rows.sort(key=lambda item: rank(item.get(key)), reverse=direction == "descending")
        limit = int(question.first("limit") or 0)
        return rows[:limit] if limit else rows

    def _groups(self, question: Question) -> list[tuple[list[Any], list[Record]]]:
        """Each combination of values with its records, sorted by the values.

        Text among what is to be added up is refused wherever it is, shown or not.
        """
        found: list[tuple[list[Any], list[Record]]] = []
        for record in self._matching(question):
            values = [record.get(name) for name in question.groups]
            if any(value is None for value in values):
                continue
            known = next((own for own in found if same(own[0], values)), None)
            if known is None:
                known = (values, [])
                found.append(known)
            known[1].append(record)
        self._told(question, [record for _, records in found for record in records])
        return sorted(found, key=lambda group: rank(group[0]))

    def _told(self, question: Question, records: list[Record]) -> Row:
        row: Row = {"_count": len(records)}
        for name, method, bare in question.collects:
            row[f"{name}:{method}"] = collected(records, name, method)
            if bare:
                row[name] = row[f"{name}:{method}"]
        return row

    def _gap(self, question: Question) -> Row:
        return {"_count": 0} | {f"{name}:{method}": None for name, method, _ in question.collects}

    def _group_row(self, question: Question, group: tuple[list[Any], list[Record]]) -> Row:
        values, records = group
        row = dict(zip(question.groups, values, strict=True)) | self._told(question, records)
        if question.period:
            row["_group_count"] = len({_start(question, record) for record in records})
            row["values"] = self._inside(question, records)
        return row

    def _inside(self, question: Question, records: list[Record]) -> list[Row]:
        """A row for every period, with or without records."""
        rows = []
        for start in question.periods():
            own = [record for record in records if _start(question, record) == start]
            told = self._told(question, own) if own else self._gap(question)
            rows.append(question.limits(start) | told)
        return rows

    def _periods(self, question: Question) -> list[Row]:
        rows, values = self._filled(question)
        if question.first("duration"):
            order = 1 if question.first("start_at") else -1
            empty = [
                next((n for n, row in enumerate(inside[::order]) if row["_count"]), 0)
                for inside in values
            ]
            steps = min(empty, default=0)
            if steps:
                rows, _ = self._filled(question.moved(order * steps))
        return rows

    def _filled(self, question: Question) -> tuple[list[Row], list[list[Row]]]:
        """The rows, and the periods of each of them."""
        if question.groups:
            rows = self._limited(question, self._groups(question), self._group_row)
            return rows, [row["values"] for row in rows]
        found = self._matching(question)
        self._told(question, found)
        rows = self._inside(question, found)
        return rows, [rows]

    def _flat(self, question: Question) -> list[Row]:
        cells = []
        for values, records in self._groups(question):
            for start in sorted({_start(question, record) for record in records}):
                own = [record for record in records if _start(question, record) == start]
                cells.append((start, values, own))

        def row(question: Question, cell: tuple[datetime, list[Any], list[Record]]) -> Row:
            start, values, own = cell
            named = dict(zip(question.groups, values, strict=True))
            return question.limits(start) | named | self._told(question, own)

        cells.sort(key=lambda cell: cell[0])
        kept = self._limited(question, cells, row)
        seen = [distinct(item[name] for item in kept) for name in question.groups]
        return [
            self._filled_in(question, kept, start, list(values))
            for start in question.periods()
            for values in product(*seen)
        ]

    def _filled_in(
        self, question: Question, kept: list[Row], start: datetime, values: list[Any]
    ) -> Row:
        for row in kept:
            own = [row[name] for name in question.groups]
            if row["_start_at"] == text(start) and same(own, values):
                return row
        named = dict(zip(question.groups, values, strict=True))
        return question.limits(start) | named | self._gap(question)


def _second(record: Record) -> datetime:
    at = moment(record)
    return datetime.min.replace(tzinfo=UTC) if at is None else at.replace(microsecond=0)


def _start(question: Question, record: Record) -> datetime:
    at = moment(record)
    assert at is not None
    return floor(question.period, at)

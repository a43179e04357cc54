"""Records counted and collected in SQL: by the values of fields, by period, or both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, func, null, select

from data import record_filters, record_periods
from data.phrases import fraction, is_text, json_text, json_value, lower_half, upper_half
from data.record_query import ADDING, RecordQuery
from data.record_refusals import INVALID_COLLECT, Bounds, Unanswerable
from data.record_tallies import Sum, Tally, rest_of
from data.record_values import Identity, Value, identity, plainer, read
from data.tables import record

# The columns of each sum, and what the upper half of a number counts.
_PARTS = 6
_HALF = 2**32
_NULL = "null"
# The first few of very many groups can be asked for: so many times more are gathered for them.
_GATHERED = 10


@dataclass
class Group:
    """The records that share their values of the fields: in all, and by the period's number."""

    values: tuple[Value, ...]
    total: Tally = field(default_factory=Tally)
    periods: dict[int, Tally] = field(default_factory=dict)

    @property
    def identity(self) -> Identity:
        """What tells it from other groups, and sorts it among them."""
        return tuple(map(identity, self.values))

    def add(self, values: tuple[Value, ...], number: int | None, tally: Tally) -> None:
        """Add what some of its records amount to, in the period of this number."""
        self.values = tuple(map(plainer, self.values, values))
        self.total.add(tally)
        if number is None:
            return
        if number in self.periods:
            self.periods[number].add(tally)
        else:
            self.periods[number] = tally


def gather(
    connection: Connection, data_set_id: int, query: RecordQuery, bounds: Bounds
) -> list[Group]:
    """The groups that occur, sorted by their values; without `group_by` one, if it has records.

    :raises Unanswerable: when there are too many, or text was to be added up.
    """
    groups: dict[Identity, Group] = {}
    for number, values, tally in _found(connection, data_set_id, query, bounds):
        own = tuple(map(identity, values))
        groups.setdefault(own, Group(values)).add(values, number, tally)
    found = [groups[own] for own in sorted(groups)]
    _refuse_text(query, found)
    return found


Found = tuple[int | None, tuple[Value, ...], Tally]


def _found(
    connection: Connection, data_set_id: int, query: RecordQuery, bounds: Bounds
) -> Iterator[Found]:
    most = bounds.rows * (_GATHERED if query.limit else 1)
    after, added = len(query.group_by) + 1, query.added
    for row in _rows(connection, _tallies(data_set_id, query), most, bounds):
        parts = (row[n : n + _PARTS] for n in range(after + 1, len(row), _PARTS))
        sums = {name: _sum(name, own) for name, own in zip(added, parts, strict=True)}
        yield row[0], tuple(map(read, row[1:after])), Tally(row[after], sums)
    for name in query.listed:
        for row in _rows(connection, _distinct(data_set_id, query, name), most, bounds):
            tally = Tally(values={name: [read(row[after])]})
            yield row[0], tuple(map(read, row[1:after])), tally


def _rows(
    connection: Connection, statement: Select[Any], most: int, bounds: Bounds
) -> Iterator[Sequence[Any]]:
    rows = connection.execute(statement.limit(most + 1)).all()
    if len(rows) > most:
        raise bounds.too_many()
    return iter(rows)


def _tallies(data_set_id: int, query: RecordQuery) -> Select[Any]:
    """By period and group: how many records, and the parts of each field's sum."""
    values = [json_value(record.c.body, name) for name in query.added]
    found = _fields(data_set_id, query, values)
    parts = [part for n in range(len(values)) for part in _parts(found.c[f"value_{n}"])]
    keys = _keys(found, query)
    return _grouped(select(*keys, func.count(), *parts), found, query)


def _distinct(data_set_id: int, query: RecordQuery, name: str) -> Select[Any]:
    """By period and group: each value of a field that is there."""
    found = _fields(data_set_id, query, [json_text(record.c.body, name)])
    value = found.c.value_0
    asked = select(*_keys(found, query), value).where(value != _NULL)
    return _grouped(asked, found, query, value)


def _fields(data_set_id: int, query: RecordQuery, values: list[ColumnElement[Any]]) -> Subquery:
    """What the query is about of each record that it matches, read from its JSON only once."""
    at = record.c.at
    number = null() if query.period is None else record_periods.number_in_sql(query.period, at)
    groups = [json_text(record.c.body, name) for name in query.group_by]
    columns = [
        number.label("number"),
        *(column.label(f"group_{n}") for n, column in enumerate(groups)),
        *(column.label(f"value_{n}") for n, column in enumerate(values)),
    ]
    # An offset keeps the engine from working the fields out again wherever they are used.
    return select(*columns).where(*conditions(data_set_id, query)).offset(0).subquery()


def conditions(data_set_id: int, query: RecordQuery) -> list[ColumnElement[bool]]:
    """Which records a query is about."""
    own = record_filters.of_data_set(data_set_id)
    window = [] if query.window is None else record_filters.within(query.window)
    seen = [record_filters.not_about(query.hidden)] if query.hidden else []
    return [own, *window, *seen, *map(record_filters.matching, query.filters)]


def _keys(found: Subquery, query: RecordQuery) -> list[ColumnElement[Any]]:
    return [found.c.number, *(found.c[f"group_{n}"] for n in range(len(query.group_by)))]


def _grouped(
    asked: Select[Any], found: Subquery, query: RecordQuery, *more: ColumnElement[Any]
) -> Select[Any]:
    # A record that lacks one of the fields, or has null there, is in no group.
    keys = _keys(found, query)
    return asked.where(*(key != _NULL for key in keys[1:])).group_by(*keys, *more)


def _parts(value: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """A field's sum in parts that every engine adds up exactly: see `_sum`."""
    return [
        func.count(value),
        func.max(is_text(value)),
        func.sum(upper_half(value)),
        func.sum(lower_half(value)),
        func.count(fraction(value)),
        func.sum(fraction(value)),
    ]


def _sum(name: str, parts: Sequence[Any]) -> Sum:
    count, texts, upper, lower, fractions, rest = parts
    whole = int(upper or 0) * _HALF + int(lower or 0)
    return Sum(count, bool(texts), whole, fractions, rest_of(name, rest) if fractions else 0)


def _refuse_text(query: RecordQuery, groups: list[Group]) -> None:
    for item in query.collect:
        found = (group.total.sums.get(item.field, Sum()) for group in groups)
        if item.method in ADDING and any(one.texts for one in found):
            raise Unanswerable(INVALID_COLLECT)

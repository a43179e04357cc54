"""Records as they are, with the internal fields that are worked out on reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select, true

from data import record_periods
from data.phrases import code_points, json_order, json_text
from data.record_filters import STARTS, TIME, UPDATED
from data.record_groups import conditions
from data.record_query import RecordQuery
from data.record_refusals import Bounds
from data.record_tallies import Row
from data.tables import record

# How many records are held in memory at a time.
_CHUNK = 500


@dataclass(frozen=True)
class RawRows:
    """The records that a query is about: read while they are asked for, never all at once."""

    connection: Connection
    data_set_id: int
    query: RecordQuery
    bounds: Bounds

    def rows(self) -> Iterator[Row]:
        """Each record with `_updated_at` and, if it has a time, the starts of its periods.

        :raises Unanswerable: at the first one too many.
        """
        few = {"yield_per": _CHUNK}
        found = self.connection.execute(self._statement(), execution_options=few)
        for count, (body, at, updated_at) in enumerate(found, start=1):
            if count > self.bounds.rows:
                found.close()
                raise self.bounds.too_many()
            starts = {} if at is None else _starts(record_periods.floor("hour", at))
            yield {**body, UPDATED: record_periods.text(updated_at), **starts}

    flat_rows = rows

    def header(self) -> list[str]:
        """The names of all fields that any of the records has, sorted; none without records.

        :raises Unanswerable: when there are too many records.
        """
        found = self._statement().subquery()
        count = self.connection.scalar(select(func.count()).select_from(found)) or 0
        if count > self.bounds.rows:
            raise self.bounds.too_many()
        field = func.json_each(found.c.body).table_valued("key")
        names = select(field.c.key).select_from(found.join(field, true())).distinct()
        known = set(self.connection.scalars(names))
        if known:
            known |= {UPDATED, *(STARTS if TIME in known else ())}
        return sorted(known)

    def _statement(self) -> Select[Any]:
        columns = (record.c.body, record.c.at, record.c.updated_at)
        asked = select(*columns).where(*conditions(self.data_set_id, self.query))
        asked = asked.order_by(*_order(self.query))
        most = self.bounds.rows + 1
        return asked.limit(min(self.query.limit or most, most))


@lru_cache(maxsize=4096)
def _starts(hour: int) -> Mapping[str, str]:
    """The starts of the periods that hold an hour."""
    floor, text = record_periods.floor, record_periods.text
    return {name: text(floor(period, hour)) for name, period in STARTS.items()}


def _order(query: RecordQuery) -> list[ColumnElement[Any]]:
    """By what is asked for, then by time, so that the order is always the same.

    Records without a time come first; in a window of time there are none, and an index helps.
    """
    sorting = query.sort_by
    own = [] if sorting is None else _sorted_by(sorting.key)
    if sorting and sorting.descending:
        own = [column.desc() for column in own]
    at = record.c.at.nulls_first() if query.window is None else record.c.at
    return [*own, at, code_points(record.c.key)]


def _sorted_by(field: str) -> list[ColumnElement[Any]]:
    """What sorts records by a field: those without it first, then numbers, text, booleans."""
    at = record.c.at
    if field == TIME:
        return [at.is_not(None), at, record.c.micros]
    if field == UPDATED:
        return [record.c.updated_at]
    if field in STARTS:
        return [at.is_not(None), record_periods.number_in_sql(STARTS[field], at)]
    text = json_text(record.c.body, field)
    first = func.substr(text, 1, 1)
    # "false" is before "true" as text, too.
    kind = case(
        (text.is_(None) | (first == "n"), 0), (first == '"', 2), (first.in_(["t", "f"]), 3), else_=1
    )
    return [kind, *json_order(record.c.body, field)]

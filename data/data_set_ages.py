"""How old the newest record of each data set is, and which are older than they should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, ScalarSelect, func, select

from data import data_sets
from data.data_sets import StoredDataSet
from data.tables import data_set, record

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OWN = record.c.data_set_id == data_set.c.id
_beside = record.alias("beside")


@dataclass(frozen=True)
class Late:
    """A data set that is late: since when its newest record is, and by how many whole seconds."""

    stored: StoredDataSet
    newest: datetime
    seconds: int


def late(connection: Connection, now: datetime) -> Iterator[Late]:
    """The data sets of which the newest record is older than expected, by group and type.

    The age is truncated to whole seconds, so one is late in the last second before its time. Those
    without records never are, nor those of which no age is expected.
    """
    ages = newest(connection)
    for stored in data_sets.listed(connection):
        expected, moment = stored.entry.max_age_expected, ages.get(stored.id)
        if expected is None or moment is None:
            continue
        over = now - moment - timedelta(seconds=expected)
        if over > timedelta(seconds=-1):
            yield Late(stored, moment, max(0, over // timedelta(seconds=1)))


def newest(connection: Connection) -> dict[int, datetime]:
    """The moment of each data set's newest record; one without a time is of its writing."""
    last = _most(record.c.at)
    columns = (
        last.label("at"),
        _most(record.c.micros, _beside.c.at == last).label("micros"),
        _most(record.c.updated_at, _beside.c.at.is_(None)).label("written"),
    )
    found = {}
    for id, second, micros, written in connection.execute(select(data_set.c.id, *columns)):
        moments = [] if second is None else [_moment(second, micros)]
        moments += [] if written is None else [_moment(written)]
        if moments:
            found[id] = max(moments)
    return found


def _most(column: Any, *conditions: Any) -> ScalarSelect[Any]:
    """Of a data set's records that fit: found by the index of times, which has their keys.

    Asked at once, SQLite would look through all records of the data set instead.
    """
    query = select(func.max(column)).where(_OWN)
    for condition in conditions:
        fits = select(_beside.c.key).where(_beside.c.data_set_id == data_set.c.id, condition)
        query = query.where(record.c.key.in_(fits.correlate(data_set)))
    return query.correlate(data_set).scalar_subquery()


def _moment(seconds: int, micros: int = 0) -> datetime:
    return _EPOCH + timedelta(seconds=seconds, microseconds=micros)

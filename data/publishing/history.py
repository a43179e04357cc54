"""The history of corrections of a data set, as everyone may read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, func, select, union_all

from data.changes import Correction as ChangedRecord
from data.changes import told
from data.data_set_rows import StoredDataSet
from data.datatypes import DATA_TYPES
from data.phrases import code_points
from data.record_visibility import hidden_services
from data.tables import record, record_change
from kpi.corrections import RECORDS_MOST, Correction, corrections_of


def history(connection: Connection, stored: StoredDataSet, limit: int) -> list[Correction]:
    """The newest writes that replaced or removed records, newest first.

    Each tells of its first records, and how many more it changed. Values of records that may not
    be read one by one are left out, unless they are of a type that only holds sums.
    """
    readable = _readable(connection, stored)
    counts = _counts(connection, readable, limit)
    firsts = _firsts(connection, stored, readable, list(counts))
    with_values = stored.entry.raw_queries_allowed or stored.entry.type in DATA_TYPES
    return corrections_of(firsts, counts, with_values=with_values)


def _readable(connection: Connection, stored: StoredDataSet) -> list[ColumnElement[bool]]:
    """What leaves corrections of records that everyone may read, and always could."""
    own = [record_change.c.data_set_id == stored.id, record_change.c.before.is_not(None)]
    hidden = hidden_services(connection, stored.entry.type)
    if not hidden:
        return own
    return [*own, record_change.c.key.not_in(_ever_about(stored, hidden))]


def _ever_about(stored: StoredDataSet, hidden: Sequence[str]) -> CompoundSelect[Any]:
    """The keys of records that are, or once were, about one of these services."""
    was = select(record_change.c.key).where(
        record_change.c.data_set_id == stored.id,
        record_change.c.before["service"].as_string().in_(hidden),
    )
    now = select(record.c.key).where(
        record.c.data_set_id == stored.id, record.c.body["service"].as_string().in_(hidden)
    )
    return union_all(was, now)


def _counts(
    connection: Connection, readable: Sequence[ColumnElement[bool]], limit: int
) -> dict[int, int]:
    """How many records each of the newest writes changed, by its entry in the audit."""
    number = record_change.c.audit_id
    query = select(number, func.count()).where(*readable).group_by(number)
    rows = connection.execute(query.order_by(number.desc()).limit(limit))
    return {int(number): int(count) for number, count in rows}


def _firsts(
    connection: Connection,
    stored: StoredDataSet,
    readable: Sequence[ColumnElement[bool]],
    numbers: Sequence[int],
) -> list[ChangedRecord]:
    """The first records of each of these writes."""
    place = func.row_number().over(
        partition_by=record_change.c.audit_id, order_by=code_points(record_change.c.key)
    )
    columns = (record_change.c.key, record_change.c.audit_id, record_change.c.before)
    ranked = select(*columns, place.label("place")).where(
        *readable, record_change.c.audit_id.in_(numbers)
    )
    inner = ranked.subquery()
    query = select(inner.c.key, inner.c.audit_id, inner.c.before).where(
        inner.c.place <= RECORDS_MOST
    )
    order = (inner.c.audit_id.desc(), code_points(inner.c.key))
    return told(connection, stored, connection.execute(query.order_by(*order)).all())

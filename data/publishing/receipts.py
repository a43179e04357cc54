"""Receipts of what was written to a data set, from the audit; and undoing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, select

from data import changes
from data.data_sets import StoredDataSet
from data.deliveries import Sender
from data.publishing.uploads import Moved
from data.tables import audit
from data.validation import Rejected
from kpi.publishing import ReceiptAnswer

UNDO = "undo"
# Writes to records; settings and tokens have no receipt here.
_WRITES = ("deliver", "upload", "correct", "empty", UNDO)


def receipt(connection: Connection, stored: StoredDataSet, id: int) -> ReceiptAnswer | None:
    """The receipt of an audit entry; None where it is none of this data set."""
    found = [one for one in _all(connection, stored, id=id) if one.id == id]
    return found[0] if found else None


def newest(connection: Connection, stored: StoredDataSet, limit: int) -> list[ReceiptAnswer]:
    """The newest receipts of a data set, newest first."""
    return _all(connection, stored, limit=limit)


def undo(engine: Engine, stored: StoredDataSet, id: int, sender: Sender) -> int:
    """Put records back as they were before that entry of the audit; the entry of the undoing.

    :raises Moved: where it is none of this data set, or a record was changed since.
    """
    with engine.connect() as connection:
        if receipt(connection, stored, id) is None:
            raise Moved("There is nothing to undo here.")
    try:
        return changes.undo(engine, id, sender).audit_id
    except Rejected as rejected:
        raise Moved(str(rejected)) from rejected


def _all(
    connection: Connection, stored: StoredDataSet, limit: int = 1, id: int | None = None
) -> list[ReceiptAnswer]:
    query = select(audit).where(audit.c.data_set_id == stored.id, audit.c.action.in_(_WRITES))
    if id is not None:
        query = query.where(audit.c.id == id)
    rows = connection.execute(query.order_by(audit.c.id.desc()).limit(limit)).mappings().all()
    undone = _undone(connection, stored)
    return [replace(_told(row), undone=row["id"] in undone) for row in rows]


def _undone(connection: Connection, stored: StoredDataSet) -> set[int]:
    """The entries that were undone."""
    query = select(audit.c.detail).where(audit.c.data_set_id == stored.id, audit.c.action == UNDO)
    reasons = (detail.get("reason", "") for detail in connection.scalars(query))
    return {number for reason in reasons if (number := changes.undoes(reason))}


def _told(row: RowMapping) -> ReceiptAnswer:
    detail: Mapping[str, Any] = row["detail"]
    counts = detail.get("records", {})
    return ReceiptAnswer(
        id=row["id"],
        at=datetime.fromtimestamp(row["at"], UTC),
        actor=row["actor"],
        action=row["action"],
        reason=detail.get("reason", ""),
        new=counts.get("new", 0),
        replaced=counts.get("changed", 0),
        removed=counts.get("removed", 0),
        same=counts.get("same", 0),
        undoes=row["action"] == UNDO,
    )

"""The audit: who changed what, when, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from data.tables import audit

_LONGEST = 500
# Made once, as every write adds one.
_INSERT = insert(audit)


@dataclass(frozen=True)
class Audit:
    """An entry of the audit; ``at`` in seconds, ``detail`` with what was before and after."""

    id: int
    at: int
    actor: str
    action: str
    subject: str
    data_set_id: int | None
    detail: dict[str, Any]


def write(
    connection: Connection,
    *,
    at: int,
    actor: str,
    action: str,
    subject: str = "",
    data_set_id: int | None = None,
    detail: dict[str, Any] | None = None,
    id: int = 0,
) -> int:
    """Add an entry; its id.

    :param id: one that was begun in this transaction, when there was less to say of it.
    """
    row = {
        "at": at,
        "actor": actor[:_LONGEST],
        "action": action,
        "subject": subject[:_LONGEST],
        "data_set_id": data_set_id,
        "detail": detail or {},
    }
    if id:
        connection.execute(update(audit).where(audit.c.id == id).values(**row))
        return id
    key = connection.execute(_INSERT, row).inserted_primary_key
    assert key is not None
    return int(key[0])


def find(connection: Connection, id: int) -> Audit | None:
    """The entry of this id; None where there is none."""
    row = connection.execute(select(audit).where(audit.c.id == id)).mappings().first()
    return None if row is None else Audit(**row)


def newest(connection: Connection, limit: int, subject: str = "") -> list[Audit]:
    """The newest entries, all or those about one subject, newest first."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if subject:
        query = query.where(audit.c.subject == subject)
    return [Audit(**row) for row in connection.execute(query).mappings()]

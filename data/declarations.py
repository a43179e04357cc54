"""Declarations: what publishers say of a service beside its records, in one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select

from data.catalogue import Ids, service_ids
from data.declaration_kinds import NAMES, kind
from data.dialect import upsert
from data.entries import DeclarationEntry
from data.queries import CatalogueQuery, OneServiceQuery, Run
from data.receipts import Receipt
from data.selection import Selection
from data.tables import declaration
from data.validation import Fault, refusal


@dataclass(frozen=True)
class Declaration:
    """What was declared under a key, and when it was last changed (seconds since 1970)."""

    kind: str
    key: str
    body: Mapping[str, Any]
    updated_at: int


@dataclass(frozen=True)
class DeclarationsQuery(OneServiceQuery):
    """A service's declarations of one kind: a tuple of Declaration by key, not a frame.

    ``preview`` is for those who may see a service that is not published.
    """

    kind: str = ""
    preview: bool = False

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        chosen = run(CatalogueQuery(Selection(service=self.service, preview=self.preview)))
        return tuple(
            found
            for service_id in chosen["service"].tolist()
            for found in of_service(connection, service_id, self.kind)
        )


def of_service(connection: Connection, service_id: int, kind: str) -> list[Declaration]:
    """What is declared of a service, of one kind, by key."""
    query = select(declaration).where(
        declaration.c.service_id == service_id, declaration.c.kind == kind
    )
    rows = connection.execute(query.order_by(declaration.c.key)).mappings()
    return [Declaration(kind, row["key"], row["body"], row["updated_at"]) for row in rows]


def write(
    connection: Connection, entries: Iterable[DeclarationEntry], now: int, receipt: Receipt
) -> None:
    """Write and withdraw declarations, each checked against what is declared before it.

    :raises Rejected: naming everything that is wrong with any of them.
    """
    given = list(entries)
    if not given:
        return
    ids = service_ids(connection, {entry.service for entry in given})
    faults = [fault for entry in given for fault in _written(connection, ids, entry, now, receipt)]
    if faults:
        raise refusal(faults)


def _written(
    connection: Connection, ids: Ids, entry: DeclarationEntry, now: int, receipt: Receipt
) -> list[Fault]:
    """What is wrong with an entry, which is written where nothing is."""
    faults = _faults(connection, ids, entry)
    if faults:
        return faults
    service_id = ids[entry.service]
    before = _find(connection, service_id, entry)
    count = receipt.counts["declarations"]
    if entry.body is None:
        connection.execute(delete(declaration).where(*_is(service_id, entry)))
        count.removed += 1
    elif count.add(None if before is None else before.body, dict(entry.body)):
        row = {"service_id": service_id, "kind": entry.kind, "key": entry.key}
        upsert(connection, declaration, [{**row, "body": dict(entry.body), "updated_at": now}])
    else:
        return []
    receipt.note(subject(entry), dict(before.body) if before else {}, dict(entry.body or {}))
    return []


def subject(entry: DeclarationEntry) -> str:
    """What the audit calls a declaration."""
    return f"{entry.kind} {entry.key} of service {entry.service}"


def _faults(connection: Connection, ids: Ids, entry: DeclarationEntry) -> list[Fault]:
    def fault(field: str, message: str) -> Fault:
        return Fault(f"{entry.service}, {entry.kind} {entry.key[:100]}", 0, field, message)

    if entry.service not in ids:
        return [fault("service", f"there is no service {entry.service[:200]!r}.")]
    if entry.kind not in NAMES:
        return [fault("kind", f"kind must be one of {', '.join(NAMES)}, not {entry.kind!r}.")]
    if entry.body is None:
        there = _find(connection, ids[entry.service], entry)
        return [] if there else [fault("key", f"there is no {entry.kind} {entry.key[:100]!r}.")]
    wrong = kind(entry.kind).wrong(connection, ids[entry.service], entry.key, entry.body)
    return [fault(*item) for item in wrong]


def _find(connection: Connection, service_id: int, entry: DeclarationEntry) -> Declaration | None:
    row = connection.execute(select(declaration).where(*_is(service_id, entry))).first()
    return None if row is None else Declaration(row.kind, row.key, row.body, row.updated_at)


def _is(service_id: int, entry: DeclarationEntry) -> list[Any]:
    return [
        declaration.c.service_id == service_id,
        declaration.c.kind == entry.kind,
        declaration.c.key == entry.key,
    ]

"""Grants: the organisations and services that a publisher may publish for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from data.tables import grant, organisation, service
from data.validation import Rejected

Slugs = tuple[str, ...]


def of(connection: Connection, person_id: int) -> tuple[Slugs, Slugs]:
    """The slugs of the organisations, and those of the services, that someone is for."""
    organisations = _slugs(connection, organisation, "organisation_id", person_id)
    return organisations, _slugs(connection, service, "service_id", person_id)


def replace(connection: Connection, person_id: int, organisations: Slugs, services: Slugs) -> None:
    """Write all grants of a person anew.

    :raises Rejected: when there is no such organisation or service.
    """
    rows = [
        *_rows(connection, organisation, "organisation_id", organisations),
        *_rows(connection, service, "service_id", services),
    ]
    connection.execute(delete(grant).where(grant.c.person_id == person_id))
    if rows:
        none = {"organisation_id": None, "service_id": None}
        connection.execute(insert(grant), [{**none, "person_id": person_id, **row} for row in rows])


def _slugs(connection: Connection, table: Table, column: str, person_id: int) -> Slugs:
    query = (
        select(table.c.slug)
        .join(grant, grant.c[column] == table.c.id)
        .where(grant.c.person_id == person_id)
        .order_by(table.c.slug)
    )
    return tuple(connection.execute(query).scalars())


def _rows(connection: Connection, table: Table, column: str, slugs: Slugs) -> list[dict[str, Any]]:
    query = select(table.c.slug, table.c.id).where(table.c.slug.in_(slugs))
    ids = {row.slug: row.id for row in connection.execute(query)}
    missing = [slug for slug in slugs if slug not in ids]
    if missing:
        raise Rejected(f"There is no {table.name} {missing[0]!r}. Nothing was written.")
    return [{column: id} for id in ids.values()]

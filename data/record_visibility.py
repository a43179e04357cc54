"""Which records of a data set of many services only some may read."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, select

from data import record_filters
from data.datatypes import data_type
from data.tables import service


def hidden_services(connection: Connection, type: str) -> tuple[str, ...]:
    """The services that records of this type may name and that are not published, by slug."""
    if not data_type(type).names_its_service:
        return ()
    query = select(service.c.slug).where(~service.c.published).order_by(service.c.slug)
    return tuple(connection.scalars(query))


def seen_by_all(connection: Connection, type: str) -> list[ColumnElement[bool]]:
    """What leaves only records that everyone may read; nothing where that is all of them."""
    hidden = hidden_services(connection, type)
    return [record_filters.not_about(hidden)] if hidden else []

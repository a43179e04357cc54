"""The revision: a number that every committed change moves on, by which caches are keyed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from data.dialect import upsert
from data.tables import revision


@dataclass(frozen=True)
class Revision:
    """How often the figures have changed, when last (seconds since 1970), and what they are."""

    number: int = 0
    updated_at: int = 0
    demonstration: bool = False


def current(connection: Connection) -> Revision:
    """The revision now; number 0 when nothing was ever written."""
    row = connection.execute(
        select(revision.c.number, revision.c.updated_at, revision.c.demonstration)
    ).first()
    return Revision() if row is None else Revision(*row)


def move_on(connection: Connection, now: int, demonstration: bool) -> int:
    """The next revision's number, written."""
    number = current(connection).number + 1
    row = {"id": 1, "number": number, "updated_at": now, "demonstration": demonstration}
    upsert(connection, revision, [row])
    return number

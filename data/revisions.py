"""The revision: numbers that every committed change moves on, by which caches are keyed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, select

from data.dialect import upsert
from data.tables import revision


@dataclass(frozen=True)
class Revision:
    """How often the figures have changed, when last (seconds since 1970), and what they are.

    ``number`` moves on, and ``updated_at`` with it, with whatever a KPI rests on or a page says of
    services and data sets; ``live`` with live users and with records that mean no figure, so that
    they leave the others' answers as they are.
    """

    number: int = 0
    updated_at: int = 0
    demonstration: bool = False
    live: int = 0

    @property
    def name(self) -> str:
        """What tells it from all others, those before a backup was put back among them."""
        return f"{self.number}-{self.updated_at}"


def current(connection: Connection) -> Revision:
    """The revision now; number 0 when nothing was ever written."""
    columns = (revision.c.number, revision.c.updated_at, revision.c.demonstration, revision.c.live)
    row = connection.execute(select(*columns)).first()
    return Revision() if row is None else Revision(*row)


def move_on(connection: Connection, now: int, demonstration: bool, *, only_live: bool) -> Revision:
    """The next revision, written."""
    before = current(connection)
    if only_live and before.number:
        after = replace(before, live=before.live + 1, demonstration=demonstration)
    else:
        after = Revision(before.number + 1, now, demonstration, before.live)
    upsert(connection, revision, [{"id": 1, **asdict(after)}])
    return after

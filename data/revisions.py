"""The revision: numbers that every committed change moves on, by which caches are keyed.

There is one of everything, and one of each service: a change that concerns one service alone
leaves what is kept of the others as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Connection, Engine, bindparam, func, insert, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from data.dialect import upsert
from data.quick_reading import QuickRow
from data.tables import revision, service, service_revision


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


_COLUMNS = [revision.c[item.name] for item in fields(Revision)]
_WHOLE = select(*_COLUMNS)
_COMMON = (
    revision.c.common_number,
    revision.c.common_updated_at,
    revision.c.demonstration,
    revision.c.common_live,
)
_OF_ONE = (
    select(
        *_COMMON,
        func.coalesce(service_revision.c.number, 0),
        func.coalesce(service_revision.c.updated_at, 0),
        func.coalesce(service_revision.c.live, 0),
    )
    .select_from(revision)
    .outerjoin(service, service.c.slug == bindparam("slug"))
    .outerjoin(service_revision, service_revision.c.service_id == service.c.id)
)


class Revisions:
    """The revisions as of now, for the many requests that ask for nothing else.

    :raises DatabaseFault: when they cannot be read.
    """

    def __init__(self, engine: Engine) -> None:
        self._whole, self._of_one = QuickRow(engine, _WHOLE), QuickRow(engine, _OF_ONE)

    def current(self) -> Revision:
        """As the function does."""
        return _whole(self._whole.first())

    def of_service(self, slug: str) -> Revision:
        """As the function does."""
        return _of_one(self._of_one.first(_named(slug)))


def current(connection: Connection) -> Revision:
    """The revision of everything now; number 0 when nothing was ever written."""
    return _whole(connection.execute(_WHOLE).first())


def of_service(connection: Connection, slug: str) -> Revision:
    """The revision now of what concerns a service: itself, and what concerns all of them.

    Its numbers are those of the whole at the last such change. A service that is not there has
    what concerns all.
    """
    return _of_one(connection.execute(_OF_ONE, _named(slug)).first())


def _named(slug: str) -> dict[str, str]:
    # No slug has a NUL, and PostgreSQL would refuse to look for one.
    return {"slug": slug.replace("\0", "")}


def _whole(row: Sequence[Any] | None) -> Revision:
    if row is None:
        return Revision()
    number, updated_at, demonstration, live = row
    return Revision(number, updated_at, bool(demonstration), live)


def _of_one(row: Sequence[Any] | None) -> Revision:
    if row is None:
        return Revision()
    number, updated_at, demonstration, live, own_number, own_updated_at, own_live = row
    number, updated_at = max((number, updated_at), (own_number, own_updated_at))
    return Revision(number, updated_at, bool(demonstration), max(live, own_live))


def move_on(
    connection: Connection,
    now: int,
    demonstration: bool,
    *,
    only_live: bool,
    services: Collection[int] | None = None,
) -> Revision:
    """The next revision, written.

    :param services: the row ids of those that the change concerns; None: it concerns all.
    """
    # In one step: the next writer, who may write to something else meanwhile, waits for this one.
    step = _step(only_live=only_live, common=services is None)
    row = connection.execute(step, {"now": now, "is_demonstration": demonstration}).first()
    after = _first(connection, now, demonstration) if row is None else Revision(*row)
    upsert(connection, service_revision, [_stamp(id, after, only_live) for id in services or ()])
    return after


@cache
def _step(*, only_live: bool, common: bool) -> ReturningUpdate[Any]:
    """Made once of each kind, as every write takes one."""
    values, now = revision.c, bindparam("now", type_=revision.c.updated_at.type)
    moved: dict[str, Any] = {"live": values.live + 1}
    if not only_live:
        moved = {"number": values.number + 1, "updated_at": now}
    if common:
        moved |= {f"common_{name}": value for name, value in moved.items()}
    moved["demonstration"] = bindparam("is_demonstration", type_=Boolean)
    return update(revision).values(**moved).returning(*_COLUMNS)


def _first(connection: Connection, now: int, demonstration: bool) -> Revision:
    after = Revision(1, now, demonstration)
    common = {"common_number": after.number, "common_updated_at": now}
    connection.execute(insert(revision).values(id=1, **asdict(after), **common))
    return after


def _stamp(id: int, after: Revision, only_live: bool) -> dict[str, int]:
    if only_live:
        return {"service_id": id, "live": after.live}
    return {"service_id": id, "number": after.number, "updated_at": after.updated_at}


def move_past(connection: Connection, other: Revision, now: int) -> Revision:
    """Move on to a revision that neither was here nor comes before another; the one before."""
    before = current(connection)
    number, live = max(before.number, other.number) + 1, max(before.live, other.live) + 1
    after = Revision(number, now, before.demonstration, live)
    # What concerns all has moved on, whichever service's revision was the newest.
    common = {"common_number": number, "common_updated_at": now, "common_live": live}
    upsert(connection, revision, [{"id": 1, **asdict(after), **common}])
    return before

"""Who is signed in: a random id in a cookie, its hash in a table, with two ends.

It ends `session_hours` after signing in, and `session_idle_minutes` after the last request; or at
once, by signing out, by a new password or when the person is removed.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from data import audits
from data.people import Person, Viewer, find_id
from data.tables import sign_in
from data.times import seconds
from data.write_locks import soon

log = logging.getLogger(__name__)
_RANDOM_BYTES = 32
# How often it is written down that someone is still there, in seconds and as a part of the time
# that they may be idle: not every request writes.
_SEEN_SECONDS, _SEEN_PART = 60, 10


@dataclass(frozen=True)
class Attempt:
    """Someone tries to sign in: how ('password', or the provider's address), and from where."""

    way: str
    address: str = ""
    now: datetime | None = None

    @property
    def at(self) -> int:
        """When, in seconds."""
        return _at(self.now)


def begin(engine: Engine, settings: Settings, person: Person, attempt: Attempt) -> str:
    """Sign a person in; the new id that their cookie is to hold."""
    value = secrets.token_urlsafe(_RANDOM_BYTES)
    row = {
        "hash": _hash(value),
        "person_id": person.id,
        "created_at": attempt.at,
        "seen_at": attempt.at,
        "expires_at": attempt.at + settings.session_hours * 3600,
    }
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(delete(sign_in).where(_is_over(settings, attempt.at)))
        connection.execute(insert(sign_in).values(**row))
        _note(connection, attempt, "sign in", person)
    return value


def refuse(engine: Engine, attempt: Attempt, reason: str, person: Person | None) -> None:
    """Write down that someone was not let in.

    An email that nobody has is not kept: people type passwords into the wrong field.
    """
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        _note(connection, attempt, "refuse sign in", person, reason)


def viewer_of(
    engine: Engine,
    settings: Settings,
    value: str,
    now: datetime | None = None,
    *,
    seen: bool = True,
) -> Viewer | None:
    """Who is signed in with this cookie; None when nobody is, or not any more.

    seen: whether it shows that they are still there.
    """
    at = _at(now)
    own = sign_in.c.hash == _hash(value)
    query = select(sign_in.c.person_id, sign_in.c.seen_at)
    with engine.connect() as connection:
        row = connection.execute(query.where(own, ~_is_over(settings, at))).first()
        person = None if row is None else find_id(connection, row.person_id)
    if row is None or person is None or not person.active:
        return None
    least = min(_SEEN_SECONDS, settings.session_idle_minutes * 60 // _SEEN_PART)
    if seen and at - row.seen_at >= least:
        _see(engine, own, at)
    return person.viewer


def end(engine: Engine, value: str, viewer: Viewer, now: datetime | None = None) -> None:
    """Sign someone out."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(delete(sign_in).where(sign_in.c.hash == _hash(value)))
        audits.write(
            connection,
            at=_at(now),
            actor=viewer.email,
            action="sign out",
            subject=f"person {viewer.email}",
        )


def _is_over(settings: Settings, at: int) -> ColumnElement[bool]:
    longest, idle_since = settings.session_hours * 3600, at - settings.session_idle_minutes * 60
    # By a clock that was set back since then it would have no end.
    is_of_the_future = sign_in.c.created_at > at + longest
    return or_(sign_in.c.expires_at <= at, sign_in.c.seen_at <= idle_since, is_of_the_future)


def _see(engine: Engine, own: ColumnElement[bool], at: int) -> None:
    # While the database is busy with an import, pages do not wait for this.
    try:
        with soon(engine) as connection:
            connection.execute(update(sign_in).where(own).values(seen_at=at))
    except SQLAlchemyError as error:
        log.warning("That someone is still there was not noted: %s", error)


def _note(
    connection: Connection, attempt: Attempt, action: str, person: Person | None, reason: str = ""
) -> None:
    email = "" if person is None else person.entry.email
    detail = {"with": attempt.way, "from": attempt.address, "reason": reason}
    audits.write(
        connection,
        at=attempt.at,
        actor=email if action == "sign in" else "someone",
        action=action,
        subject=f"person {email}" if email else "",
        detail={name: text for name, text in detail.items() if text},
    )


def _at(now: datetime | None) -> int:
    return seconds(now or datetime.now(UTC))


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()

"""Who may sign in, changed: people are added, changed and removed, and the audit says by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, update

from data import audits, grants, passwords
from data.deliveries import Sender
from data.people import (
    ADMIN,
    PUBLISHER,
    ROLES,
    Person,
    PersonEntry,
    find,
    find_account,
    find_id,
    same_email,
)
from data.tables import person, sign_in, token
from data.validation import Rejected
from data.write_locks import lock_for_writing

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_LONGEST_EMAIL, _LONGEST_NAME = 320, 200


def add(engine: Engine, entry: PersonEntry, sender: Sender) -> Person:
    """Add a person, or bring one back who was removed.

    :raises Rejected: when they are there already, or something about them cannot be.
    """
    with _writing(engine) as connection:
        before = find(connection, entry.email)
        if before is not None and before.active:
            raise Rejected(f"{before.entry.email} is there already. Nothing was written.")
        return _put(connection, before, _checked(entry), "add person", sender)


def change(engine: Engine, email: str, sender: Sender, **changes: Any) -> Person:
    """Change fields of a person's entry; who becomes an admin needs no grants any more.

    :raises Rejected: when there is no such person, or something about them cannot be.
    """
    if changes.get("role") == ADMIN:
        changes = {"organisations": (), "services": (), **changes}
    with _writing(engine) as connection:
        before = _active(connection, email)
        entry = _checked(replace(before.entry, **changes))
        return _put(connection, before, entry, "change person", sender)


def remove(engine: Engine, email: str, sender: Sender) -> None:
    """Deactivate a person: they are signed out everywhere, and how they signed in is forgotten.

    Who they were stays, for the audit.

    :raises Rejected: when there is no such person.
    """
    with _writing(engine) as connection:
        before = _active(connection, email)
        forgotten = {"active": False, "password_hash": None, "issuer": None, "subject": None}
        connection.execute(update(person).where(person.c.id == before.id).values(**forgotten))
        sign_out(connection, before.id)
        connection.execute(delete(token).where(token.c.person_id == before.id))
        _note(connection, sender, "remove person", before, None)


def set_password(engine: Engine, email: str, password: str, sender: Sender) -> None:
    """Give a person a local account, or change its password; they are signed out everywhere.

    :raises Rejected: when there is no such person, or the password is too short.
    """
    hash = passwords.hashed(passwords.checked_password(password))
    with _writing(engine) as connection:
        before = _active(connection, email)
        own = update(person).where(person.c.id == before.id)
        connection.execute(own.values(password_hash=hash))
        sign_out(connection, before.id)
        _note(connection, sender, "set password", before, replace(before, has_password=True))


def sign_out(connection: Connection, person_id: int) -> None:
    """End every session of a person."""
    connection.execute(delete(sign_in).where(sign_in.c.person_id == person_id))


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        lock_for_writing(connection)
        yield connection


def _active(connection: Connection, email: str) -> Person:
    found = find(connection, email)
    if found is None or not found.active:
        raise Rejected(f"There is no {same_email(email)!r}. Nothing was written.")
    return found


def _checked(entry: PersonEntry) -> PersonEntry:
    entry = replace(entry, email=same_email(entry.email), name=" ".join(entry.name.split()))
    for sentence in _faults(entry):
        raise Rejected(f"{sentence} Nothing was written.")
    return entry


def _faults(entry: PersonEntry) -> Iterator[str]:
    granted = bool(entry.organisations or entry.services)
    if not _EMAIL.fullmatch(entry.email) or len(entry.email) > _LONGEST_EMAIL:
        yield f"{entry.email!r} is no email address."
    if len(entry.name) > _LONGEST_NAME or not entry.name.isprintable():
        yield f"A name has {_LONGEST_NAME} letters at most, on one line."
    if entry.role not in ROLES:
        yield f"A role is {' or '.join(ROLES)}, not {entry.role!r}."
    if entry.role == ADMIN and granted:
        yield "An admin may publish everything, so leave organisations and services out."
    if entry.role == PUBLISHER and not granted:
        yield "A publisher needs an organisation or a service to publish for."


def _put(
    connection: Connection, before: Person | None, entry: PersonEntry, action: str, sender: Sender
) -> Person:
    row = asdict(entry) | {"active": True}
    granted = row.pop("organisations"), row.pop("services")
    _refuse_taken(connection, before, entry)
    if before is None:
        made = connection.execute(insert(person).values(**row)).inserted_primary_key
        assert made is not None
        id = int(made[0])
    else:
        id = before.id
        connection.execute(update(person).where(person.c.id == id).values(**row))
    grants.replace(connection, id, *granted)
    after = find_id(connection, id)
    assert after is not None
    was = before if before is not None and before.active else None
    _note(connection, sender, action, was, after)
    return after


def _refuse_taken(connection: Connection, before: Person | None, entry: PersonEntry) -> None:
    if entry.issuer is None or entry.subject is None:
        return
    owner = find_account(connection, entry.issuer, entry.subject)
    if owner is not None and (before is None or owner.id != before.id):
        raise Rejected(
            f"{entry.subject!r} is the account of {owner.entry.email}. Nothing was written."
        )


def _note(
    connection: Connection, sender: Sender, action: str, before: Person | None, after: Person | None
) -> None:
    known = after or before
    assert known is not None
    audits.write(
        connection,
        at=sender.at,
        actor=sender.name,
        action=action,
        subject=f"person {known.entry.email}",
        detail={"before": _told(before), "after": _told(after)},
    )


def _told(one: Person | None) -> dict[str, Any] | None:
    return None if one is None else {**asdict(one.entry), "has_password": one.has_password}

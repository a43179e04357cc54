"""People: who they are, and what they may see and publish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, select

from data import grants
from data.entries import DataSetEntry
from data.tables import person

ADMIN = "admin"
PUBLISHER = "publisher"
ROLES = (ADMIN, PUBLISHER)


class Owned(Protocol):
    """A data set, as far as it matters to whom it belongs: `data.data_sets.StoredDataSet` is one.

    ``organisations`` are the slugs of its service's agency and department.
    """

    @property
    def entry(self) -> DataSetEntry:
        """Its settings."""

    @property
    def organisations(self) -> tuple[str, ...]:
        """Who runs its service."""

    @property
    def hidden(self) -> bool:
        """Whether only some may see it."""


@dataclass(frozen=True)
class Viewer:
    """Someone who is signed in.

    A publisher's ``organisations`` and ``services`` are the slugs of their grants: one for a
    department covers its agencies, one for an organisation covers its services. An admin needs
    none.
    """

    person_id: int
    name: str
    email: str
    role: str
    organisations: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()

    @property
    def is_admin(self) -> bool:
        """Whether they may do everything."""
        return self.role == ADMIN

    def may_see_service(self, slug: str, organisations: Iterable[str]) -> bool:
        """Whether they may see a service that is not published, and publish its figures.

        :param organisations: slugs of the agency and the department that run it.
        """
        granted = slug in self.services or not self.organisations.isdisjoint(organisations)
        return self.is_admin or granted

    def may_publish(self, stored: Owned) -> bool:
        """Whether they may change a data set's records.

        One whose records each name their own service is of nobody in particular: an admin's.
        """
        if stored.entry.service is None:
            return self.is_admin
        return self.may_see_service(stored.entry.service, stored.organisations)

    def may_see(self, stored: Owned) -> bool:
        """Whether they may see a data set: what is hidden, only those who may publish it."""
        return not stored.hidden or self.may_publish(stored)


@dataclass(frozen=True)
class PersonEntry:
    """Who someone is: ``organisations`` and ``services`` are the slugs that a publisher is for.

    ``issuer`` and ``subject`` are their account at an OpenID provider, None until they first
    signed in there.
    """

    email: str
    name: str = ""
    role: str = PUBLISHER
    organisations: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    issuer: str | None = None
    subject: str | None = None


@dataclass(frozen=True)
class Person:
    """Someone as they are kept; who is not ``active`` cannot sign in."""

    id: int
    entry: PersonEntry
    active: bool = True
    has_password: bool = False

    @property
    def viewer(self) -> Viewer:
        """Them, signed in."""
        own = self.entry
        granted = frozenset(own.organisations), frozenset(own.services)
        return Viewer(self.id, own.name or own.email, own.email, own.role, *granted)


def same_email(text: str) -> str:
    """An email as it is compared and kept."""
    return text.strip().lower()


def find(connection: Connection, email: str) -> Person | None:
    """The person of this email, active or not; None where there is none."""
    return _first(connection, person.c.email == same_email(email))


def find_account(connection: Connection, issuer: str, subject: str) -> Person | None:
    """The person of this account at an OpenID provider."""
    return _first(connection, (person.c.issuer == issuer) & (person.c.subject == subject))


def find_id(connection: Connection, id: int) -> Person | None:
    """The person of this id."""
    return _first(connection, person.c.id == id)


def listed(connection: Connection) -> list[Person]:
    """All people, active or not, by email."""
    rows = connection.execute(select(person).order_by(person.c.email)).mappings().all()
    return [_person(connection, row) for row in rows]


def _first(connection: Connection, where: ColumnElement[bool]) -> Person | None:
    row = connection.execute(select(person).where(where)).mappings().first()
    return None if row is None else _person(connection, row)


def _person(connection: Connection, row: Any) -> Person:
    own = {field.name: row[field.name] for field in fields(PersonEntry) if field.name in row}
    organisations, services = grants.of(connection, row["id"])
    entry = PersonEntry(**own, organisations=organisations, services=services)
    return Person(row["id"], entry, row["active"], row["password_hash"] is not None)

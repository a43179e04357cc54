"""People: who they are, and what they may see and publish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from data.entries import DataSetEntry

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

"""The one way out: every question is asked here, and answered with a frame."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any, Protocol

import pandas as pd
from sqlalchemy import Engine, func, select

from data import revisions
from data.queries import Query
from data.revisions import Revision
from data.tables import data_set, organisation, service


class Keeper(Protocol):
    """What a cache can do: flask_caching.Cache, or anything like it."""

    def get(self, key: str) -> Any:
        """What was kept under a key, or None."""
        ...

    def set(self, key: str, value: Any) -> Any:
        """Keep a value under a key."""
        ...


class Reader:
    """Asks the database questions, and keeps the answers for as long as they are true."""

    def __init__(self, engine: Engine, cache: Keeper) -> None:
        self._engine = engine
        self._cache = cache

    def revision(self) -> Revision:
        """The revision now."""
        with self._engine.connect() as connection:
            return revisions.current(connection)

    def today(self) -> date:
        """Today in UTC: what a period that is not over yet is measured by."""
        return datetime.now(UTC).date()

    def run(self, query: Query) -> pd.DataFrame:
        """A question's answer as of the newest revision; see the query for its columns."""
        return self._run(query, self.revision().number, self.today())

    def _run(self, query: Query, number: int, today: date) -> pd.DataFrame:
        digest = hashlib.sha256(repr(query).encode()).hexdigest()
        key = f"{number}:{today}:{digest}"
        kept = self._cache.get(key)
        if kept is None:
            with self._engine.connect() as connection:
                kept = query.execute(
                    connection, lambda inner: self._run(inner, number, today), today
                )
            self._cache.set(key, kept)
        return kept

    def organisations(self) -> pd.DataFrame:
        """Departments and agencies: slug, name, abbreviation, department (slug or ''), services.

        A department's services are its own and its agencies'.
        """
        department = organisation.alias()
        query = (
            select(
                organisation.c.slug,
                organisation.c.name,
                organisation.c.abbreviation,
                func.coalesce(department.c.slug, ""),
                func.count(service.c.id),
            )
            .outerjoin(department, department.c.id == organisation.c.department_id)
            .outerjoin(service, service.c.organisation_id == organisation.c.id)
            .group_by(organisation.c.id, department.c.slug)
            .order_by(organisation.c.name)
        )
        names = ["slug", "name", "abbreviation", "department", "services"]
        with self._engine.connect() as connection:
            frame = pd.DataFrame(connection.execute(query).tuples().all(), columns=names)
        inside = frame.groupby("department")["services"].sum()
        frame["services"] += frame["slug"].map(inside).fillna(0).astype(int)
        return frame

    def data_sets(self, slug: str) -> pd.DataFrame:
        """A service's own data sets: group, type, title, stages, optional_stages, updated_at."""
        columns = [
            data_set.c.group,
            data_set.c.type,
            data_set.c.title,
            data_set.c.stages,
            data_set.c.optional_stages,
            data_set.c.updated_at,
        ]
        query = select(*columns).join(service).where(service.c.slug == slug).order_by("type")
        with self._engine.connect() as connection:
            rows = connection.execute(query).tuples().all()
        return pd.DataFrame(rows, columns=[column.name for column in columns])

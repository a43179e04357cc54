"""The one way out: every question is asked here, and answered with a frame."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any, Protocol

import pandas as pd
from sqlalchemy import Engine

from data import revisions
from data.queries import Query
from data.revisions import Revision


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

    def now(self) -> datetime:
        """The moment, in UTC: what ages and periods that are not over are measured by."""
        return datetime.now(UTC)

    def run(self, query: Query) -> pd.DataFrame:
        """A question's answer as of the newest revision; see the query for its columns."""
        return self._run(query, self.revision().number, self.now().date())

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

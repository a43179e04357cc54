"""The one way out: every question is asked here, and answered with a frame."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol, TypeVar

import pandas as pd
from sqlalchemy import Connection, Engine

from data import revisions
from data.dialect import for_reading, stopped_after
from data.queries import Query, Run
from data.revisions import Revision

Made = TypeVar("Made")
_MINUTE = 60


class Keeper(Protocol):
    """What a cache can do: flask_caching.Cache, or anything like it."""

    def get(self, key: str) -> Any:
        """What was kept under a key, or None."""
        ...

    def set(self, key: str, value: Any, timeout: int | None = None) -> Any:
        """Keep a value under a key, for so many seconds; None: for as long as it is set up to."""
        ...


class Reader:
    """Asks the database questions, and keeps the answers for as long as they are true."""

    def __init__(self, engine: Engine, cache: Keeper, seconds: float | None = None) -> None:
        """seconds: the longest that the engine may take for a question; None: any time."""
        self._engine = engine
        self._cache = cache
        self._seconds = seconds

    def revision(self) -> Revision:
        """The revision now."""
        with self._engine.connect() as connection:
            return revisions.current(connection)

    def now(self) -> datetime:
        """The moment, in UTC: what ages and periods that are not over are measured by."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day, in UTC."""
        return self.now().date()

    def run(self, query: Query) -> pd.DataFrame:
        """A question's answer as of the newest revision; see the query for its columns.

        It and all that it rests on are read from one snapshot, so that they belong together.

        :raises Stopped: when the engine takes too long.
        """
        with for_reading(self._engine).connect() as connection, self._bounded(connection):
            when = _When(connection, revisions.current(connection), self.today())
            return self._answer(query, when)

    def keep(
        self, name: object, make: Callable[[], Made], revision: Revision | None = None
    ) -> Made:
        """What is made of answers and of the time of day, kept until either moves on.

        :param name: tells it from all else that is kept, by its ``repr``. The time of day is told
            by the minute.
        :param revision: one that was read a moment ago, where that is new enough.
        """
        now = self.now().replace(second=0, microsecond=0)
        revision = revision or self.revision()
        key = f"{revision.name}.{revision.live}:{now}:{_hash(name)}"
        kept: Made | None = self._cache.get(key)
        if kept is None:
            kept = make()
            # Not longer: whoever makes addresses up would push out answers that rest on more.
            self._cache.set(key, kept, timeout=_MINUTE)
        return kept

    def _bounded(self, connection: Connection) -> AbstractContextManager[None]:
        return nullcontext() if self._seconds is None else stopped_after(connection, self._seconds)

    def _answer(self, query: Query, when: _When) -> pd.DataFrame:
        if query not in when.answers:
            when.answers[query] = self._kept(query, when)
        return when.answers[query]

    def _kept(self, query: Query, when: _When) -> pd.DataFrame:
        key = when.key(query)
        kept = self._cache.get(key)
        if kept is None:
            kept = query.execute(when.connection, self._asked_by(query, when), when.today)
            self._cache.set(key, kept)
        return kept

    def _asked_by(self, query: Query, when: _When) -> Run:
        def run(inner: Query) -> pd.DataFrame:
            if inner.rests_on_live and not query.rests_on_live:
                raise TypeError(f"{query!r} is kept for longer than what it rests on, {inner!r}")
            return self._answer(inner, when)

        return run


@dataclass(frozen=True)
class _When:
    """The snapshot that answers are read from.

    ``answers`` are those that were given since it was opened: a question often rests on others
    that rest on the same one, and taking a large frame from the cache again costs time.
    """

    connection: Connection
    revision: Revision
    today: date
    answers: dict[Query, pd.DataFrame] = field(default_factory=dict)

    def key(self, query: Query) -> str:
        """What an answer is kept by: the same question of another revision or day has another.

        Live users come every minute: what does not rest on them is kept when they do.
        """
        live = f".{self.revision.live}" if query.rests_on_live else ""
        return f"{self.revision.name}{live}:{self.today}:{_hash(query)}"


def _hash(name: object) -> str:
    return hashlib.sha256(repr(name).encode()).hexdigest()

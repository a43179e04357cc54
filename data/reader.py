"""The one way out: every question is asked here, and answered with a frame."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol, TypeVar, cast

import pandas as pd
from sqlalchemy import Connection, Engine

from data import revisions
from data.dialect import for_reading, stopped_after
from data.queries import Query, Run
from data.revisions import Revision, Revisions
from data.turns import Turns

Made = TypeVar("Made")
# How long what is made is kept, in seconds: by the time of day, and otherwise.
_MINUTE, _WHILE = 60, 600
# How many may be made at once. Threads of a process have one processor between them, and many that
# work are each as slow as all together; the second has its turn while one waits for the database.
_AT_ONCE = 2
# The service that all that is asked just now rests on; '' where it may rest on everything.
_ABOUT: ContextVar[str] = ContextVar("about", default="")
# Has something in it once the time of day was asked for, by what is being made just now.
_BY_MINUTE: ContextVar[list[bool] | None] = ContextVar("by_minute", default=None)


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
        self._revisions = Revisions(engine)
        self._making = Turns(_AT_ONCE)

    def revision(self) -> Revision:
        """The revision now: of everything, or of the service that all rests on (see `about`)."""
        service = _ABOUT.get()
        return self._revisions.of_service(service) if service else self._revisions.current()

    @contextmanager
    def about(self, service: str) -> Iterator[None]:
        """What is asked inside rests on one service alone; '': it may rest on everything.

        A question that rests on more is refused there with a TypeError: what is made of the
        answers is kept for as long as that service stays as it is.
        """
        before = _ABOUT.set(service)
        try:
            yield
        finally:
            _ABOUT.reset(before)

    def clock(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def now(self) -> datetime:
        """The moment, for what changes with it: what is made by it is not kept for long."""
        _note_minute()
        return self.clock()

    def today(self) -> date:
        """The day, in UTC."""
        return self.clock().date()

    def run(self, query: Query) -> pd.DataFrame:
        """A question's answer as of the newest revision; see the query for its columns.

        It and all that it rests on are read from one snapshot, so that they belong together.

        :raises Stopped: when the engine takes too long.
        """
        if _ABOUT.get() not in ("", query.service_alone):
            raise TypeError(f"{query!r} rests on more than the service {_ABOUT.get()!r}")
        with for_reading(self._engine).connect() as connection, self._bounded(connection):
            return self._answer(query, _When(connection, self.today()))

    def keep(
        self, name: object, make: Callable[[], Made], revision: Revision | None = None
    ) -> Made:
        """What is made of answers, kept until they move on, or for a minute of the time of day.

        Inside of `about` that is answers about one service alone. For a minute, where the time of
        day was asked for (see `now`) while it was made; the minute begins at another second for
        each name: else all would have to be made again at once.

        :param name: tells it from all else that is kept, by its ``repr``.
        :param revision: one that was read a moment ago, where that is new enough.
        """
        revision, named, now = revision or self.revision(), _hash(name), self.clock()
        minute = int(now.timestamp() + int(named, 16) % _MINUTE) // _MINUTE
        key = f"{revision.name}.{revision.live}:{now.date()}:{named}"
        kept = self._found(key, minute)
        if kept is None:
            # Whoever asks for the same meanwhile waits for it, rather than make it beside.
            with self._making.alone(key):
                kept = self._found(key, minute) or self._made(key, minute, make)
        made, by_minute = kept
        if by_minute is not None:
            _note_minute()
        return cast("Made", made)

    def _found(self, key: str, minute: int) -> tuple[Any, int | None] | None:
        kept: tuple[Any, int | None] | None = self._cache.get(key)
        return kept if kept is not None and kept[1] in (None, minute) else None

    def _made(self, key: str, minute: int, make: Callable[[], Made]) -> tuple[Made, int | None]:
        asked = _BY_MINUTE.set([])
        try:
            made = make()
            kept = made, minute if _BY_MINUTE.get() else None
        finally:
            _BY_MINUTE.reset(asked)
        # Not longer: whoever makes addresses up would push out answers that rest on more.
        self._cache.set(key, kept, timeout=_MINUTE if kept[1] else _WHILE)
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
            if not inner.holds_all and _is_kept_longer(query, inner):
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
    today: date
    answers: dict[Query, pd.DataFrame] = field(default_factory=dict)
    revisions: dict[str, Revision] = field(default_factory=dict)

    def key(self, query: Query) -> str:
        """What an answer is kept by: the same question of another revision or day has another.

        The revision is that of the service that it rests on alone, if there is one. Live users
        come every minute: what does not rest on them is kept when they do.
        """
        if query.holds_all:
            return f"held:{_hash(query)}"
        revision = self._revision(query.service_alone)
        live = f".{revision.live}" if query.rests_on_live else ""
        return f"{revision.name}{live}:{self.today}:{_hash(query)}"

    def _revision(self, service: str) -> Revision:
        if service not in self.revisions:
            self.revisions[service] = _revision(self.connection, service)
        return self.revisions[service]


def _note_minute() -> None:
    asked = _BY_MINUTE.get()
    if asked is not None:
        asked.append(True)


def _revision(connection: Connection, service: str) -> Revision:
    if service:
        return revisions.of_service(connection, service)
    return revisions.current(connection)


def _is_kept_longer(query: Query, inner: Query) -> bool:
    """Whether a question's answer would be kept when that of another, which it rests on, is not."""
    if query.holds_all or query.service_alone not in ("", inner.service_alone):
        return True
    return inner.rests_on_live and not query.rests_on_live


def _hash(name: object) -> str:
    return hashlib.sha256(repr(name).encode()).hexdigest()

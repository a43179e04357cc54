"""Who may write now: writers wait for one another, on SQLite in the order in which they came."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, event

from data.sqlite_file import file_of

# How long a writer waits for another one, in thousandths of a second; and what can be left out.
PATIENCE, _HASTE = 30_000, 200
# How long before SQLite is asked again whether it is free, in seconds.
_AGAIN = 0.002
# The name of the lock that writers take on PostgreSQL.
_LOCK = 20261122
# What SQLite calls a database that someone else writes to, and what has no name of its own.
_BUSY, _UNNAMED = 5, 1
# What the file that is locked is called, after the database's own name.
TURN = "-turn"


class Queue:
    """Where those who want to write to a file of SQLite's wait, in all processes alike.

    SQLite has those who wait ask again and again, at first soon and then ever more seldom, so that
    whoever comes last has the best chance. Only the first of this queue asks SQLite, and leaves
    the queue once it may write. What the queue is held by is gone with its process.
    """

    def __init__(self, path: Path | None) -> None:
        """path: the database's file; None: it has none."""
        self._path = path and path.with_name(f"{path.name}{TURN}")
        self._first = Lock()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Wait until nobody else is first."""
        with self._first, self._first_of_processes():
            yield

    @contextmanager
    def _first_of_processes(self) -> Iterator[None]:
        file = self._opened()
        if file is None:
            yield
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)

    def _opened(self) -> int | None:
        """The file that is locked; where none can be made, the database cannot be written to."""
        if self._path is None:
            return None
        try:
            return os.open(self._path, os.O_RDONLY | os.O_CREAT, 0o644)
        except OSError:
            return None


def take_turns(engine: Engine) -> None:
    """Have SQLite's writers take their lock when they begin, and in turn.

    Its driver would open a transaction only at the first write, after the reads that the write
    depends on.
    """
    queue = Queue(file_of(engine))

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("writes", False):
            connection.exec_driver_sql("BEGIN")
            return
        last = time.monotonic() + options.get("patience", PATIENCE) / 1000
        if "patience" in options:
            _begin_writing(connection, last)
            return
        with queue.first():
            _begin_writing(connection, last)


def _begin_writing(connection: Connection, last: float) -> None:
    """:raises OperationalError: when the database is not free by then."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while problem := _problem(driver):
            if problem != _BUSY or time.monotonic() > last:
                # Once more, for SQLAlchemy to tell of it.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            time.sleep(_AGAIN)
    finally:
        driver.execute(f"PRAGMA busy_timeout={PATIENCE}")


def _problem(driver: sqlite3.Connection) -> int:
    """What SQLite calls the reason why nobody can write now; 0 where this one may."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        # The rest of the number is how it came about.
        return getattr(error, "sqlite_errorcode", _UNNAMED) & 0xFF
    return 0


@contextmanager
def soon(engine: Engine) -> Iterator[Connection]:
    """A transaction for what can be left out: it fails rather than wait for another writer."""
    options = {"writes": True, "patience": _HASTE}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_HASTE}")
        yield connection


def lock_for_writing(
    connection: Connection, find: Callable[[], Collection[int] | None] = lambda: None
) -> None:
    """Make writers wait for one another where the engine does not do so by itself.

    :param find: gives what this writer writes to, where that matters: it waits for writers to the
        same alone, and for those to everything. None: it writes to everything.
    """
    if connection.dialect.name != "postgresql":
        return
    keys = find()
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE}")
    if keys is None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        return
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({_LOCK})")
    for key in sorted(keys):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK}, {key:d})")

"""The only place that knows one engine from another."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, TextClause, bindparam, event, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from data import bulk
from data.sqlite_file import keep_to_file
from data.write_locks import PATIENCE, take_turns

# What all errors on the way to the database and back are.
DatabaseFault = SQLAlchemyError
# How many steps of its own SQLite takes between two looks at the clock.
_STEPS = 20_000
# What PostgreSQL calls a query that was stopped.
_CANCELLED = "57014"
# How long to wait for a PostgreSQL that says nothing, in seconds: when a connection is opened, and
# when one that was open is used.
_CONNECTING, _SILENCE = 5, 20
# What the engines call a database that cannot be reached, or is too busy, and may not be so soon:
# on SQLite busy, locked, only to be read, out of reach; on PostgreSQL out of room, locked, shutting
# down or started.
_SQLITE_AWAY = (5, 6, 8, 10, 13, 14)
_POSTGRESQL_AWAY = ("08", "53", "55P03", "40001", "40P01", "57P")
# What they call a full disk, and tables or columns that are not there: on SQLite in words alone.
_FULL = (13, "53100")
_POSTGRESQL_MISSING = ("42P01", "42703")
_SQLITE_ERROR, _SQLITE_MISSING = 1, ("no such table", "no such column", "has no column")


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, replacing those whose primary key is there already.

    :param rows: all with the same columns, no two with the same primary key.
    """
    if len(rows) >= bulk.MANY:
        names = tuple(rows[0])
        bulk.upsert(connection, table, names, [[row[name] for name in names] for row in rows])
    elif rows:
        connection.execute(_upsert(table, tuple(rows[0])), rows)


def upsert_values(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """The same of rows that are the values of these columns alone."""
    if len(rows) >= bulk.MANY:
        bulk.upsert(connection, table, names, rows)
    else:
        upsert(connection, table, [dict(zip(names, row, strict=True)) for row in rows])


@cache
def _upsert(table: Table, names: tuple[str, ...]) -> TextClause:
    """The same words on both engines, kept: SQLAlchemy would find its own anew for each write."""
    words = (
        f'INSERT INTO "{table.name}" ({bulk.listed(names)})'
        f" VALUES ({', '.join(f':{name}' for name in names)})"
        f"{bulk.replacing(table, names)}"
    )
    return text(words).bindparams(*(bindparam(name, type_=table.c[name].type) for name in names))


def connecting(url: URL) -> dict[str, Any]:
    """How `create_engine` is to make connections, and to look after those that are open.

    Nobody waits for ever for a PostgreSQL that says nothing, and one that was restarted is found
    again by whoever asks next. What the URL says itself goes first.
    """
    if url.get_backend_name() != "postgresql":
        return {}
    waits = {
        "connect_timeout": _CONNECTING,
        "tcp_user_timeout": _SILENCE * 1000,
        "keepalives_idle": _SILENCE,
    }
    given = {name: wait for name, wait in waits.items() if name not in url.query}
    return {"pool_pre_ping": True, "connect_args": given}


def prepare(engine: Engine) -> None:
    """Set up every connection: on SQLite write-ahead logging, foreign keys and patience.

    PostgreSQL compiles no query: what it believes to be a long one takes milliseconds here, and
    compiling it half a second. What is committed on SQLite is on the disk: it outlives the
    machine's power, not the process alone.
    """
    if engine.dialect.name != "sqlite":
        event.listen(engine, "connect", _compile_nothing)
        return
    keep_to_file(engine)

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
        cursor.close()

    take_turns(engine)


def _compile_nothing(connection: Any, _record: Any) -> None:
    # In no transaction, whose end would take it back.
    connection.autocommit = True
    connection.execute("SET jit = off")
    connection.autocommit = False


def for_reading(engine: Engine) -> Engine:
    """The engine with transactions that see one state of the database, as SQLite's always do."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ")
    return engine


class Stopped(Exception):
    """The engine stopped a query because it took too long: so many seconds."""

    def __init__(self, seconds: float) -> None:
        unit = "second" if seconds == 1 else "seconds"
        super().__init__(
            f"The answer took longer than {seconds:,g} {unit}, which is the longest that one may "
            "take. Ask for less, or try again when there is less to do."
        )


@contextmanager
def stopped_after(connection: Connection, seconds: float) -> Iterator[None]:
    """The engine itself stops what is asked inside once that takes so long.

    On SQLite that is everything together, on PostgreSQL each statement.

    :raises Stopped: the transaction is then of no more use.
    """
    bound = _stopping_sqlite if connection.dialect.name == "sqlite" else _stopping_postgresql
    try:
        with bound(connection, seconds):
            yield
    except DBAPIError as error:
        if not _was_stopped(error):
            raise
        raise Stopped(seconds) from error


@contextmanager
def _stopping_sqlite(connection: Connection, seconds: float) -> Iterator[None]:
    driver: Any = connection.connection.driver_connection
    last = time.monotonic() + seconds
    driver.set_progress_handler(lambda: time.monotonic() > last, _STEPS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


@contextmanager
def _stopping_postgresql(connection: Connection, seconds: float) -> Iterator[None]:
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, int(seconds * 1000))}")
    yield
    connection.exec_driver_sql("SET LOCAL statement_timeout TO DEFAULT")


def _was_stopped(error: DBAPIError) -> bool:
    return str(error.orig) == "interrupted" or getattr(error.orig, "sqlstate", "") == _CANCELLED


def is_away(error: Exception) -> bool:
    """Whether it went wrong because the database cannot be reached or is busy: later it may work.

    A connection that PostgreSQL refuses has no state to tell why.
    """
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, OperationalError):
        return False
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        # The rest of the number is how it came about.
        return number & 0xFF in _SQLITE_AWAY
    return not (state := getattr(error.orig, "sqlstate", None)) or state.startswith(
        _POSTGRESQL_AWAY
    )


def is_full(error: Exception) -> bool:
    """Whether it went wrong because there is no room on the database's disk."""
    return bool(_codes(error) & set(_FULL))


def is_behind(error: Exception) -> bool:
    """Whether a table or a column is not there: the tables are those of another release."""
    codes = _codes(error)
    if _SQLITE_ERROR in codes:
        return any(words in str(error.args[0]) for words in _SQLITE_MISSING)
    return bool(codes & set(_POSTGRESQL_MISSING))


def _codes(error: Exception) -> set[Any]:
    """What the engine calls an error."""
    if not isinstance(error, DBAPIError):
        return set()
    number = getattr(error.orig, "sqlite_errorcode", None)
    return {number and number & 0xFF, getattr(error.orig, "sqlstate", None)} - {None}

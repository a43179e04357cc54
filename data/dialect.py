"""The only place that knows one engine from another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, event
from sqlalchemy.dialects import postgresql, sqlite

_INSERTS: dict[str, Callable[[Table], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
# How long a writer waits for another one, in thousandths of a second; and what can be left out.
_PATIENCE, _HASTE = 30_000, 200
# The name of the lock that writers take on PostgreSQL.
_LOCK = 20261122


def upsert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, replacing those whose primary key is there already."""
    if not rows:
        return
    insert = _INSERTS[connection.dialect.name](table)
    keys = [column.name for column in table.primary_key]
    rest = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=rest), rows)


def prepare(engine: Engine) -> None:
    """Set up every connection: on SQLite write-ahead logging, foreign keys and patience.

    SQLite's driver would open a transaction only at the first write, after the reads that the
    write depends on; a writer therefore takes its lock when it begins.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={_PATIENCE}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def soon(engine: Engine) -> Iterator[Connection]:
    """A transaction for what can be left out: it fails rather than wait for another writer."""
    with engine.connect().execution_options(writes=True) as connection:
        _wait_at_most(connection, _HASTE)
        try:
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_HASTE}")
                yield connection
        finally:
            _wait_at_most(connection, _PATIENCE)


def _wait_at_most(connection: Connection, milliseconds: int) -> None:
    if connection.dialect.name == "sqlite":
        # Not by way of the connection, which would begin its transaction for it.
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA busy_timeout={milliseconds}")


def lock_for_writing(connection: Connection, keys: Collection[int] | None = None) -> None:
    """Make writers wait for one another where the engine does not do so by itself.

    :param keys: what this writer writes to: it waits for writers to the same alone, and for those
        to everything. None: it writes to everything.
    """
    if connection.dialect.name != "postgresql":
        return
    if keys is None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        return
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({_LOCK})")
    for key in sorted(keys):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK}, {key:d})")


def for_reading(engine: Engine) -> Engine:
    """The engine with transactions that see one state of the database, as SQLite's always do."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ")
    return engine

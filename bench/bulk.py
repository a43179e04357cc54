"""Writing rows in bulk: as fast as each engine can, past the one way in.

A database that is being filled so is of no use until it is done: nothing is kept for a crash.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import chain, islice
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, Table, event, schema

Row = tuple[Any, ...]
# Rows of one statement on SQLite: a call for each row takes longer than the row itself.
_ROWS_AT_ONCE = 250
# SQLite without its log, and with its pages in memory rather than on the disk at once.
_PRAGMAS = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000")


def write(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Add rows, each with a value for every column of a table, in the engine's own words.

    On PostgreSQL the table was emptied in the same transaction: see `loading`.
    """
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        left = iter(rows)
        while some := list(islice(left, _ROWS_AT_ONCE)):
            driver.execute(_insert(table, len(some)), list(chain.from_iterable(some)))
        return
    assert isinstance(driver, psycopg.Connection)
    words = f'COPY "{table.name}" ({_names(table)}) FROM STDIN WITH (FREEZE)'
    with driver.cursor() as cursor, cursor.copy(words) as to:
        for row in rows:
            to.write_row(row)


@cache
def _insert(table: Table, rows: int) -> str:
    marks = f"({', '.join('?' for _ in table.columns)})"
    return f'INSERT INTO "{table.name}" ({_names(table)}) VALUES {", ".join([marks] * rows)}'


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


@contextmanager
def hasty(engine: Engine) -> Iterator[None]:
    """SQLite that keeps nothing for a crash meanwhile; what it keeps later is as it always is."""
    if engine.dialect.name != "sqlite":
        yield
        return

    def _hasten(driver: Any, _record: Any) -> None:
        for words in _PRAGMAS:
            driver.execute(f"PRAGMA {words}")

    engine.dispose()
    event.listen(engine, "connect", _hasten)
    try:
        yield
    finally:
        event.remove(engine, "connect", _hasten)
        engine.dispose()


@contextmanager
def loading(connection: Connection, tables: Collection[Table]) -> Iterator[None]:
    """Tables without their indexes, which are made again in the end: all in one go, sorted.

    On PostgreSQL without their keys too, and emptied: what is written to a table after that in the
    same transaction needs no log, and need not be looked at again. What was there is put back.
    """
    indexes = [index for table in tables for index in table.indexes]
    is_postgresql = connection.dialect.name == "postgresql"
    keys = [table.primary_key for table in tables] if is_postgresql else []
    for index in indexes:
        index.drop(connection)
    for key in keys:
        connection.execute(schema.DropConstraint(key))
        _emptied(connection, key.table)
    yield
    for key in keys:
        # Otherwise whoever makes the table anew in this process makes it without its key.
        connection.execute(schema.AddConstraint(key, isolate_from_table=False))
    for index in indexes:
        index.create(connection)


def _emptied(connection: Connection, table: Table) -> None:
    """Its rows written anew, into files of the table that are of this transaction."""
    for words in (
        f"CREATE TEMPORARY TABLE aside ON COMMIT DROP AS SELECT * FROM {table.name}",
        f"TRUNCATE {table.name}",
        f"INSERT INTO {table.name} SELECT * FROM aside",
        "DROP TABLE aside",
    ):
        connection.exec_driver_sql(words)


def tidied(engine: Engine) -> None:
    """What PostgreSQL does by itself some time after a large write, now."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")

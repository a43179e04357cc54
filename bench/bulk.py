"""Writing rows in bulk: as fast as each engine can, past the one way in."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, Table

Row = tuple[Any, ...]


def write(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Add rows, each with a value for every column of a table, in the engine's own words."""
    driver = connection.connection.driver_connection
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if isinstance(driver, sqlite3.Connection):
        marks = ", ".join("?" for _ in table.columns)
        driver.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)
        return
    assert isinstance(driver, psycopg.Connection)
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as to:
        for row in rows:
            to.write_row(row)


@contextmanager
def without_indexes(engine: Engine, tables: Collection[Table]) -> Iterator[None]:
    """Tables without their indexes, which are made again in the end: all in one go, sorted."""
    indexes = [index for table in tables for index in table.indexes]
    with engine.begin() as connection:
        for index in indexes:
            index.drop(connection)
    try:
        yield
    finally:
        for index in indexes:
            with engine.begin() as connection:
                index.create(connection)


def tidied(engine: Engine, tables: Collection[Table]) -> None:
    """What PostgreSQL does by itself some time after a large write, now; its keys are packed."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in tables:
                connection.exec_driver_sql(f"REINDEX TABLE {table.name}")
            connection.exec_driver_sql("VACUUM (ANALYZE)")

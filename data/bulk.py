"""Many rows at once, in the words that each engine is fast at.

SQLite gets one prepared statement, PostgreSQL `COPY`. SQLAlchemy would look at each value of each
row, which takes longer than to write it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

import psycopg
from sqlalchemy import JSON, Connection, Table
from sqlalchemy.exc import DBAPIError

Row = dict[str, Any]
# From so many rows on it is worth it; and from so many on `COPY`, which may need a table beside.
MANY = 200
_COPIED = 1000


def upsert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, replacing those whose primary key is there already.

    :param rows: all with the same columns, no two with the same primary key.
    """
    names = tuple(rows[0])
    _write(connection, table, names, _values(table, names, rows), replacing(table, names))


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows, all with the same columns, whose primary keys are not there yet."""
    names = tuple(rows[0])
    _write(connection, table, names, _values(table, names, rows), "")


def replacing(table: Table, names: Iterable[str]) -> str:
    """What an INSERT of these columns says of rows that are there already, on both engines."""
    keys = [column.name for column in table.primary_key]
    rest = [f'"{name}" = excluded."{name}"' for name in names if name not in keys]
    return f" ON CONFLICT ({listed(keys)}) DO UPDATE SET {', '.join(rest)}"


def listed(names: Iterable[str]) -> str:
    """Names of columns, one after the other."""
    return ", ".join(f'"{name}"' for name in names)


def _values(table: Table, names: Sequence[str], rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    """The values of rows as a driver takes them: objects are written as JSON."""
    objects = [name for name in names if isinstance(table.c[name].type, JSON)]
    for row in rows if objects else ():
        for name in objects:
            if row[name] is not None:
                row[name] = json.dumps(row[name])
    pick: Callable[[Row], tuple[Any, ...]] = itemgetter(*names)
    return list(map(pick, rows))


def _write(
    connection: Connection, table: Table, names: Sequence[str], rows: list[Any], then: str
) -> None:
    columns = listed(names)
    into = f'INSERT INTO "{table.name}" ({columns})'
    is_copied = connection.dialect.name == "postgresql" and len(rows) >= _COPIED
    if not is_copied:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        marks = ", ".join([mark] * len(names))
        connection.exec_driver_sql(f"{into} VALUES ({marks}){then}", rows)
        return
    if not then:
        _copy(connection, f'COPY "{table.name}" ({columns}) FROM STDIN', rows)
        return
    beside = f'"incoming_{table.name}"'
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE {beside} ON COMMIT DROP AS"
        f' SELECT {columns} FROM "{table.name}" WITH NO DATA'
    )
    _copy(connection, f"COPY {beside} ({columns}) FROM STDIN", rows)
    connection.exec_driver_sql(f"{into} SELECT {columns} FROM {beside}{then}")
    connection.exec_driver_sql(f"DROP TABLE {beside}")


def _copy(connection: Connection, words: str, rows: Iterable[Sequence[Any]]) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection), "only PostgreSQL has COPY"
    try:
        with driver.cursor() as cursor, cursor.copy(words) as into:
            for row in rows:
                into.write_row(row)
    except psycopg.Error as error:
        # As SQLAlchemy tells of what goes wrong in all other statements.
        raise DBAPIError.instance(
            words, None, error, psycopg.Error, dialect=connection.dialect
        ) from error

"""Many rows at once, in the words that each engine is fast at.

SQLite gets one prepared statement of many rows, PostgreSQL `COPY`. SQLAlchemy would look at each
value of each row, which takes longer than to write it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from typing import Any

import psycopg
from sqlalchemy import JSON, Connection, Table
from sqlalchemy.exc import DBAPIError

Values = Sequence[Any]
# From so many rows on it is worth it; and from so many on `COPY`, which may need a table beside.
MANY = 200
_COPIED = 1000
# A call for each row takes longer than the row itself; SQLite may be built to take 999 at most.
_VALUES_AT_ONCE = 900
# Of the file, in KiB: by default it is a sixteenth of that.
_AT_HAND = 32_000
# What parts two objects in a list of them.
_BETWEEN = "}, {"


def upsert(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Values]
) -> None:
    """Insert rows, replacing those whose primary key is there already.

    :param names: the columns that rows have values for. rows: no two with the same primary key.
    """
    _write(connection, table, names, rows, replacing(table, names))


def insert(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Values]
) -> None:
    """Add rows with values for these columns, whose primary keys are not there yet."""
    _write(connection, table, names, rows, "")


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """Have SQLite keep more of its file at hand while very many rows go to all parts of it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_AT_HAND}")
    try:
        yield
    finally:
        # A connection that broke meanwhile is of no more use; what broke it is what is to be told.
        with suppress(DBAPIError):
            connection.exec_driver_sql(f"PRAGMA cache_size = {before:d}")


def replacing(table: Table, names: Iterable[str]) -> str:
    """What an INSERT of these columns says of rows that are there already, on both engines."""
    keys = [column.name for column in table.primary_key]
    rest = [f'"{name}" = excluded."{name}"' for name in names if name not in keys]
    return f" ON CONFLICT ({listed(keys)}) DO UPDATE SET {', '.join(rest)}"


def listed(names: Iterable[str]) -> str:
    """Names of columns, one after the other."""
    return ", ".join(f'"{name}"' for name in names)


def _as_stored(table: Table, names: Sequence[str], rows: Sequence[Values]) -> Sequence[Values]:
    """The values of rows as a driver takes them: objects are written as JSON."""
    objects = [place for place, name in enumerate(names) if isinstance(table.c[name].type, JSON)]
    if not objects:
        return rows
    columns: list[Values] = list(zip(*rows, strict=True))
    for place in objects:
        columns[place] = json_texts(columns[place])
    return list(zip(*columns, strict=True))


def json_texts(objects: Sequence[Any]) -> list[str | None]:
    """Each object as `json.dumps` writes it; nothing where there is none."""
    there = [one for one in objects if one is not None]
    if not there:
        return [None] * len(objects)
    # One call for all of them. What parts two of them may be inside one, too: then there are more.
    texts = json.dumps(there)[2:-2].split(_BETWEEN)
    if len(texts) != len(there) or not all(isinstance(one, dict) for one in there):
        return [None if one is None else json.dumps(one) for one in objects]
    written = (f"{{{text}}}" for text in texts)
    return [None if one is None else next(written) for one in objects]


def _write(
    connection: Connection, table: Table, names: Sequence[str], given: Sequence[Values], then: str
) -> None:
    rows = _as_stored(table, names, given)
    columns = listed(names)
    into = f'INSERT INTO "{table.name}" ({columns})'
    if connection.dialect.name == "sqlite":
        _insert_some_at_once(connection, into, len(names), rows, then)
        return
    if len(rows) < _COPIED:
        marks = ", ".join(["%s"] * len(names))
        connection.exec_driver_sql(f"{into} VALUES ({marks}){then}", list(map(tuple, rows)))
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


def _insert_some_at_once(
    connection: Connection, into: str, width: int, rows: Sequence[Values], then: str
) -> None:
    """Write rows with two prepared statements: one of many rows, and one of a row for the rest."""
    many = _VALUES_AT_ONCE // width
    several = [rows[n : n + many] for n in range(0, len(rows) - many + 1, many)]
    marks = f"({', '.join('?' * width)})"
    for size, parts in ((many, several), (1, [[row] for row in rows[len(several) * many :]])):
        if parts:
            words = f"{into} VALUES {', '.join([marks] * size)}{then}"
            values = [tuple(chain.from_iterable(part)) for part in parts]
            connection.exec_driver_sql(words, values)


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

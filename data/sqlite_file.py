"""SQLite's file: while it is in use, while nobody else has it open, and whether it is sound.

With data/dialect.py the only place that speaks SQLite's own words.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import NullPool

_MEMORY = (None, "", ":memory:")
# How long to wait for whoever is just leaving, in thousandths of a second.
_HASTE = 500
Identity = tuple[int, int] | None


def keep_to_file(engine: Engine) -> None:
    """Let go of connections whose file was moved away, removed or replaced, and make no other.

    Otherwise they would go on writing to a file that has no name any more: what was written would
    be lost, after it was said to be safe. A file that went missing is waited for, not made anew.
    """
    path = file_of(engine)
    if path is None:
        return
    seen: set[Path] = set()

    @event.listens_for(engine, "do_connect")
    def _is_there(*_: object) -> None:
        if path in seen and identity(path) is None:
            raise sqlite3.OperationalError("the database's file is gone")

    @event.listens_for(engine, "connect")
    def _note(_driver: Any, record: Any) -> None:
        seen.add(path)
        record.info[_note] = identity(path)

    @event.listens_for(engine, "checkout")
    def _is_same(_driver: Any, record: Any, _proxy: Any) -> None:
        if record.info.get(_note) != identity(path):
            raise DisconnectionError("The database's file is another one.")


def file_of(engine: Engine) -> Path | None:
    """Where a database of SQLite's is; None where it is in memory alone."""
    return None if engine.url.database in _MEMORY else Path(str(engine.url.database))


def identity(path: Path) -> Identity:
    """What tells a file from another of the same name; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 (each question asks it; Path takes twice as long)
    except OSError:
        return None
    return found.st_dev, found.st_ino


class InUse(Exception):
    """Someone else has the database open."""


@contextmanager
def held_alone(path: Path) -> Iterator[Connection | None]:
    """SQLite's file while nobody else has it open, nor can meanwhile; its log is put into it.

    None where there is no file, or none that can be read.

    :raises InUse: when someone has it open.
    """
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    if not path.exists():
        yield None
        return
    with engine.connect() as connection:
        yield connection if _is_alone(connection) else None


def _is_alone(connection: Connection) -> bool:
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute(f"PRAGMA busy_timeout={_HASTE}")
        driver.execute("PRAGMA journal_mode=DELETE")
        driver.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise InUse from error
    except sqlite3.DatabaseError:
        return False
    return True


def faults_of_copy(path: Path) -> list[str]:
    """What is wrong inside a file of SQLite's that nobody has open; its log is put into it."""
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("PRAGMA journal_mode=DELETE")
        found = driver.execute("PRAGMA integrity_check").fetchall()
    return [words for (words,) in found if words != "ok"]

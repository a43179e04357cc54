"""SQLite's file while it is in use: connections keep to the file that has its name."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

_MEMORY = (None, "", ":memory:")
Identity = tuple[int, int] | None


def keep_to_file(engine: Engine) -> None:
    """Let go of connections whose file was moved away, removed or replaced, and make no other.

    Otherwise they would go on writing to a file that has no name any more: what was written would
    be lost, after it was said to be safe. A file that went missing is waited for, not made anew.
    """
    if engine.url.database in _MEMORY:
        return
    path = Path(str(engine.url.database))
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


def identity(path: Path) -> Identity:
    """What tells a file from another of the same name; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 (each question asks it; Path takes twice as long)
    except OSError:
        return None
    return found.st_dev, found.st_ino

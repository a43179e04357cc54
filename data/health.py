"""How the database is: whether it answers, how soon, and whether its tables are the newest."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Engine

from data import revisions
from data.engine import is_migrated
from data.revisions import Revision


@dataclass(frozen=True)
class Health:
    """The revision of the figures, seconds that it took to read, and whether tables are newest."""

    revision: Revision
    seconds: float
    migrated: bool


def look(engine: Engine) -> Health:
    """How the database is now.

    :raises DatabaseFault: when it cannot be reached, or has no tables.
    """
    started = time.perf_counter()
    with engine.connect() as connection:
        migrated = is_migrated(connection)
        revision = revisions.current(connection)
    return Health(revision, time.perf_counter() - started, migrated)

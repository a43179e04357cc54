"""The database: opened from its URL, brought up to date by Alembic."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url

from config import ROOT, Settings
from data.dialect import connecting, prepare
from data.write_locks import lock_for_writing


def open_engine(settings: Settings) -> Engine:
    """An engine for the settings' database; the folder of a SQLite file is made."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        path = Path(url.database)
        path = path if path.is_absolute() else ROOT / path
        path.parent.mkdir(parents=True, exist_ok=True)
        url = url.set(database=str(path))
    engine = create_engine(url, **connecting(url))
    prepare(engine)
    return engine


def migrate(engine: Engine) -> None:
    """Bring the tables up to the newest migration; does nothing when they are."""
    config = _migrations()
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        # Two machines that are started at once would make the same tables.
        lock_for_writing(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def watch_connections(engine: Engine, note: Callable[[int], None]) -> None:
    """Tell of every connection that is taken into use (1), and given back or away (-1)."""

    @event.listens_for(engine, "checkout")
    def _taken(*_: object) -> None:
        note(1)

    @event.listens_for(engine, "checkin")
    @event.listens_for(engine, "detach")
    def _given_back(*_: object) -> None:
        note(-1)


def is_migrated(connection: Connection) -> bool:
    """Whether the tables are those of the newest migration."""
    return edition(connection) == _newest()


def edition(connection: Connection) -> str | None:
    """The migration that the tables are of; None where there are none of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(name: str) -> bool:
    """Whether this release, or one before it, has a migration of this name."""
    known = ScriptDirectory.from_config(_migrations()).walk_revisions()
    return name in {script.revision for script in known}


@cache
def _newest() -> str | None:
    return ScriptDirectory.from_config(_migrations()).get_current_head()


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config

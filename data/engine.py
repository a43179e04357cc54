"""The database: opened from its URL, brought up to date by Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, make_url

from config import ROOT, Settings
from data.dialect import prepare


def open_engine(settings: Settings) -> Engine:
    """An engine for the settings' database; the folder of a SQLite file is made."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        path = Path(url.database)
        path = path if path.is_absolute() else ROOT / path
        path.parent.mkdir(parents=True, exist_ok=True)
        url = url.set(database=str(path))
    engine = create_engine(url)
    prepare(engine)
    return engine


def migrate(engine: Engine) -> None:
    """Bring the tables up to the newest migration; does nothing when they are."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

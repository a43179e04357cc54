"""How Alembic reaches the database: by the connection it is handed, or by the settings."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from config import Settings
from data.engine import open_engine
from data.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    _run(handed_over)
else:
    with open_engine(Settings.from_environment()).begin() as opened:
        _run(opened)

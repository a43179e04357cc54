"""`database`: bring the database up to date."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import Engine

from data.engine import migrate
from data.tables import metadata


def group(engine: Engine) -> AppGroup:
    """The commands that look after the database."""
    commands = AppGroup("database", help="Look after the database.")

    @commands.command("upgrade")
    def upgrade() -> None:
        """Create the tables, or bring them up to date."""
        migrate(engine)
        click.echo(f"The database has its {len(metadata.tables)} tables.")

    return commands

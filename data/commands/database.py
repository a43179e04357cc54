"""`database`: bring the database up to date, back it up, and put a backup back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import Engine

from data.backups import BackupRefused, back_up, restore
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

    @commands.command("backup")
    @click.argument("file", type=click.Path(path_type=Path), required=False)
    def backup(file: Path | None) -> None:
        """Copy the database into FILE, as it is now, while the platform goes on.

        Without FILE: a name with the time in it, in `backups` beside the database.
        """
        with _refusals():
            made = back_up(engine, file)
        click.echo(f"{made.path} holds {made.records:,} records, revision {made.revision:,}.")

    @commands.command("restore")
    @click.argument("file", type=click.Path(path_type=Path))
    def put_back(file: Path) -> None:
        """Put the backup FILE in the database's place. Stop the platform first."""
        with _refusals():
            made, kept = restore(engine, file)
        click.echo(f"{made.path} holds {made.records:,} records, revision {made.revision:,}.")
        if kept:
            click.echo(f"What was there before is in {kept}.")

    return commands


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except BackupRefused as error:
        raise click.ClickException(str(error)) from error

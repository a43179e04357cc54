"""`import`: load figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from sqlalchemy import Engine

from data import demonstration, transactional_services
from data.commands.refusals import refusals
from data.deliveries import Progress as Report
from data.deliveries import Sender, deliver, is_empty
from data.engine import migrate
from data.entries import Delivery
from data.revisions import current


def group(engine: Engine) -> AppGroup:
    """The commands that load figures."""
    commands = AppGroup("import", help="Load figures.")

    @commands.command("transactional-services")
    @click.argument("file", type=click.Path(path_type=Path))
    def import_transactional_services(file: Path) -> None:
        """Load the government's published figures from its CSV FILE."""
        migrate(engine)
        with refusals():
            published = transactional_services.read(file)
        _deliver(engine, published.delivery, Sender(f"import of {file.name}"))
        unread = published.unread
        cells = "1 cell" if len(unread) == 1 else f"{len(unread):,} cells"
        click.echo(f"{cells} could not be read{':' if unread else '.'}")
        for cell in unread:
            click.echo(f"  {cell}")

    @commands.command("demonstration")
    @click.option("--if-empty", is_flag=True, help="Only into an empty database.")
    def import_demonstration(if_empty: bool) -> None:
        """Load demonstration data, or bring its live users up to now.

        It never mixes with real data: a database that holds any is left as it is.
        """
        migrate(engine)
        with engine.connect() as connection:
            revision, empty = current(connection), is_empty(connection)
        if empty:
            now = datetime.now(UTC)
            click.echo("Loading demonstration data, simulated from published yearly totals.")
            _deliver(engine, demonstration.delivery(now), Sender("demonstration", True, now))
        elif revision.demonstration:
            _bring_up_to_now(engine)
        elif not if_empty:
            raise click.ClickException(
                "The database holds real figures, which demonstration data must not mix with. "
                "Set DATABASE_URL to another database."
            )

    return commands


def _bring_up_to_now(engine: Engine) -> None:
    now = datetime.now(UTC)
    batches = demonstration.live(now, None)
    with refusals():
        deliver(engine, Delivery(batches=batches), Sender("demonstration", True, now))
    click.echo("Demonstration data: live users brought up to now.")


def _deliver(engine: Engine, delivery: Delivery, sender: Sender) -> None:
    with refusals(), _progress() as report:
        receipt = deliver(engine, delivery, sender, report)
    for sentence in receipt.sentences():
        click.echo(sentence)


@contextmanager
def _progress() -> Iterator[Report]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("Reading")
        yield lambda what, done, of: bar.update(
            task, description=what, completed=done, total=max(of, 1)
        )

"""`import`: load figures."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from sqlalchemy import Engine

from data import data_set_rows, demonstration, record_files, transactional_services
from data.commands.addresses import ADDRESS
from data.commands.groups import sender
from data.commands.refusals import refusals
from data.deliveries import Progress as Report
from data.deliveries import Sender, UnknownDataSet, deliver, is_empty
from data.engine import migrate
from data.entries import Batch, DataSetKey, Delivery
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

    _add_records(commands, engine)
    return commands


def _add_records(commands: AppGroup, engine: Engine) -> None:
    @commands.command("records")
    @click.argument("key", metavar="GROUP/TYPE", type=ADDRESS)
    @click.argument("file", type=click.Path(path_type=Path))
    def import_records(key: DataSetKey, file: Path) -> None:
        """Load the records of a data set that is there from a CSV FILE, however long it is.

        Its columns are named as the records' fields are; record 1 is the row below them. All of
        it is written, or none; other writers to the same service wait as long, on SQLite all.
        """
        migrate(engine)
        _deliver_file(engine, key, file)


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


def _deliver_file(engine: Engine, key: DataSetKey, file: Path) -> None:
    with refusals(), engine.connect() as connection:
        stored = data_set_rows.find(connection, key.group, key.type)
        if stored is None:
            raise UnknownDataSet(key)
    with refusals(), _progress() as report, _without_collections():
        records = record_files.read(
            file, stored.entry, lambda done, of: report("Writing records", done, of)
        )
        delivery = Delivery(batches=[Batch(key, stream=records)])
        receipt = deliver(engine, delivery, replace(sender(), action="import", reason=file.name))
    for sentence in receipt.sentences():
        click.echo(sentence)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Millions of short-lived records make no cycles, and looking for some takes a third."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _progress() -> Iterator[Report]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("Reading")
        yield lambda what, done, of: bar.update(
            task, description=what, completed=done, total=max(of, 1)
        )

"""`data-sets`: make, show, list, change, empty and delete data sets."""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import Engine, func, select

from data.administration import TOKEN, TOKEN_HELP, Administration, Managed
from data.commands.addresses import ADDRESS
from data.commands.groups import Group, sender
from data.commands.listings import moment, show, show_fields
from data.commands.setting_options import setting_options, typed_settings
from data.commands.tokens import token_rows
from data.data_sets import SETTINGS
from data.entries import DataSetKey
from data.tables import record

_SURE = click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
_NAMED = click.argument("key", metavar="GROUP/TYPE", type=ADDRESS)


def group(engine: Engine) -> Group:
    """The commands for data sets."""
    commands = Group(engine, "data-sets", "Make and look after data sets.")
    administration = Administration(engine)
    _add_making(commands, administration)
    _add_looking(commands, administration)
    _add_removing(commands, administration)
    return commands


def _add_making(commands: Group, administration: Administration) -> None:
    @commands.command("create")
    @_NAMED
    @setting_options
    @click.option("--token", help=TOKEN_HELP)
    def create(key: DataSetKey, token: str | None, **options: Any) -> None:
        """Make a data set. A token that may write to it is printed, once."""
        if any(item.stored.entry.key == key for item in administration.listed()):
            raise click.ClickException(
                f"There is a data set {key.address} already; `data-sets change` changes it."
            )
        made = administration.change(key, {**typed_settings(options), TOKEN: token}, sender())
        click.echo(f"The data set {key.address} is made.", err=True)
        if made.told:
            click.echo("This token may write to it. It is shown this once: keep it safe.", err=True)
            click.echo(made.told)

    @commands.command("change")
    @_NAMED
    @setting_options
    @click.option("--token", help=TOKEN_HELP)
    def change(key: DataSetKey, token: str | None, **options: Any) -> None:
        """Change settings of a data set; those that are not given stay as they are."""
        before = administration.find(key)
        after = administration.change(key, {**typed_settings(options), TOKEN: token}, sender())
        same = (before.stored.entry, before.tokens) == (after.stored.entry, after.tokens)
        click.echo("Nothing was changed." if same else f"The data set {key.address} is changed.")


def _add_looking(commands: Group, administration: Administration) -> None:
    @commands.command("show")
    @_NAMED
    def show_data_set(key: DataSetKey) -> None:
        """Show a data set: its settings, how many records it has, what its tokens are called."""
        managed = administration.find(key)
        entry = managed.stored.entry
        settings = [(item.name.replace("_", "-"), getattr(entry, item.name)) for item in SETTINGS]
        counted = f"{_count(administration, managed):,}"
        updated = moment(managed.stored.updated_at, "never")
        show_fields(
            [("data set", entry.address), *settings, ("records", counted), ("updated", updated)]
        )
        click.echo()
        rows = token_rows((entry.address, token) for token in managed.tokens)
        show(*rows, "It has no token, so nobody may write to it.")

    @commands.command("list")
    def list_data_sets() -> None:
        """List all data sets."""
        header = ("data set", "title", "service", "published", "private", "updated")
        show(header, map(_row, administration.listed()), "There is no data set.")


def _add_removing(commands: Group, administration: Administration) -> None:
    @commands.command("empty")
    @_NAMED
    @_SURE
    def empty(key: DataSetKey, yes: bool) -> None:
        """Remove all records of a data set; its settings and tokens stay."""
        count = _records(_count(administration, administration.find(key)))
        if not yes:
            click.confirm(f"Remove {count} from {key.address}?", abort=True)
        administration.empty(key, sender())
        click.echo(f"{key.address} is empty: {count} removed.")

    @commands.command("delete")
    @_NAMED
    @_SURE
    def delete(key: DataSetKey, yes: bool) -> None:
        """Remove a data set with its records, the figures they made, and its tokens."""
        count = _records(_count(administration, administration.find(key)))
        if not yes:
            click.confirm(f"Remove {key.address} with {count}?", abort=True)
        administration.remove(key, sender())
        click.echo(f"{key.address} is removed, with {count}.")


def _count(administration: Administration, managed: Managed) -> int:
    own = record.c.data_set_id == managed.stored.id
    with administration.engine.connect() as connection:
        return int(connection.scalar(select(func.count()).where(own)) or 0)


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"


def _row(managed: Managed) -> tuple[object, ...]:
    entry = managed.stored.entry
    updated = moment(managed.stored.updated_at, "never")
    told = (entry.title, entry.service, entry.published, entry.private)
    return (entry.address, *told, updated)

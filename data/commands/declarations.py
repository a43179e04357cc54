"""`declarations`: what publishers say of services: annotations, targets, own KPIs, dashboards."""

from __future__ import annotations

import json
from typing import Any, TextIO

import click
from sqlalchemy import Connection, Engine

from data import declarations
from data.catalogue import service_ids
from data.commands.addresses import SLUG
from data.commands.groups import Group, sender
from data.commands.listings import moment, show
from data.declaration_kinds import KINDS, NAMES
from data.declarations import Declaration
from data.deliveries import deliver
from data.entries import DeclarationEntry, Delivery

_KIND = click.Choice(NAMES)
_SERVICE = click.argument("service", metavar="SERVICE", type=SLUG)
_WHICH = click.argument("kind", metavar="KIND", type=_KIND)
_KEY = click.argument("key", metavar="KEY")


def group(engine: Engine) -> Group:
    """The commands for what is declared of services."""
    kinds = " ".join(f"{kind.name}: {kind.help}" for kind in KINDS)
    commands = Group(engine, "declarations", f"Say more of a service than its records do. {kinds}")
    _add_changes(commands)
    _add_looking(commands)
    return commands


def _add_changes(commands: Group) -> None:
    engine = commands.engine

    @commands.command("put")
    @_SERVICE
    @_WHICH
    @_KEY
    @click.argument("file", metavar="FILE", type=click.File(encoding="utf-8"))
    def put(service: str, kind: str, key: str, file: TextIO) -> None:
        """Declare what a FILE of JSON says (-: what is typed), in place of what was there."""
        receipt = deliver(engine, _delivery(service, kind, key, _read(file)), sender())
        changed = receipt.counts["declarations"].written
        click.echo(f"The {kind} {key} is declared." if changed else "Nothing was changed.")

    @commands.command("remove")
    @_SERVICE
    @_WHICH
    @_KEY
    def remove(service: str, kind: str, key: str) -> None:
        """Withdraw a declaration."""
        deliver(engine, _delivery(service, kind, key, None), sender())
        click.echo(f"The {kind} {key} is withdrawn.")


def _delivery(service: str, kind: str, key: str, body: Any) -> Delivery:
    return Delivery(declarations=[DeclarationEntry(service, kind, key, body)])


def _read(file: TextIO) -> dict[str, Any]:
    try:
        body = json.load(file)
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"{file.name} is not JSON: {error}.") from error
    if not isinstance(body, dict):
        raise click.ClickException(f"{file.name} must hold an object of named fields.")
    return body


def _add_looking(commands: Group) -> None:
    engine = commands.engine

    @commands.command("list")
    @_SERVICE
    def list_declarations(service: str) -> None:
        """List what is declared of a service."""
        found = _all(engine, service)
        rows = [(item.kind, item.key, moment(item.updated_at, "")) for item in found]
        show(("kind", "key", "changed"), rows, f"Nothing is declared of {service}.")

    @commands.command("show")
    @_SERVICE
    @_WHICH
    @_KEY
    def show_declaration(service: str, kind: str, key: str) -> None:
        """Show a declaration as JSON."""
        found = [item for item in _all(engine, service) if (item.kind, item.key) == (kind, key)]
        if not found:
            raise click.ClickException(
                f"{service} has no {kind} {key!r}. `declarations list {service}` tells what it has."
            )
        click.echo(json.dumps(found[0].body, ensure_ascii=False, indent=2))


def _all(engine: Engine, service: str) -> list[Declaration]:
    with engine.connect() as connection:
        id = _id(connection, service)
        return [one for name in NAMES for one in declarations.of_service(connection, id, name)]


def _id(connection: Connection, service: str) -> int:
    ids = service_ids(connection, {service})
    if service not in ids:
        raise click.ClickException(
            f"There is no service {service!r}. `services list` tells all that there are."
        )
    return ids[service]

"""`services`: make, show, list and change what people use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

import click
from sqlalchemy import Boolean, Connection, Engine, Row, Select, select

from data.commands.addresses import SLUG
from data.commands.groups import Group, sender
from data.commands.listings import show, show_fields
from data.deliveries import deliver
from data.entries import Delivery, ServiceEntry
from data.tables import organisation, service
from data.validation import Rejected

# Everything that can be set of a service but its slug and its name, and what it is.
HELP: Mapping[str, str] = {
    "organisation": "Whoever runs it: the slug of a department or an agency.",
    "published": "Whether everyone sees it; if not, only those who may publish for it.",
    "description": "What it is, in a sentence or two.",
    "url": "Where people use it.",
    "link_text": "What the link to it says.",
    "category": "Such as Taxes.",
    "customer_type": "Such as Individuals or Businesses.",
    "business_model": "Such as Department funded.",
    "transaction_type": "Such as Application.",
    "keywords": "Words by which people search for it.",
    "notes_on_costs": "What its costs do and do not include.",
    "other_notes": "Anything else to know about its figures.",
    "high_volume": "Whether it is one of the services with most transactions.",
}
_FLAGS = {column.name for column in service.columns if isinstance(column.type, Boolean)}


def group(engine: Engine) -> Group:
    """The commands for services."""
    commands = Group(engine, "services", "Say which services there are, and describe them.")
    _add_making(commands)
    _add_looking(commands)
    return commands


def _add_making(commands: Group) -> None:
    engine = commands.engine

    @commands.command("create")
    @click.argument("slug", type=SLUG)
    @click.argument("name")
    @_options(("organisation",))
    def create(slug: str, name: str, **given: Any) -> None:
        """Make a service; SLUG names it in addresses."""
        with engine.connect() as connection:
            if _find(connection, slug) is not None:
                raise click.ClickException(
                    f"There is a service {slug!r} already; `services change` changes it."
                )
        _write(engine, ServiceEntry(slug, name, **_set(given)), None)
        click.echo(f"The service {slug!r} is made.")

    @commands.command("change")
    @click.argument("slug", type=SLUG)
    @click.option("--name", help="What it is called.")
    @_options(())
    def change(slug: str, **given: Any) -> None:
        """Change what describes a service; what is not given stays as it is."""
        with engine.connect() as connection:
            before = _stored(connection, slug)
        after = replace(before, **_set(given))
        _write(engine, after, before)
        changed = f"The service {slug!r} is changed."
        click.echo("Nothing was changed." if after == before else changed)


def _add_looking(commands: Group) -> None:
    engine = commands.engine

    @commands.command("show")
    @click.argument("slug", type=SLUG)
    def show_service(slug: str) -> None:
        """Show all that describes a service."""
        with engine.connect() as connection:
            entry = _stored(connection, slug)
        names = ("slug", "name", *HELP)
        show_fields((name.replace("_", "-"), getattr(entry, name)) for name in names)

    @commands.command("list")
    def list_services() -> None:
        """List all services."""
        with engine.connect() as connection:
            entries = [_entry(row) for row in connection.execute(_query())]
        rows = ((item.slug, item.name, item.organisation, item.published) for item in entries)
        show(("slug", "name", "organisation", "published"), rows, "There is no service.")


def _options(required: tuple[str, ...]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator: an option for everything that can be set of a service."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name, help_text in reversed(list(HELP.items())):
            option = f"--{name.replace('_', '-')}"
            if name in _FLAGS:
                option += f"/--no-{name.replace('_', '-')}"
            add = click.option(
                option, name, default=None, help=help_text, required=name in required
            )
            function = add(function)
        return function

    return decorate


def _set(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _write(engine: Engine, entry: ServiceEntry, before: ServiceEntry | None) -> None:
    def check(connection: Connection) -> None:
        if _find(connection, entry.slug) != before:
            raise Rejected(
                f"Someone else changed the service {entry.slug!r} at the same time. Nothing was "
                "written. Try again."
            )

    receipt = deliver(engine, Delivery(services=[entry]), sender(), check=check)
    if receipt.replaced_demonstration:
        click.echo("The demonstration data was replaced.")


def _query() -> Select[Any]:
    joined = service.join(organisation, organisation.c.id == service.c.organisation_id)
    described = [service.c[item.name] for item in fields(ServiceEntry) if item.name in service.c]
    query = select(*described, organisation.c.slug.label("organisation"))
    return query.select_from(joined).order_by(service.c.slug)


def _entry(row: Row[Any]) -> ServiceEntry:
    return ServiceEntry(**row._asdict())


def _find(connection: Connection, slug: str) -> ServiceEntry | None:
    row = connection.execute(_query().where(service.c.slug == slug)).first()
    return None if row is None else _entry(row)


def _stored(connection: Connection, slug: str) -> ServiceEntry:
    entry = _find(connection, slug)
    if entry is None:
        raise click.ClickException(
            f"There is no service {slug!r}. `services list` tells all that there are."
        )
    return entry

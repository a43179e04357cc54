"""`organisations`: make and list departments and agencies."""

from __future__ import annotations

import click
from sqlalchemy import Engine, select

from data.commands.addresses import SLUG
from data.commands.groups import Group, sender
from data.commands.listings import show
from data.deliveries import deliver
from data.entries import Delivery, OrganisationEntry
from data.tables import organisation


def group(engine: Engine) -> Group:
    """The commands for organisations."""
    commands = Group(engine, "organisations", "Say which departments and agencies there are.")

    @commands.command("create")
    @click.argument("slug", type=SLUG)
    @click.argument("name")
    @click.option("--abbreviation", default="", help="Such as DWP.")
    @click.option("--department", help="An agency's department, by its slug.")
    def create(slug: str, name: str, abbreviation: str, department: str | None) -> None:
        """Make a department, or an agency inside one; SLUG names it in addresses."""
        with engine.connect() as connection:
            query = select(organisation.c.name).where(organisation.c.slug == slug)
            there = connection.execute(query).scalar()
        if there is not None:
            raise click.ClickException(f"There is an organisation {slug!r} already: {there}.")
        entry = OrganisationEntry(slug, name, abbreviation, department)
        receipt = deliver(engine, Delivery(organisations=[entry]), sender())
        if receipt.replaced_demonstration:
            click.echo("The demonstration data was replaced.")
        click.echo(f"The organisation {slug!r} is made.")

    @commands.command("list")
    def list_organisations() -> None:
        """List all departments and agencies."""
        inside = organisation.alias()
        query = (
            select(organisation.c.slug, organisation.c.name, organisation.c.abbreviation)
            .add_columns(inside.c.slug.label("department"))
            .outerjoin(inside, inside.c.id == organisation.c.department_id)
            .order_by(organisation.c.slug)
        )
        with engine.connect() as connection:
            rows = connection.execute(query).all()
        header = ("slug", "name", "abbreviation", "department")
        show(header, rows, "There is no organisation.")

    return commands

"""`links`: make, list and revoke links to services that are not published."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import click
from flask import current_app
from sqlalchemy import Engine

from config import Settings
from data import share_links
from data.commands.addresses import SLUG
from data.commands.groups import Group, sender
from data.commands.listings import moment, show
from data.share_links import LABEL, LAST, OPEN, ShareLink, Signing, usual_last_day
from kpi.views import LINK

_HEADER = ("id", "service", "for", "made by", "made", "last day", "state", "address")


def group(engine: Engine) -> Group:
    """The commands for links to services that are not published."""
    commands = Group(engine, "links", "Show services that are not published to whoever has a link.")
    _add_changes(commands)

    @commands.command("list")
    @click.argument("slug", type=SLUG, required=False)
    def list_links(slug: str | None) -> None:
        """List links: all, or those to one service; the addresses of those that work."""
        with engine.connect() as connection:
            found = share_links.listed(connection, slug or "")
        show(_HEADER, map(_row, found), "There is no link.")

    return commands


def _add_changes(commands: Group) -> None:
    engine = commands.engine

    @commands.command("make")
    @click.argument("slug", type=SLUG)
    @click.argument("label", metavar="FOR")
    @click.option("--until", metavar="YYYY-MM-DD", help="Its last day (UTC); 14 days without it.")
    def make(slug: str, label: str, until: str | None) -> None:
        """Make a link to a service that is not published, and print its address.

        FOR says whom it is for. The address is printed without the platform's own.
        """
        by, most = sender(), Settings.from_environment().share_link_days_most
        usual = usual_last_day(datetime.fromtimestamp(by.at, UTC).date(), most)
        texts = {LABEL: label, LAST: until or usual.isoformat()}
        link = share_links.make(engine, slug, texts, most, by)
        click.echo(f"Link {link.id} for {link.label!r} works until {link.last_day}.", err=True)
        click.echo(_address(link))

    @commands.command("revoke")
    @click.argument("id", type=int)
    def revoke(id: int) -> None:
        """Revoke the link with this ID, which `links list` tells: it shows nothing any more."""
        link = share_links.revoke(engine, id, sender())
        if link is None:
            raise click.ClickException(f"There is no link {id} to revoke. `links list` tells all.")
        click.echo(f"Link {id} for {link.label!r} is revoked.")


def _row(link: ShareLink) -> tuple[object, ...]:
    state = link.state(datetime.now(UTC))
    made, address = moment(link.made_at, ""), _address(link) if state == OPEN else ""
    told = (link.id, link.service, link.label, link.made_by, made)
    return (*told, link.last_day.isoformat(), state, address)


def _address(link: ShareLink) -> str:
    text = Signing(str(current_app.secret_key)).text(link)
    return f"/services/{quote(link.service)}?{urlencode({LINK: text})}"

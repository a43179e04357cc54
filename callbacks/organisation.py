"""Wiring of the page of a department or an agency."""

from __future__ import annotations

from dash import Dash
from dash.development.base_component import Component

from callbacks import pages
from callbacks.overview import parse_period
from callbacks.platform import platform
from data.listings import ListingReader
from data.organisations import OrganisationQuery
from data.overview import overview
from data.queries import CatalogueQuery, KpiQuery
from data.selection import Selection
from data.services import ServiceQuery
from layouts.organisation import (
    Organisation,
    OrganisationShown,
    build_organisation,
    description,
)

# Services on the page itself; the services page has all of them.
_SHOWN = 10


def register(_app: Dash) -> None:
    """Register the page; its period select is the Overview's."""
    page = pages.Page(
        name="organisation",
        path="/organisations/<slug>",
        section="",
        content=_content,
        title=lambda slug: organisation_of(slug).name,
        description=_description,
    )
    pages.register(page)


def organisation_of(slug: str) -> Organisation:
    """The organisation of a slug.

    :raises PageMissing: where there is none.
    """
    rows = platform().reader.run(OrganisationQuery()).to_dict("records")
    known = {row["slug"]: row for row in rows}
    if slug not in known:
        raise pages.PageMissing(f"There is no organisation {slug!r}.")
    department = known[slug]["department"]
    inside = organisation_of(department) if department else None
    return Organisation(slug, known[slug]["name"], inside)


def _description(slug: str) -> str:
    chosen = platform().reader.run(CatalogueQuery(Selection(organisation=slug)))
    return description(organisation_of(slug), len(chosen))


def found(slug: str, period: object) -> OrganisationShown:
    """What is known of an organisation in an address's period.

    :raises PageMissing: where there is no such organisation.
    """
    here = platform()
    organisation, selection = organisation_of(slug), Selection(organisation=slug)
    asked, notice = parse_period(period)
    answer = overview(here.reader, here.settings, selection, asked)
    length = answer.performance.period.name if answer else "year"
    history = here.reader.run(KpiQuery(selection, length, over_services=True))
    busiest_first = ServiceQuery(selection, "transactions", descending=True)
    services = ListingReader(here.reader.run, _SHOWN).page(busiest_first, 1)
    return OrganisationShown(organisation, answer, history, services, notice)


def _content(slug: str, period: str = "", **_others: object) -> list[Component]:
    return build_organisation(found(slug, period), platform().reader.now())

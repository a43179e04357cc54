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
from layouts.organisation import Organisation, build_organisation, description

# Services on the page itself; the services page has all of them.
_SHOWN = 10


def register(_app: Dash) -> None:
    """Register the page; its period select is the Overview's."""
    page = pages.Page(
        name="organisation",
        path="/organisations/<slug>",
        section="",
        content=_content,
        title=lambda slug: _organisation(slug).name,
        description=_description,
    )
    pages.register(page)


def _organisation(slug: str) -> Organisation:
    rows = platform().reader.run(OrganisationQuery()).to_dict("records")
    known = {row["slug"]: row for row in rows}
    if slug not in known:
        raise pages.PageMissing(f"There is no organisation {slug!r}.")
    department = known[slug]["department"]
    inside = _organisation(department) if department else None
    return Organisation(slug, known[slug]["name"], inside)


def _description(slug: str) -> str:
    chosen = platform().reader.run(CatalogueQuery(Selection(organisation=slug)))
    return description(_organisation(slug), len(chosen))


def _content(slug: str, period: str = "", **_others: object) -> list[Component]:
    here = platform()
    organisation, selection = _organisation(slug), Selection(organisation=slug)
    asked, notice = parse_period(period)
    answer = overview(here.reader, here.settings, selection, asked)
    length = answer.performance.period.name if answer else "year"
    history = here.reader.run(KpiQuery(selection, length, over_services=True))
    busiest_first = ServiceQuery(selection, "transactions", descending=True)
    services = ListingReader(here.reader.run, _SHOWN).page(busiest_first, 1)
    now = here.reader.now()
    return build_organisation(organisation, answer, history, services, now, notice=notice)

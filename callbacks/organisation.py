"""Wiring of the page of a department or an agency."""

from __future__ import annotations

from dash import Dash
from dash.development.base_component import Component

from callbacks import pages
from callbacks.overview import parse_period
from callbacks.platform import platform
from config import Settings
from data.organisations import OrganisationQuery
from data.overview import overview
from data.queries import CatalogueQuery, KpiQuery
from data.selection import Selection
from data.services import ServiceQuery
from layouts.organisation import Organisation, build_organisation, description


def register(app: Dash, settings: Settings) -> None:  # noqa: ARG001
    """Register the page; its period select is the Overview's."""
    page = pages.Page(
        name="organisation",
        path="/organisations/<slug>",
        section="",
        content=_content,
        title=lambda slug: f"{_organisation(slug).name} - {settings.site_name}",
        description=_description,
    )
    pages.register(page)


def _organisation(slug: str) -> Organisation:
    rows = platform().reader.run(OrganisationQuery()).set_index("slug")
    if slug not in rows.index:
        raise pages.PageMissing(f"There is no organisation {slug!r}.")
    department = rows.at[slug, "department"]
    inside = _organisation(department) if department else None
    return Organisation(slug, rows.at[slug, "name"], inside)


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
    largest = here.reader.run(ServiceQuery(selection, "transactions", True, limit=25))
    return build_organisation(organisation, answer, history, largest, here.reader.now(), notice=notice)

"""Wiring of the services page: the address says all; the filters write the address."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, no_update
from dash._pages import _parse_query_string
from dash.development.base_component import Component

from callbacks import pages
from callbacks.platform import platform
from data.listings import ListingReader
from data.selection import Selection
from data.services import ServiceQuery
from kpi.listings import Listing
from layouts import ids
from layouts.services import DESCRIPTION, TITLE, build_services
from layouts.services_address import (
    PATH,
    ServicesAddress,
    checked,
    chosen,
    parse,
    shown_bound,
)


def register(app: Dash) -> None:
    """Register the page and its callbacks."""
    page = pages.Page(
        name="services",
        path=PATH,
        section=PATH,
        content=_content,
        title=TITLE,
        description=DESCRIPTION,
    )
    pages.register(page)
    _register_filters(app)
    _register_range(app)


def _register_filters(app: Dash) -> None:
    @app.callback(
        # A location of the page's own: one that comes and goes with the filters is not written
        # when they come.
        Output(ids.SERVICES_URL, "search"),
        {
            "q": Input(ids.SERVICES_Q, "value"),
            "department": Input(ids.SERVICES_DEPARTMENT, "value"),
            "agency": Input(ids.SERVICES_AGENCY, "value"),
            "category": Input(ids.SERVICES_CATEGORY, "value"),
            "customer_type": Input(ids.SERVICES_CUSTOMER_TYPE, "value"),
            "least": Input(ids.SERVICES_LEAST, "value"),
            "most": Input(ids.SERVICES_MOST, "value"),
            "order": Input(ids.SERVICES_ORDER, "value"),
            "kpi": State(ids.SERVICES_RANGE_KPI, "value"),
        },
        State(ids.SERVICES_URL, "search"),
        prevent_initial_call=True,
    )
    def _filter(values: dict[str, Any], search: str | None) -> object:
        before, _ = parse(_parse_query_string(search or ""))
        after = chosen(before, values)
        return no_update if after == before else after.search


def _register_range(app: Dash) -> None:
    @app.callback(
        Output(ids.SERVICES_LEAST, "value"),
        Output(ids.SERVICES_MOST, "value"),
        Input(ids.SERVICES_RANGE_KPI, "value"),
        State(ids.SERVICES_URL, "search"),
        prevent_initial_call=True,
    )
    def _show_range(slug: str, search: str | None) -> tuple[float | str, float | str]:
        wanted, _ = parse(_parse_query_string(search or ""))
        bounds = wanted.range_of(slug)
        least, most = shown_bound(bounds.least, slug), shown_bound(bounds.most, slug)
        return "" if least is None else least, "" if most is None else most


def _selection(wanted: ServicesAddress) -> Selection:
    return Selection(
        department=wanted.department,
        agency=wanted.agency,
        category=wanted.category,
        customer_type=wanted.customer_type,
        q=" ".join(wanted.q.split()),
        ranges=wanted.ranges,
    )


def _content(**given: str | list[str]) -> list[Component]:
    here = platform()
    reader = ListingReader(here.reader.run, here.settings.page_size)
    asked, unread = parse(given)
    wanted, unknown = checked(asked, reader.choices())
    query = ServiceQuery(_selection(wanted), wanted.sort_by, wanted.descending)
    listing = reader.page(query, wanted.page)
    short = _too_far(wanted.page, listing)
    return build_services(wanted, listing, [*unread, *unknown, *short])


def _too_far(number: int, listing: Listing) -> list[str]:
    if number <= listing.pages or not listing.total:
        return []
    return [f"There is no page {number:,}: this is page {listing.pages:,}, the last one."]

"""The services page: filters, what they leave in words, and the table of it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from kpi.listings import Listing
from layouts import ids
from layouts.addresses import csv_address
from layouts.aria import aria
from layouts.frame import title_row
from layouts.marks import marks
from layouts.modules import empty_state
from layouts.pagination import pagination
from layouts.services_address import ServicesAddress
from layouts.services_filters import filter_fields, remove_filters, result_in_words, set_filters
from layouts.services_table import services_table
from layouts.sharing import share_button

TITLE = "Services"
DESCRIPTION = (
    "Search and compare services by cost per transaction, user satisfaction, completion rate, "
    "digital take-up and volume."
)
LEDE = "Find a service, or compare services by their latest figures over twelve months."


def build_services(
    wanted: ServicesAddress, listing: Listing, problems: Sequence[str] = ()
) -> list[Component]:
    """The page. wanted: what the filters are set to; problems: what was not understood of it."""
    # refresh: what the filters write is an address like any other, so going back undoes it.
    url = dcc.Location(id=ids.SERVICES_URL, refresh="callback-nav")
    if not listing.services:
        return [url, title_row(TITLE), _nothing_loaded()]
    return [
        url,
        title_row(TITLE, LEDE, html.Div(_share(wanted), className="buttons")),
        *([_problems(problems)] if problems else []),
        filter_fields(wanted, listing),
        html.Section(_results(wanted, listing), **aria(label="Services found")),
    ]


def _share(wanted: ServicesAddress) -> html.A:
    return share_button(wanted.href, TITLE, csv_address("services", wanted.question))


def _results(wanted: ServicesAddress, listing: Listing) -> list[Component]:
    # assets/staying.js says it to a screen reader whenever it changes.
    words = result_in_words(wanted, listing)
    said = html.P(words, id=ids.SERVICES_RESULTS, tabIndex=-1, **marks(announce="true"))
    removal = remove_filters(wanted, listing)
    above = html.Div([said, *([removal] if removal else [])], className="results")
    if not listing.total:
        return [above, _nothing_found(wanted, listing)]
    pages = pagination(
        listing.number,
        listing.pages,
        lambda number: wanted.changed(page=number).href,
        ids.SERVICES_RESULTS,
    )
    below = html.Div([_csv(wanted, listing)], className="actions")
    return [above, services_table(wanted, listing), *([pages] if pages else []), below]


def _csv(wanted: ServicesAddress, listing: Listing) -> html.A:
    href = csv_address("services", wanted.question)
    words = "all of them" if listing.pages > 1 else "these services"
    return html.A(f"Download CSV of {words}", href=href)


def _problems(problems: Sequence[str]) -> html.Div:
    return html.Div([html.P(problem) for problem in problems], className="empty-state problems")


def _nothing_loaded() -> html.Div:
    way = html.P(dcc.Link("How to load figures", href="/about#load"))
    return empty_state("No services have been loaded yet.", way)


def _nothing_found(wanted: ServicesAddress, listing: Listing) -> html.Div:
    several = len(set_filters(wanted, listing)) > 1
    words = "No service matches all of these filters." if several else "No service matches this."
    every = dcc.Link("Show all services", href=ServicesAddress().href)
    then = "Remove one of the filters above, or " if several else ""
    return empty_state(words, html.P([then, every]))

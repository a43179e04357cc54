"""The catalogue of data sets: a search; of each what it is, how it stands, how to have it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from kpi.data_sets import DataSet, Field, Listing
from layouts import ids
from layouts.addresses import organisation_address, service_address
from layouts.aria import aria
from layouts.data_set_links import downloads, example, page_of
from layouts.data_set_wording import UNPUBLISHED, complete, freshness, punctuality, since
from layouts.data_sets_address import PATH, DataSetsAddress
from layouts.data_sets_filters import filter_fields, remove_filters, result_in_words
from layouts.frame import title_row
from layouts.marks import marks
from layouts.modules import empty_state
from layouts.pagination import pagination
from layouts.wording import capitalised

TITLE = "Data"
DESCRIPTION = (
    "The catalogue of all published data sets: what each holds, whose it is, how fresh and how "
    "complete, with CSV, JSON and an API."
)
LEDE = "Every data set that is published here: read it, query it, take it away."


def build_data_sets(
    wanted: DataSetsAddress,
    listing: Listing,
    now: datetime,
    most_rows: int,
    problems: Sequence[str] = (),
) -> list[Component]:
    """The page. most_rows: how many records one answer of the API may have.

    problems: what was not understood of the address.
    """
    # refresh: what the filters write is an address like any other, so going back undoes it.
    url = dcc.Location(id=ids.DATA_SETS_URL, refresh="callback-nav")
    if not (listing.data_sets or listing.unpublished):
        return [url, title_row(TITLE), _nothing_loaded()]
    return [
        url,
        title_row(TITLE, LEDE),
        *([_problems(problems)] if problems else []),
        filter_fields(wanted, listing),
        html.Section(_results(wanted, listing, now, most_rows), **aria(label="Data sets found")),
    ]


def _results(
    wanted: DataSetsAddress, listing: Listing, now: datetime, most_rows: int
) -> list[Component]:
    # assets/staying.js says it to a screen reader whenever it changes.
    words = result_in_words(wanted, listing)
    said = html.P(words, id=ids.DATA_SETS_RESULTS, tabIndex=-1, **marks(announce="true"))
    removal = remove_filters(wanted, listing)
    above = html.Div([said, *([removal] if removal else [])], className="results")
    if not listing.total:
        return [above, _nothing_found()]
    items = [html.Li(_entry(one, now, most_rows)) for one in listing.shown]
    pages = pagination(
        listing.number,
        listing.pages,
        lambda number: wanted.changed(page=number).href,
        ids.DATA_SETS_RESULTS,
    )
    return [above, html.Ul(items, className="catalogue"), *([pages] if pages else [])]


def _entry(one: DataSet, now: datetime, most_rows: int) -> list[Component]:
    title = html.H2(dcc.Link(one.title, href=page_of(one)))
    mark = [] if one.published else [html.P(html.Strong(UNPUBLISHED), className="unpublished")]
    about = [
        title,
        *mark,
        html.P(whose_linked(one, department=False), className="of"),
        _fields(one.fields),
    ]
    links = [*downloads(one, most_rows), example(one)]
    given = html.Div([link for link in links if link], className="actions")
    return [html.Div([part for part in (*about, given) if part]), standing(one, now)]


def whose_linked(one: DataSet, *, department: bool = True) -> list[Component | str]:
    """Its data type, its service and who runs that, with links; the department above, too."""
    ways = [(one.service, service_address), (one.organisation, organisation_address)]
    ways += [(one.department, organisation_address)] if department else []
    links = [dcc.Link(way.name, href=to(way.slug)) for way, to in ways if way.slug]
    found: list[Component | str] = [one.kind]
    for link in links:
        found += [" · ", link]
    return found if links else [*found, " · many services"]


def standing(one: DataSet, now: datetime, *more: tuple[str, str]) -> html.Dl:
    """Since when, how fresh and how complete; then more facts: name, words."""
    due = punctuality(one, now)
    late = html.Span(f"{due}.", className="late" if one.is_late(now) else "of")
    fresh: list[Component | str] = [freshness(one, now), *([late] if due else [])]
    rows: list[tuple[str, Any]] = [
        ("Since", capitalised(since(one))),
        ("Newest", fresh),
        ("Complete", capitalised(complete(one))),
        *more,
    ]
    facts = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in rows]
    return html.Dl(facts, className="standing")


def _fields(fields: Sequence[Field]) -> html.P | None:
    if not fields:
        return None
    inside: list[Component | str] = ["Fields: "]
    for place, one in enumerate(fields):
        inside += [", " if place else "", html.Code(one.name), f" ({one.kind})"]
    return html.P(inside, className="of")


def _problems(problems: Sequence[str]) -> html.Div:
    return html.Div([html.P(problem) for problem in problems], className="empty-state problems")


def _nothing_loaded() -> html.Div:
    way = html.P(dcc.Link("How to load figures", href="/about#load"))
    return empty_state("No data set has been published yet.", way)


def _nothing_found() -> html.Div:
    every = dcc.Link("Show all data sets", href=PATH)
    return empty_state("No data set matches this.", html.P(every))

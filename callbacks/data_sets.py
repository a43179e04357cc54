"""Wiring of the catalogue of data sets: the address says all, for people and for harvesters."""

from __future__ import annotations

import json
from typing import Any

from dash import Dash, Input, Output, State, no_update
from dash._pages import _parse_query_string
from dash.development.base_component import Component
from flask import Response, request

from callbacks import pages
from callbacks.platform import licence, platform, root
from data.data_set_catalogue import DataSetListingQuery, DataSetSelection, listing
from kpi.data_sets import Listing
from layouts import ids, linked_data
from layouts.data_sets import DESCRIPTION, TITLE, build_data_sets
from layouts.data_sets_address import PATH, DataSetsAddress, chosen, parse, problems

# Data sets in one answer to a harvester: all that are shown are counted through.
_HARVESTED = 100


def register(app: Dash) -> None:
    """Register the page, its callback, and the same catalogue for harvesters."""
    page = pages.Page(
        name="data-sets",
        path=PATH,
        section=PATH,
        content=_content,
        title=TITLE,
        description=DESCRIPTION,
        linked_data=_linked_data,
    )
    pages.register(page)
    _register_filters(app)

    @app.server.get(linked_data.CATALOGUE_PATH)
    def harvest() -> Response:
        return _harvest()


def _register_filters(app: Dash) -> None:
    @app.callback(
        # A location of the page's own: one that comes and goes with the filters is not written
        # when they come.
        Output(ids.DATA_SETS_URL, "search"),
        {
            "q": Input(ids.DATA_SETS_Q, "value"),
            "organisation": Input(ids.DATA_SETS_ORGANISATION, "value"),
            "type": Input(ids.DATA_SETS_TYPE, "value"),
            "unpublished": Input(ids.DATA_SETS_UNPUBLISHED, "value"),
        },
        State(ids.DATA_SETS_URL, "search"),
        prevent_initial_call=True,
    )
    def _filter(values: dict[str, Any], search: str | None) -> object:
        before, _ = parse(_parse_query_string(search or ""))
        after = chosen(before, values)
        return no_update if after == before else after.search


def site() -> linked_data.Site:
    """Who publishes here, and under which licence as far as that is known."""
    settings = platform().settings
    return linked_data.Site(settings.site_name, root(), licence(), settings.query_rows_most)


def _listing(wanted: DataSetsAddress, size: int) -> Listing:
    selection = DataSetSelection(
        q=" ".join(wanted.q.split()),
        organisation=wanted.organisation,
        service=wanted.service,
        type=wanted.type,
        unpublished=bool(wanted.unpublished),
    )
    return listing(platform().reader, DataSetListingQuery(selection, wanted.page, size))


def _content(**given: str | list[str]) -> list[Component]:
    here = platform()
    wanted, unread = parse(given)
    found = _listing(wanted, here.settings.page_size)
    said = [*unread, *problems(wanted, found)]
    return build_data_sets(wanted, found, here.reader.now(), here.settings.query_rows_most, said)


def _linked_data(**given: list[str]) -> list[linked_data.Document]:
    wanted, _ = parse(given)
    found = _listing(wanted, platform().settings.page_size)
    return [linked_data.catalogue(found, site())]


def _harvest() -> Response:
    wanted, _ = parse(request.args.to_dict(flat=False))
    found = _listing(DataSetsAddress(page=wanted.page), _HARVESTED)
    body = json.dumps(linked_data.catalogue(found, site(), harvested=True), ensure_ascii=False)
    response = Response(body + "\n", mimetype="application/ld+json")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.add_etag()
    response.make_conditional(request)
    return response

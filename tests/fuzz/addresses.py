"""Addresses of every page and every way to read, with odd parameters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient

from api.parameters import parameters_of
from api.records.parameters import NAMES
from api.routes import ROUTES
from layouts.addresses import LIVE_PATH
from tests.fuzz.calls import Body

ODD = (
    "",
    "x",
    "0",
    "-1",
    "999999999999999999999999",
    "1e400",
    "nan",
    "\0",
    "a\0b",
    "\ud800",
    "é–日本",
    "x" * 5_000,
    "%",
    "_",
    "'; DROP TABLE record; --",
    "../../etc/passwd",
    "0001-01-01",
    "1000-01-01",
    "8999-12-31",
    "9999-12-31",
    "20177-09-01",
    "2017-02-30",
    "2017-09-01T25:00:00Z",
    "1000-01-01..8999-12-31",
    "year:9999-12-01",
    "day:1000-01-01",
    "week",
    "hour",
    "a:b:c",
    ":",
    "value:sum:descending",
    "count:mean",
    "digital-take-up:nan:inf",
    "digital-take-up:9:1",
    "*",
    "yes",
    "csv",
    "xlsx",
    "csvw",
    "٣",
    "²",
)
# Parameters of pages by their path; a page takes others and leaves them.
PAGES: dict[str, tuple[str, ...]] = {
    "/": ("period", "view"),
    "/services": (
        *("q", "department", "agency", "category", "customer_type"),
        *("range", "sort_by", "page"),
    ),
    "/services/tax-a-vehicle": (
        *("period", "from", "to", "channel", "stage", "journey", "against", "tab", "answers"),
        "view",
    ),
    "/services/pay-a-toll": ("from", "to", "stage", "journey", "against"),
    "/services/pay-a-toll/annotations": ("change",),
    "/services/pay-a-toll/annotations/x": ("count",),
    "/organisations/transport": ("period",),
    "/compare": ("service", "period", "from", "to", "q"),
    "/data": ("q", "organisation", "service", "type", "unpublished", "page"),
    "/data/tolls/transactions-by-channel": ("page",),
    "/about": ("x",),
    "/api": ("x",),
    "/sending-data": ("x",),
    "/publish": ("q",),
    "/publish/tolls/transactions-by-channel": ("receipt",),
    "/publish/tolls/transactions-by-channel/correct": ("start", "record"),
    "/services/pay-a-toll/links": ("x",),
    "/embed/services/pay-a-toll": ("period", "from", "to", "channel", "controls", "link"),
    "/embed/services/pay-a-toll/use": ("period", "from", "to", "controls", "link"),
    "/oembed": ("url", "format", "maxwidth", "maxheight"),
    "/services/pay-a-toll/data.csv": ("period", "from", "to", "link"),
    LIVE_PATH: ("service", "department", "agency"),
    "/data.jsonld": ("page", "q"),
    "/sign-in": ("next",),
}
_PATHS = (
    *("/services/{}", "/services/{}/annotations", "/services/pay-a-toll/annotations/{}"),
    *("/organisations/{}", "/data/{}/x", "/data/tolls/{}", "/api/services/{}", "/publish/{}/x"),
    *("/{}", "/examples/{}", "/publish/templates/{}", "/assets/{}", "/api/{}", "/_status/{}"),
)
# What more than one parameter makes of a question.
_TOGETHER = (
    "period=day&from=1000-01-01&to=8999-12-31",
    "period=week&from=8999-12-31&to=1000-01-01",
    "period=year&from=1000-01-01&to=8999-12-31&journey=1000-01-01..8999-12-31",
    "period=day&from=2017-07-01&from=x&to=2017-09-01&to=",
    "period=hour&start_at=0001-01-01T00:00:00Z&end_at=9999-12-31T00:00:00Z",
    "period=hour&start_at=1000-01-01T00:00:00Z&duration=999999999",
    "period=week&duration=1&start_at=9999-12-31T00:00:00Z&group_by=channel&flatten=true",
    "period=day&start_at=1000-01-01&end_at=8999-01-01",
    "q=&page=2&sort_by=transactions:descending",
)


def places() -> Iterator[tuple[str, str]]:
    """A page's path, and an odd query behind its question mark."""
    for path, names in PAGES.items():
        for name, odd in product(names, ODD):
            yield path, "?" + _query([(name, odd)])
            yield path, "?" + _query([(name, odd), (name, "y")])
        for together in _TOGETHER:
            yield path, f"?{together}"


def addresses() -> Iterator[str]:
    """Addresses of pages, of the API and of what is read beside them."""
    yield from (path + search for path, search in places())
    for path in _PATHS:
        for odd in ODD:
            yield path.format(_query([("", odd)])[1:])
    for path, names in _api():
        for name, odd in product(names, ODD):
            yield f"{path}?{_query([(name, odd)])}"
        for together in _TOGETHER:
            yield f"{path}?{together}"


def asking(client: FlaskClient, pathname: str, search: str) -> Body:
    """What a browser posts that opens an address."""
    known = json.loads(client.get("/_dash-dependencies").text)
    one = next(one for one in known if "_pages_content" in one["output"])
    values = {"pathname": pathname, "search": search}
    outputs = [name.rpartition(".") for name in one["output"].strip(".").split("...")]
    return {
        "output": one["output"],
        "outputs": [{"id": id, "property": property} for id, _, property in outputs],
        "inputs": [{**given, "value": values[given["property"]]} for given in one["inputs"]],
        "state": [],
        "changedPropIds": ["_pages_location.pathname"],
    }


def _api() -> Iterator[tuple[str, tuple[str, ...]]]:
    for route in ROUTES:
        yield f"/api{route.path}".replace("<slug>", "pay-a-toll"), tuple(parameters_of(route))
    yield "/data/tolls/transactions-by-channel", NAMES


def _query(pairs: list[tuple[str, Any]]) -> str:
    return urlencode(pairs, errors="surrogatepass")

"""Calls of every callback: as a page makes them, and as no page would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask.testing import FlaskClient

from layouts import ids

ADDRESS = "/_dash-update-component"
Body = dict[str, Any]
Place = tuple[str | int, ...]
_DEEP = b"[" * 100_000 + b"]" * 100_000
# In place of whatever a body has somewhere.
ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    0.5,
    2**31,
    2**63,
    10**400,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "x",
    "\0",
    "\ud800",
    "é" * 50,
    "x" * 100_000,
    "9999-12-31",
    "0001-01-01",
    "20177-09-01",
    "year",
    "?q=%00&from=9999-12-31&period=week&page=-1",
    '{"module":["ALL"],"type":"service-chart"}',
    [],
    [[]],
    ["x"],
    {},
    {"x": {"x": []}},
    {"points": [{}]},
    {"points": [{"curveNumber": 99, "text": "x/y/z"}]},
)
_OPENING = {
    "period": "month",
    "from": "2017-07-01",
    "to": "2017-09-01",
    "channel": "all",
    "tab": "",
    "shown": "month",
}
# What the components of a page hold, besides what a publisher's own page does.
_HELD: dict[str, Any] = {
    f"{ids.PERIOD_CHOICE}.value": "year:2016-10-01",
    f"{ids.SERVICES_Q}.value": "tax",
    f"{ids.SERVICES_DEPARTMENT}.value": "transport",
    f"{ids.SERVICES_AGENCY}.value": "*",
    f"{ids.SERVICES_CATEGORY}.value": "*",
    f"{ids.SERVICES_CUSTOMER_TYPE}.value": "*",
    f"{ids.SERVICES_LEAST}.value": 10,
    f"{ids.SERVICES_MOST}.value": 90,
    f"{ids.SERVICES_ORDER}.value": "transactions:descending",
    f"{ids.SERVICES_RANGE_KPI}.value": "digital-take-up",
    f"{ids.SERVICE_PERIOD}.value": "week",
    f"{ids.SERVICE_FROM}.value": "2017-08-01",
    f"{ids.SERVICE_TO}.value": "2017-07-01",
    f"{ids.SERVICE_CHANNEL}.value": "digital",
    f"{ids.SERVICE_OPENING}.data": _OPENING,
    f"{ids.SERVICE_COMPARE}.n_clicks": 1,
    f"{ids.SERVICE_JOURNEY_FROM}.value": "2017-07-03",
    f"{ids.SERVICE_JOURNEY_TO}.value": "2017-07-10",
    f"{ids.SERVICE_AGAINST_FROM}.value": "2017-06-05",
    f"{ids.SERVICE_AGAINST_TO}.value": "2017-06-12",
    f"{ids.COMPARE_Q}.value": "tax",
    f"{ids.COMPARE_PERIOD}.value": "quarter",
    f"{ids.COMPARE_FROM}.value": "2017-08-01",
    f"{ids.COMPARE_TO}.value": "2017-09-01",
    f"{ids.COMPARE_OPENING}.data": _OPENING,
    f"{ids.ANNOTATION_COUNT}.value": "4",
    f"{ids.ANNOTATION_SHOWN}.data": {"slug": "pay-a-toll", "key": ""},
    f"{ids.DATA_SETS_Q}.value": "toll",
    f"{ids.DATA_SETS_ORGANISATION}.value": "transport",
    f"{ids.DATA_SETS_TYPE}.value": "*",
    f"{ids.DATA_SETS_UNPUBLISHED}.value": "yes",
    f"{ids.PUBLISH_Q}.value": "toll",
    f"{ids.LINK_SERVICE}.data": "pay-a-toll",
    f"{ids.PUBLISH_DATA_SET}.data": {"group": "tolls", "type": "transactions-by-channel"},
    f"{ids.PUBLISH_RECEIPT}.data": 3,
    f"{ids.CORRECT_RECORD}.data": "09.phone",
    f"{ids.CORRECT_START}.value": "2017-09-01",
    "_pages_location.pathname": "/about",
    "_pages_location.search": "?period=month&from=2017-07-01",
}
_POINTS = {"points": [{"curveNumber": 0, "text": "2017-07-01/2017-08-01"}]}
# Of components whose ids are completed: what each of them holds, by what completes it.
_SEVERAL: dict[str, dict[str, Any]] = {
    f"{ids.SERVICE_CHART}.clickData": {"digital-take-up": _POINTS, "transactions": None},
    f"{ids.SERVICE_CHART}.selectedData": {"digital-take-up": None, "transactions": _POINTS},
    f"{ids.SERVICE_CURVES}.data": {"digital-take-up": ["digital"], "transactions": ["", "paper"]},
    f"{ids.SERVICE_ANSWERS}.value": {"user-satisfaction": "2017-09-01"},
    f"{ids.LINK_FIELD}.value": {"label": "For the board", "last": "2030-01-01"},
    f"{ids.LINK_REVOKE}.n_clicks": {"1": 1},
    f"{ids.ANNOTATION_FIELD}.value": {
        "title": "New toll",
        "first": "2017-07-03",
        "last": "",
        "text": "",
        "link": "",
    },
}


@dataclass(frozen=True)
class Call:
    """One call, and what is wrong with it; what it sends is made when it is asked for."""

    what: str
    make: Callable[[], bytes]
    content_type: str = "application/json"
    method: str = "POST"


def bodies(client: FlaskClient, held: Mapping[str, Any]) -> Iterator[Body]:
    """A body for each input of each callback that the app has, as a page sends it.

    held: what the page holds besides, as `tests.callbacks.publisher.Publisher` keeps it.
    """
    known = json.loads(client.get("/_dash-dependencies").text)
    for one in known:
        if one["clientside_function"] is None:
            yield from _bodies_of(one, {**_HELD, **held})


def _bodies_of(one: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[Body]:
    outputs = [_output(name) for name in one["output"].strip(".").split("...")]
    inputs = [_given(each, held) for each in one["inputs"]]
    for given in inputs:
        changed = given[0] if isinstance(given, list) else given
        yield {
            "output": one["output"],
            "outputs": outputs if one["output"].startswith("..") else outputs[0],
            "inputs": deepcopy(inputs),
            "state": [_given(each, held) for each in one["state"]],
            "changedPropIds": [f"{_id_text(changed['id'])}.{changed['property']}"],
        }


def _output(name: str) -> dict[str, str]:
    id, _, property = name.rpartition(".")
    return {"id": id, "property": property}


def _given(one: Mapping[str, str], held: Mapping[str, Any]) -> Any:
    id, property = one["id"], one["property"]
    if not id.startswith("{"):
        key = f"{id}.{property}"
        value = 1 if property == "n_clicks" else held.get(key)
        return {"id": id, "property": property, "value": value}
    pattern = json.loads(id)
    completed = next(name for name, value in pattern.items() if value == ["ALL"])
    kind = pattern["type"]
    names = held.get(kind) or _SEVERAL.get(f"{kind}.{property}") or _several(kind)
    found = []
    for name, value in names.items():
        own = {**pattern, completed: int(name) if name.isdecimal() else name}
        found.append({"id": own, "property": property, "value": own if property == "id" else value})
    return found


def _several(kind: str) -> dict[str, Any]:
    return next((value for key, value in _SEVERAL.items() if key.startswith(f"{kind}.")), {})


def _id_text(id: Any) -> str:
    return id if isinstance(id, str) else json.dumps(id, sort_keys=True, separators=(",", ":"))


def odd_calls(body: Body) -> Iterator[Call]:
    """The same call with everything in it missing in turn, or odd in every way."""
    name = str(body["output"])[:60]
    yield from _broken(name, body)
    for place in _places(body):
        yield Call(f"{name}: without {place}", partial(_without, body, place))
        for number, odd in enumerate(ODD):
            yield Call(f"{name}: {place} is ODD[{number}]", partial(_with, body, place, odd))


def _broken(name: str, body: Body) -> Iterator[Call]:
    whole = _sent(body)
    yield Call(f"{name}: said to be text", lambda: whole, "text/plain")
    for method in ("GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"):
        yield Call(f"{name}: {method}", lambda: whole, method=method)
    for place in ("inputs", "state", "changedPropIds"):
        yield Call(f"{name}: {place} nested deeply", partial(_nested, body, place))
    no_calls = (
        *(whole[: len(whole) // 2], whole + whole, whole.replace(b"output", b"\xff\xfe")),
        *(b"", b"null", b"1", b'"x"', b"[]", b"{}", b"{", _DEEP, b"[" * 100_000, b"\0"),
    )
    for text in no_calls:
        yield Call(f"{name}: {text[:40]!r} and no more", partial(bytes, text))


def _nested(body: Body, place: str) -> bytes:
    return _sent({**body, place: "MARK"}).replace(b'"MARK"', _DEEP)


def _places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Where something is in a body, at every depth."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inside in pairs:
        yield (*at, key)
        if isinstance(inside, dict | list):
            yield from _places(inside, (*at, key))


def _with(body: Body, place: Place, odd: Any) -> bytes:
    made, inside = _copied(body, place)
    inside[place[-1]] = odd
    return _sent(made)


def _without(body: Body, place: Place) -> bytes:
    made, inside = _copied(body, place)
    del inside[place[-1]]
    return _sent(made)


def _copied(body: Body, place: Place) -> tuple[Body, Any]:
    """A copy of a body, and what of it holds a place."""
    made = deepcopy(body)
    inside: Any = made
    for key in place[:-1]:
        inside = inside[key]
    return made, inside


def _sent(body: Any) -> bytes:
    return json.dumps(body).encode()


def send(client: FlaskClient, call: Call, token: str = "") -> Any:
    """The answer to a call."""
    headers = {"X-CSRFToken": token} if token else {}
    return client.open(
        ADDRESS,
        method=call.method,
        data=call.make(),
        content_type=call.content_type,
        headers=headers,
    )

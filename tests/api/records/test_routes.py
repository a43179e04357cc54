"""The tables of routes and parameters are what the record API works by."""

from __future__ import annotations

import re

from api.records.parameters import NAMES, RECORD_PARAMETERS
from api.records.reads import READS
from api.records.routes import RECORD_ROUTES
from api.records.writes import WRITES
from tests.api.records.writing import Api

# Section 1 of the contract.
ROUTES = {
    ("GET", "/data/<group>/<type>"),
    ("OPTIONS", "/data/<group>/<type>"),
    ("POST", "/data/<group>/<type>"),
    ("PUT", "/data/<group>/<type>"),
    ("DELETE", "/data/<group>/<type>/<_id>"),
    ("PATCH", "/data/<group>/<type>/<_id>"),
    ("DELETE", "/data-sets/<name>"),
    ("GET", "/_status"),
    ("GET", "/_status/data-sets"),
}


def test_the_routes_are_those_of_the_contract() -> None:
    told = {(route.method, re.sub(r"<\w+:key>", "<_id>", route.path)) for route in RECORD_ROUTES}
    # What the contract has no room for is at an address of its own.
    assert told - {("GET", "/api/data-sets/<group>/<type>/records")} == ROUTES


def test_each_route_has_a_view_and_each_view_a_route() -> None:
    names = [route.name for route in RECORD_ROUTES]
    assert len(set(names)) == len(names)
    assert {*READS, *WRITES} == set(names)


def test_each_route_is_served(shared: Api) -> None:
    rules = {
        (method, rule.rule)
        for rule in shared.client.application.url_map.iter_rules()
        for method in rule.methods or ()
    }
    assert {(route.method, route.path) for route in RECORD_ROUTES} <= rules


def test_the_parameters_are_those_of_the_contract() -> None:
    assert NAMES == (
        "start_at",
        "end_at",
        "duration",
        "period",
        "filter_by",
        "filter_by_prefix",
        "group_by",
        "sort_by",
        "limit",
        "collect",
        "flatten",
        "inclusive",
        "format",
    )
    repeatable = {item.name for item in RECORD_PARAMETERS if item.repeatable}
    assert repeatable == {"filter_by", "filter_by_prefix", "group_by", "collect"}


def test_of_a_parameter_that_is_not_repeatable_the_first_counts(readable: Api) -> None:
    readable.post([{"_id": "a", "kind": "x"}, {"_id": "b", "kind": "y"}])
    first = {
        "start_at": "2013-03-11T00:00:00Z",
        "end_at": "2013-03-18T00:00:00Z",
        "period": "week",
        "flatten": "true",
        "inclusive": "true",
        "format": "json",
    }
    once = "&".join(f"{name}={text}" for name, text in first.items())
    twice = "&".join(f"{name}={text}&{name}=wrong" for name, text in first.items())
    answers = [readable.client.get(f"/data/group/weather?{asked}") for asked in (once, twice)]
    assert answers[0].status_code == answers[1].status_code == 200
    assert answers[0].data == answers[1].data

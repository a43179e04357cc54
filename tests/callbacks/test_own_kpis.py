"""KPIs of a service's own on its page: a card, a chart, a table, a CSV, for each that it has."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Any

import pytest
from dash.development.base_component import Component
from flask import Flask

from api.blueprint import blueprint
from callbacks.platform import EXTENSION, Platform
from callbacks.service import _content, kinds_of
from config import Settings
from data.deliveries import Sender, deliver
from data.entries import DeclarationEntry, Delivery, Record
from data.reader import Reader
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import report, small_world
from tests.layouts.reading import classed, prop, typed, words

SERVICE = "report-a-death"
ANSWERED = {
    "name": "Calls answered in time",
    "description": "The share of calls that were answered within a minute.",
    "unit": "proportion",
    "format": "percentage",
    "better": "higher",
    "data_set": "calls",
    "numerator": {"field": "in_time"},
    "denominator": {"field": "calls"},
}


def month(number: int, **fields: Any) -> Record:
    stamp = {"_timestamp": f"2017-{number:02}-01T00:00:00Z", "period": "month"}
    names = [str(number), *(value for value in fields.values() if isinstance(value, str))]
    return {"_id": ".".join(names), **stamp, **fields}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A service that has reported no transactions, but calls, waiting times and devices."""
    engine = small_world(tmp_path_factory.mktemp("own-kpis"))
    about: dict[str, Any] = {"service": SERVICE}
    calls = [month(7, in_time=60, calls=100), month(9, in_time=80, calls=100)]
    report(engine, "calls", calls, group="deaths", **about)
    waits = [month(8, mean_seconds=60, people=10), month(9, mean_seconds=840, people=10)]
    report(engine, "waiting-time", waits, group="deaths", **about)
    visits = [month(9, device="mobile", count=75), month(9, device="tablet", count=25)]
    report(engine, "devices", visits, group="deaths", **about)
    entry = DeclarationEntry(SERVICE, "kpi", "answered-in-time", ANSWERED)
    deliver(engine, Delivery(declarations=[entry]), Sender("test"))
    settings, made = Settings(), Flask("test")
    reader = Reader(engine, Kept())
    made.extensions[EXTENSION] = Platform(reader, settings, engine)
    made.register_blueprint(blueprint(reader, settings))
    yield made
    engine.dispose()


def page(server: Flask, **given: Any) -> list[Component]:
    with server.app_context():
        return _content(SERVICE, **given)


def cards(content: list[Component]) -> dict[str, str]:
    """What each card says, by its name."""
    found = [words(typed(one, "H2")) for one in classed(content, "kpi")]
    said = [words(one) for one in classed(content, "kpi")]
    return dict(zip(found, said, strict=True))


def module(content: list[Component], id: str) -> Component:
    return next(one for one in typed(content, "Section") if prop(one, "id") == id)


def csv_of(server: Flask, shown: Component) -> list[str]:
    links = [prop(one, "href") for one in typed(shown, "A")]
    address = next(href for href in links if "format=csv" in href)
    return server.test_client().get(address).get_data(as_text=True).splitlines()


def test_a_service_without_the_four_has_a_page_of_its_own_kpis(server: Flask) -> None:
    found = cards(page(server))
    assert found["Digital take-up"] == "Digital take-up Not reported"
    assert found["Calls answered in time"].startswith(
        "Calls answered in time 80.0 % September 2017"
    )
    assert found["Waiting time"] == (
        "Waiting time 14 minutes September 2017 worse: up 13 minutes on August "
        "too little history to say what is normal Share : Waiting time, the latest figure"
    )
    # Their shares are what there is to say of devices.
    assert "Devices" not in found


def test_an_own_kpi_has_a_chart_with_its_gaps_and_its_definition(server: Flask) -> None:
    shown = module(page(server), "own-answered-in-time")
    assert words(classed(shown, "summary")) == (
        "80.0% in September 2017. No figures for August 2017. "
        "The share of calls that were answered within a minute."
    )
    (graph,) = typed(shown, "Graph")
    values = prop(graph, "figure").data[0].y
    assert [None if isnan(value) else value for value in values] == [0.6, None, 0.8]


def test_its_table_and_its_csv_are_the_same_figures(server: Flask) -> None:
    shown = module(page(server), "own-answered-in-time")
    rows = [words(row) for row in typed(typed(shown, "Tbody"), "Tr")]
    assert rows == ["September 2017 80.00%", "August 2017 not reported", "July 2017 60.00%"]
    header, *lines = csv_of(server, shown)
    assert header.startswith("kpi,period,start_at,end_at,value,numerator,denominator,status,unit")
    assert [line.split(",")[4] for line in lines] == ["0.6", "", "0.8"]


def test_shares_are_bars_and_their_csv_has_the_parts(server: Flask) -> None:
    shown = module(page(server), "own-devices")
    assert words(classed(shown, "summary")) == "Mobile: 75% of 100 visits in September 2017."
    assert [prop(bar, "style")["width"] for bar in classed(shown, "bar")] == ["100.0%", "33.3%"]
    _, *lines = csv_of(server, shown)
    assert [line.split(",")[:2] for line in lines] == [["mobile", "devices"], ["tablet", "devices"]]


def test_other_lengths_and_spans_are_those_of_the_page(server: Flask) -> None:
    quarter = cards(page(server, period="quarter"))["Calls answered in time"]
    # 60 + 80 of 200 calls, of two months of three.
    assert "70.0 % July to September 2017 Partial: 2 of 3 months reported" in quarter
    narrowed = cards(page(server, to="2017-07-01"))["Calls answered in time"]
    assert "60.0 % July 2017" in narrowed


def test_the_data_sets_behind_them_are_named(server: Flask) -> None:
    said = words(typed(page(server), "Section")[-1])
    assert "2 of 3 months reported" in said


def test_a_kpi_whose_name_speaks_of_channels_is_no_chart_of_channels() -> None:
    states = [{"id": {"type": "service-curves", "module": "channels"}}]
    curves = [["digital", "non-digital"]]
    assert kinds_of({"module": "channels"}, states, curves) == ["digital", "non-digital"]
    assert kinds_of({"module": "own-calls-by-channels"}, states, curves) == []

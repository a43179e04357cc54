"""A service's page with the default dashboard, and with one of its own that has every type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from dash.development.base_component import Component
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

from api.blueprint import blueprint
from callbacks.platform import EXTENSION, Platform
from callbacks.service import _content, chosen, parse
from config import Settings
from data.dashboard import dashboard
from data.deliveries import Sender, deliver
from data.entries import DeclarationEntry, Delivery
from data.reader import Reader
from data.validation import Rejected
from kpi.module_types import MODULE_TYPES, NAMES
from kpi.modules import flat, parse_modules
from kpi.views import Wanted
from layouts.dashboard_modules import dashboard_modules
from layouts.modules import side_by_side
from layouts.service_cards import service_cards
from layouts.service_journey import journey_module
from layouts.service_kpis import SATISFACTION, cost_module, kpi_module
from layouts.service_projections import coming_module
from layouts.service_satisfaction import satisfaction_module
from layouts.service_use import channels_module, live_module
from tests.fixtures.dashboards import (
    EVERY_TYPE,
    OF_THE_FOUR,
    SERVICE,
    declare_dashboard,
    deliver_everything,
)
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import report, small_world
from tests.layouts.reading import classed, prop, typed, walk, words

NOW = datetime(2017, 10, 2, 12, 0, tzinfo=UTC)
PLAIN, FULL, EMPTY = "tax-a-vehicle", "pay-a-toll", "report-a-death"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    engine = small_world(tmp_path_factory.mktemp("dashboards"))
    for slug in (SERVICE, FULL):
        deliver_everything(engine, slug, NOW)
    deliver_everything(engine, PLAIN, NOW, kinds=OF_THE_FOUR)
    deliver_everything(engine, EMPTY, records=False)
    declare_dashboard(engine, EVERY_TYPE)
    settings, made = Settings(), Flask("test")
    reader = Reader(engine, Kept())
    made.extensions[EXTENSION] = Platform(reader, settings, engine)
    made.register_blueprint(blueprint(reader, settings))
    yield made
    engine.dispose()


def page(server: Flask, slug: str = SERVICE, **given: Any) -> list[Component]:
    with server.app_context():
        return _content(slug, **given)


def module(content: Any, id: str) -> Component:
    return next(one for one in walk(content) if prop(one, "id") == id)


def hrefs(content: Any) -> list[str]:
    return [prop(one, "href") for kind in ("A", "Link") for one in typed(content, kind)]


def sent(components: Any) -> str:
    """Components as they are sent, without the anchors of cards."""
    for card in classed(components, "kpi"):
        card.id = None  # type: ignore[attr-defined]
    return json.dumps(components, cls=PlotlyJSONEncoder)


def test_the_default_dashboard_is_the_page_with_the_four_kpis_as_it_was(server: Flask) -> None:
    here: Platform = server.extensions[EXTENSION]
    shown = dashboard(here.reader, PLAIN, Wanted())
    assert shown is not None
    live = live_module(shown, NOW)
    assert live is not None
    satisfaction = satisfaction_module(shown, SATISFACTION)
    halves = [kpi_module(shown, slug) for slug in ("completion-rate", "digital-take-up")]
    cards, *below = dashboard_modules(shown, NOW)
    figures = [words(one).partition(" Share :")[0] for one in typed(cards, "Article")]
    assert figures == [words(one) for one in typed(service_cards(shown), "Article")]
    assert sent(below) == sent(
        [
            journey_module(shown),
            channels_module(shown),
            *filter(None, [coming_module(shown)]),
            side_by_side([satisfaction, live]),
            side_by_side(halves),
            cost_module(shown, "cost-per-transaction"),
        ]
    )


def test_every_type_of_module_is_drawn(server: Flask) -> None:
    assert {one.type for one in flat(parse_modules(EVERY_TYPE))} | {"table"} == set(NAMES)
    content = page(server)
    assert [words(one) for one in typed(content, "H2")] == [
        "Digital take-up",
        "User satisfaction",
        "Tests booked",
        "Visits",
        "Right now",
        "Most people who give up do so at ‘Pay’",
        "How it is used",
        "Errors",
        "Completion rate",
        "User satisfaction",
        "Help that was used",
        "About the figures",
    ]
    assert [words(one) for one in typed(module(content, "how-it-is-used"), "H3")] == [
        *("Visits", "Availability", "Uptime", "Page load time"),
        *("Visits by browser", "What they use", "Browsers"),
    ]
    assert classed(content, "empty") == []


def test_no_two_things_on_the_page_have_one_id(server: Flask) -> None:
    ids = [json.dumps(prop(one, "id")) for one in walk(page(server)) if prop(one, "id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", MODULE_TYPES, ids=lambda kind: str(kind.name))
def test_the_example_of_every_type_is_drawn(server: Flask, kind: Any) -> None:
    drawn = module(_with_example(server, kind, FULL), _slug(kind))
    assert classed(drawn, "empty") == classed(drawn, "none") == []
    assert len(words(drawn)) > 20


@pytest.mark.parametrize("kind", MODULE_TYPES, ids=lambda kind: str(kind.name))
def test_a_module_without_figures_says_so_in_one_line(server: Flask, kind: Any) -> None:
    drawn = module(_with_example(server, kind, EMPTY), _slug(kind))
    said = words([*classed(drawn, "empty"), *classed(drawn, "none")])
    assert said.lower().removesuffix(".") in ("not reported", "not reported yet")


def _slug(kind: Any) -> str:
    return parse_modules({"modules": [kind.example]})[0].slug


def _with_example(server: Flask, kind: Any, slug: str) -> list[Component]:
    here: Platform = server.extensions[EXTENSION]
    assert here.engine is not None
    declare_dashboard(here.engine, {"modules": [kind.example]}, slug)
    return page(server, slug)


def test_what_every_module_offers_as_csv_is_answered(server: Flask) -> None:
    for given in ({}, {"tab": "devices"}, {"period": "year"}, {"from": "2017-07-01"}):
        offered = [href for href in hrefs(page(server, **given)) if "format=csv" in href]
        assert len(offered) > 8
        for address in offered:
            assert server.test_client().get(address).status_code == 200, address


def test_a_table_and_its_csv_have_the_same_figures(server: Flask) -> None:
    shown = module(page(server, tab="devices"), "devices")
    first = typed(typed(shown, "Tbody"), "Tr")[0]
    # One per cent more of each a month, after eleven of them.
    assert [words(cell) for cell in [*typed(first, "Th"), *typed(first, "Td")]] == [
        *("September 2017", "666", "333", "100", "6"),
    ]
    address = next(href for href in hrefs(shown) if "format=csv" in href)
    rows = server.test_client().get(address).get_data(True).splitlines()
    newest = [row.split(",") for row in rows if "2017-09-01" in row.split(",")[3]]
    assert {row[1]: row[5] for row in newest} == {
        "": "1105",
        "desktop": "333",
        "mobile": "666",
        "tablet": "100",
        "television": "6",
    }
    assert words(classed(shown, "summary")) == "The CSV has 6 earlier months as well."


def test_tabs_are_links_and_only_the_chosen_one_is_drawn(server: Flask) -> None:
    content = page(server)
    links = typed(classed(content, "tabs"), "Ul")[0]
    assert [prop(one, "href") for one in walk(links) if prop(one, "href")] == [
        f"/services/{SERVICE}",
        f"/services/{SERVICE}?tab=devices",
    ]
    assert [words(one) for one in walk(links) if prop(one, "aria-current") == "true"] == [
        "Browsers"
    ]
    assert typed(module(content, "what-they-use"), "Ol")
    other = page(server, tab="devices")
    assert [words(one) for one in walk(other) if prop(one, "aria-current") == "true"] == ["Devices"]
    assert typed(module(other, "what-they-use"), "Ol") == []
    shared = prop(classed(module(other, "devices"), "share")[0], "data-latest")
    assert shared == f"/services/{SERVICE}?period=month&tab=devices"


def test_a_tab_that_is_not_there_is_told(server: Flask) -> None:
    said = words(classed(page(server, tab="pigeons"), "empty-state"))
    assert said == "There is no tab ‘pigeons’ here: the first one is shown."


def test_filters_keep_the_tab() -> None:
    opening = {
        "period": "month",
        "from": "",
        "to": "",
        "channel": "all",
        "tab": "",
        "shown": "month",
    }
    values = {"period": "year", "from": "", "to": "", "channel": "all", "tab": "devices"}
    assert chosen(values, opening) == "?period=year&tab=devices"
    assert parse({"tab": "devices,visits"})[0].tabs == ("devices", "visits")


def test_of_one_channel_what_is_not_told_by_channel_says_so(server: Flask) -> None:
    content = page(server, channel="digital")
    assert words(module(content, "bar-chart-with-number-errors")) == "Errors Not split by channel."
    assert words(module(content, "journey")) == "The journey Not split by channel."
    assert words(module(content, "kpi-digital-take-up")).endswith("not split by channel")
    assert "777" in words(module(content, "tests-booked"))


ANSWERED = {
    "name": "Calls answered in time",
    "unit": "proportion",
    "format": "percentage",
    "better": "higher",
    "data_set": "calls",
    "numerator": {"field": "in_time"},
    "denominator": {"field": "calls"},
}


def declare(server: Flask, kind: str, key: str, body: Any) -> None:
    here: Platform = server.extensions[EXTENSION]
    assert here.engine is not None
    entry = DeclarationEntry(FULL, kind, key, body)
    deliver(here.engine, Delivery(declarations=[entry]), Sender("test"))


def test_a_kpi_of_the_service_s_own_is_a_card_a_line_and_a_table(server: Flask) -> None:
    here: Platform = server.extensions[EXTENSION]
    assert here.engine is not None
    at = {"_timestamp": "2017-09-01T00:00:00Z", "period": "month"}
    calls = [{**at, "_id": "september", "in_time": 80, "calls": 100}]
    report(here.engine, "calls", calls, group=FULL, service=FULL)
    declare(server, "kpi", "in-time", ANSWERED)
    types = ("kpi", "single_timeseries", "table", "headline_figure")
    modules = [{"type": kind, "kpi": "in-time", "slug": kind.replace("_", "-")} for kind in types]
    declare(server, "dashboard", "dashboard", {"modules": modules})
    content = page(server, FULL)
    for one in modules:
        assert "80.0" in words(module(content, one["slug"])), one
    # Once there is no such KPI any more, the page says so and stands.
    declare(server, "kpi", "in-time", None)
    content = page(server, FULL)
    for one in modules:
        assert "Not reported" in words(module(content, one["slug"])), one


def test_a_kpi_with_parts_is_drawn_as_bars(server: Flask) -> None:
    bars = {"type": "bar_chart_with_number", "kpi": "devices", "title": "What with"}
    declare(server, "dashboard", "dashboard", {"modules": [bars]})
    drawn = module(page(server, FULL), "what-with")
    assert words(typed(drawn, "H2")) == "What with"
    # 1,105 visits in September, 666 of them with a mobile.
    assert words(classed(drawn, "value")) == "1,105 visits"
    assert words(typed(typed(drawn, "Ol"), "Li")[0]) == "mobile 60% 666"
    with pytest.raises(Rejected, match="‘uptime’ has no parts"):
        body = {"modules": [{**bars, "kpi": "uptime"}]}
        declare(server, "dashboard", "dashboard", body)


def test_the_default_dashboard_ends_with_the_service_s_own_kpis(server: Flask) -> None:
    declare(server, "dashboard", "dashboard", {"modules": [{"type": "journey"}]})
    declare(server, "dashboard", "dashboard", None)
    content = page(server, FULL)
    cards = [words(typed(one, "H2")) for one in classed(content, "kpi")]
    assert cards[4:] == ["Page load time", "Uptime", "Visits", "Errors", "Use of help"]
    sections = [prop(one, "id") for one in typed(content, "Section") if prop(one, "id")]
    assert sections[-3:] == ["own-devices", "own-browsers", "about-the-figures"]

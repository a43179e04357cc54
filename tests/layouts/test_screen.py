"""A page's modules for a big screen."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import plotly.graph_objects as go
import pytest
from dash import dcc, html
from plotly.io.json import to_json_plotly

from layouts.charts import chart
from layouts.fields import filters
from layouts.frame import title_row
from layouts.modules import module, side_by_side
from layouts.screen import (
    LEAST,
    MOST,
    USUAL,
    build_screen,
    modules,
    period,
    screen_address,
    title,
    turning_every,
)
from layouts.sent import Sent, every, words
from layouts.shell import Frame
from tests.layouts.reading import typed

FRAME = Frame(
    "Figures of Ours",
    "",
    1_507_000_000,
    demonstration=True,
    now=datetime(2017, 10, 3, 3, 7, tzinfo=UTC),
    address="https://example.com/services/tax?view=screen",
)


def claims(id: str, heading: str = "Claims") -> html.Section:
    drawn = chart(go.Figure(layout={"height": 300}), f"{id}-chart", "12 claims.")
    return module(id, heading, drawn, summary="12 claims.", csv_href="/api", share_href="/")


def sent(*content: Any) -> list[Sent]:
    found: list[Sent] = json.loads(to_json_plotly(list(content)))
    return found


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        (None, USUAL),
        ("", USUAL),
        ("soon", USUAL),
        ("-5", USUAL),
        (["10", "20"], USUAL),
        ("0", LEAST),
        ("5", 5),
        ("30", 30),
        ("99999", MOST),
    ],
)
def test_a_module_is_shown_for_five_seconds_to_five_minutes(asked: object, seconds: int) -> None:
    assert turning_every(asked) == seconds


def test_each_module_is_shown_by_itself_halves_and_sections_of_modules_too() -> None:
    section = html.Section([html.H2("Use"), claims("c")], id="use", className="module")
    page = sent(side_by_side([claims("a"), claims("b")]), section, html.P("Not a module"))
    assert [one["props"]["id"] for one in modules(page)] == ["a", "b", "c"]


def test_cards_are_shown_four_at_a_time() -> None:
    cards = html.Section([html.Article(str(number)) for number in range(6)], className="kpis")
    assert [words(one) for one in modules(sent(cards))] == ["0123", "45"]


def test_leagues_are_shown_one_by_one() -> None:
    three = html.Div([html.Div([html.H3(name)]) for name in ("High", "Low")], className="three")
    page = sent(html.Section([html.H2("Where to look first"), three]))
    assert [words(one) for one in modules(page)] == ["High", "Low"]


def test_nothing_on_a_screen_is_pressed_or_followed() -> None:
    link = dcc.Link("Tax", href="/services/tax", className="name")
    page = sent(html.Section([html.H2("Here"), link, html.Button("Do")]), claims("a"))
    said = json.dumps(modules(page))
    assert '"Graph"' in said
    assert [one for one in ("href", "Button", "Download CSV", "Share") if one in said] == []
    assert words(modules(page)[0]) == "HereTax"


def test_a_screen_says_what_of_which_figures_it_shows() -> None:
    page = sent(title_row("Tax", "Pay for the road."), filters([], "Week, 2017"), claims("a"))
    assert (title(page), period(page)) == ("Tax", "Week, 2017")
    without = sent(title_row("How services perform", "October 2016. All have reported."))
    assert period(without) == "October 2016. All have reported."


def test_a_screen_says_whose_figures_these_are_how_old_and_where() -> None:
    screen = build_screen([*sent(title_row("Tax"), claims("a"))], FRAME, 15)
    (footer,) = typed(screen, "Footer")
    assert words(json.loads(to_json_plotly(footer))) == (
        "Figures of Ours. Demonstration data. Figures updated 20 seconds ago."
        " https://example.com/services/taxPause"
    )
    told = json.loads(to_json_plotly(screen))
    assert told["props"]["data-every"] == "15"
    assert len(list(every(told, "slide"))) == 1


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/", "/?view=screen"),
        ("/services/tax?period=week", "/services/tax?period=week&view=screen"),
    ],
)
def test_a_screen_keeps_what_is_chosen_on_its_page(page: str, address: str) -> None:
    assert screen_address(page) == address

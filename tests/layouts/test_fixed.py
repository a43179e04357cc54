"""What no callback touches is one component, of which Dash's own can be made again."""

from __future__ import annotations

import json
from typing import Any

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html
from plotly.io.json import to_json_plotly

from layouts import ids
from layouts.aria import aria
from layouts.fixed import fixed, loosened
from layouts.marks import marks
from layouts.markup import markup
from layouts.tables import Column, data_table


def sent(page: Any) -> Any:
    """What a browser is given."""
    return json.loads(to_json_plotly(page))


def content(page: Any) -> Any:
    """The plain lists of a page that is one component."""
    found = sent(fixed(page))
    assert (found["namespace"], found["type"]) == ("performance_platform", "Fixed")
    assert found["props"].keys() == {"content"}
    return found["props"]["content"]


TABLE = data_table([Column("Month"), Column("People", numeric=True)], [["May", "7"]], "By month")
CHART = dcc.Graph(id={"type": ids.SERVICE_CHART, "module": "channels"})
FIELD = html.Div(dbc.Input(id=ids.SERVICES_Q, type="search"), className="field")
RESULTS = html.Div([html.P("One"), html.P("Two")], id=ids.SERVICES_RESULTS)
PAGES = [
    html.P("Tea & <b>cake</b>"),
    html.P(["One ", html.Strong("two"), 3]),
    html.Main([html.H1("Here", id="here", tabIndex=-1), TABLE], **marks(every="15")),
    html.P(dcc.Link("Services", href="/services?a=1&b=2", className="name")),
    html.Section([html.H2("Channels"), html.Div(CHART, className="chart"), TABLE]),
    html.Section([FIELD, RESULTS, html.P("Three")]),
    html.Div([dcc.Location(id=ids.SERVICES_URL), html.Details([html.Summary("More"), TABLE])]),
    RESULTS,
    CHART,
]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_can_be_made_again_of_what_is_sent(page: Any) -> None:
    assert markup(loosened(sent(fixed(page)))) == markup(page)


def test_several_parts_are_one_component_and_the_same_parts_again() -> None:
    parts = [html.P("One"), CHART, "Two", html.P("Three")]
    assert fixed(parts)["type"] == "Fixed"
    assert loosened(sent(fixed(parts))) == sent(parts)


def test_a_component_that_callbacks_touch_is_dashs_own_alone_and_inside() -> None:
    assert sent(fixed(CHART)) == sent(CHART)
    assert loosened(sent(fixed(html.Div(CHART)))) == sent(html.Div(CHART))


def test_an_element_is_its_type_what_it_is_given_and_what_is_in_it() -> None:
    page = html.P(["One ", html.B("two"), html.Br()], className="of", **aria(label="Both"))
    given = {"className": "of", "aria-label": "Both"}
    assert content(page) == [["P", given, "One ", ["B", {}, "two"], ["Br", {}]]]


def test_a_name_is_text_whatever_it_says() -> None:
    name = "<script>alert(1)</script>"
    assert content(html.H1(name)) == [["H1", {}, name]]


def test_what_callbacks_touch_stays_dashs_own_where_it_was() -> None:
    page = sent(fixed(html.Section([html.H2("Channels"), html.Div(CHART), html.P("End")])))
    expected = [["Section", {}, ["H2", {}, "Channels"], ["Div", {}, [0]], ["P", {}, "End"]]]
    assert page["props"]["content"] == expected
    assert page["props"]["children"] == [sent(CHART)]


def test_what_is_in_a_touched_element_is_one_component_as_well() -> None:
    page = sent(fixed(html.Div(RESULTS)))
    (results,) = page["props"]["children"]
    assert results["props"]["id"] == ids.SERVICES_RESULTS
    parts = [["P", {}, "One"], ["P", {}, "Two"]]
    assert results["props"]["children"]["props"]["content"] == parts


@pytest.mark.parametrize(
    "touched",
    [
        html.Button("Save", id=ids.ANNOTATION_SAVE),
        html.Div("Old", id={"type": ids.LIVE_TABLE, "of": "/live"}),
        html.Button("Count", n_clicks=0),
        html.Iframe(src="/embed/overview"),
        dcc.Link("Loaded anew", href="/", refresh=True),
        dcc.Store(id="anything"),
    ],
)
def test_what_does_more_than_show_what_it_is_given_stays_dashs_own(touched: Any) -> None:
    assert sent(fixed(html.Div(touched)))["props"]["children"] == [sent(touched)]


@pytest.mark.parametrize("page", ["Only text", ["Only", " text"], "", None])
def test_text_stays_text(page: Any) -> None:
    assert fixed(page) == page
    assert loosened(page) == page

"""What is left of a page where no script runs."""

from __future__ import annotations

import json
from typing import Any

import dash_bootstrap_components as dbc
import plotly.graph_objects as go
import pytest
from dash import dcc, html
from plotly.io.json import to_json_plotly

from layouts.charts import chart
from layouts.fields import filters, select_field
from layouts.modules import module
from layouts.tables import Column, data_table
from layouts.unscripted import UNSCRIPTED, unscripted

TABLE = data_table([Column("Week"), Column("Claims", numeric=True)], [["3 October", "12"]], "All")


def written(component: Any) -> str:
    return str(unscripted(json.loads(to_json_plotly(component))))


def test_a_chart_is_its_table_opened_and_its_summary_said_once() -> None:
    drawn = chart(go.Figure(layout={"height": 300}), "a", "12 claims.")
    text = written(module("claims", "Claims", drawn, summary="12 claims.", table=TABLE))
    assert text.count("12 claims.") == 1
    assert '<details class="behind" open>' in text
    assert '<td class="number">12</td>' in text


def test_a_chart_without_a_summary_beside_it_says_its_own() -> None:
    drawn = chart(go.Figure(layout={"height": 300}), "a", "12 claims.")
    assert written(html.Div(drawn)) == '<div><p class="summary">12 claims.</p></div>'


def test_filters_say_what_is_chosen() -> None:
    field = select_field("a", "Period", [("week", "Week")], "week")
    assert (
        written(filters([field], "Week, 2017"))
        == '<p class="chosen-filters">Filters: Week, 2017</p>'
    )


@pytest.mark.parametrize(
    "component",
    [
        dcc.Location(id="a"),
        dcc.Store(id="a"),
        dcc.Interval(id="a"),
        dbc.Button("Do"),
        html.Button("Do"),
        select_field("a", "Period", []),
    ],
)
def test_what_only_scripts_use_is_left_out(component: Any) -> None:
    assert written(html.Div(["a", component])) == "<div>a</div>"


def test_a_form_that_the_browser_sends_stays() -> None:
    form = html.Form(html.Button("Sign out", type="submit"), action="/sign-out", method="post")
    assert written(form) == (
        '<form action="/sign-out" method="post"><button type="submit">Sign out</button></form>'
    )


def test_what_is_said_only_without_scripts_is_shown() -> None:
    assert written(html.P("Now", className=UNSCRIPTED, hidden=True)) == (
        f'<p class="{UNSCRIPTED}">Now</p>'
    )


def test_links_lead_where_they_lead_and_places_keep_their_measures() -> None:
    link = dcc.Link("Tax", href="/services/tax?a=1&b=2", className="area")
    item = html.Li(link, style={"left": "10%", "fontSize": "2em"}, id={"of": "a"}, key="b")
    assert written(item) == (
        '<li style="left:10%;font-size:2em"><a href="/services/tax?a=1&amp;b=2" class="area">'
        "Tax</a></li>"
    )

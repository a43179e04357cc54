"""The Overview: headline figures, right now, last week, where to look first, every service."""

from __future__ import annotations

from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from kpi.overview import Overview
from layouts.activity import last_period, right_now
from layouts.areas import DEPARTMENTS, areas
from layouts.frame import title_row
from layouts.modules import empty_state
from layouts.performance import headline_figures, leagues, lede, period_field
from layouts.screen import screen_address

TITLE = "How services perform"
DESCRIPTION = (
    "Cost per transaction, digital take-up, volumes and live users of an organisation's services."
)


def build_overview(answer: Overview, now: datetime, notice: str = "") -> list[Component]:
    """The whole page for one period. notice: what of the address was not understood."""
    shown = answer.performance
    activity = [right_now(answer.live, now, {}), last_period(answer.busiest)]
    return [
        title_row(TITLE, lede(shown), _beside(answer)),
        *([html.P(notice, className="misunderstood")] if notice else []),
        headline_figures(shown),
        html.Section(activity, className="split"),
        leagues(shown, answer.names),
        areas(answer.areas, shown.period, DEPARTMENTS, {}),
    ]


def _beside(answer: Overview) -> html.Div:
    wall = html.P(html.A("Big screen", href=screen_address("/")), className="of wall")
    return html.Div([period_field(answer.choices, answer.performance), wall])


def build_empty() -> list[Component]:
    """Nothing was ever loaded: say what to do next."""
    how = dcc.Link("How to load figures", href="/about#load")
    return [title_row(TITLE), empty_state("No figures have been loaded yet.", html.P(how))]

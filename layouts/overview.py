"""The Overview: headline figures, right now, last week, where to look first, every service."""

from __future__ import annotations

from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from kpi.overview import Overview
from layouts.activity import MOST_USED, RIGHT_NOW, last_period, right_now
from layouts.addresses import address
from layouts.areas import AREAS, DEPARTMENTS, areas
from layouts.cards import HEADLINE
from layouts.frame import title_row
from layouts.modules import Parts, empty_state
from layouts.performance import (
    LEAGUES,
    headline_figures,
    leagues,
    lede,
    period_field,
    period_parameter,
    totals_csv,
)
from layouts.screen import screen_address
from layouts.sharing import share_link

TITLE = "How services perform"
# What each module is called.
TITLES = {
    HEADLINE: "Headline figures",
    RIGHT_NOW: "Right now",
    MOST_USED: "Most used services",
    LEAGUES: "Where to look first",
    AREAS: "Every service by size",
}
DESCRIPTION = (
    "Cost per transaction, digital take-up, volumes and live users of an organisation's services."
)


def build_overview(answer: Overview, now: datetime, notice: str = "") -> list[Component]:
    """The whole page for one period. notice: what of the address was not understood."""
    shown = answer.performance
    return [
        title_row(TITLE, lede(shown), _beside(answer)),
        *([html.P(notice, className="misunderstood")] if notice else []),
        *overview_sections(overview_modules(answer, now)),
    ]


def overview_modules(answer: Overview, now: datetime) -> Parts:
    """What draws each module, by the name of its section, in order."""
    shown = answer.performance
    page = _page(answer)
    return {
        HEADLINE: lambda: headline_figures(shown, {}, page),
        RIGHT_NOW: lambda: right_now(answer.live, now, {}, page),
        MOST_USED: lambda: last_period(answer.busiest, page),
        LEAGUES: lambda: leagues(shown, answer.names, page),
        AREAS: lambda: areas(answer.areas, shown.period, DEPARTMENTS, {}, page),
    }


def overview_sections(modules: Parts) -> list[Component]:
    """The modules as they stand: what goes on has two beside each other."""
    activity = [modules[name]() for name in (RIGHT_NOW, MOST_USED)]
    return [
        modules[HEADLINE](),
        html.Section(activity, className="split"),
        *(modules[name]() for name in (LEAGUES, AREAS)),
    ]


def _page(answer: Overview) -> str:
    """The page with the period that is shown, whenever it is opened."""
    return address("/", {"period": period_parameter(answer.performance.period)})


def _beside(answer: Overview) -> html.Div:
    shown = answer.performance
    share = share_link(_page(answer), TITLE, totals_csv(shown.period, {}))
    ways = html.P([share, html.A("Big screen", href=screen_address("/"))], className="actions wall")
    return html.Div([period_field(answer.choices, shown), ways])


def build_empty() -> list[Component]:
    """Nothing was ever loaded: say what to do next."""
    how = dcc.Link("How to load figures", href="/about#load")
    return [title_row(TITLE), empty_state("No figures have been loaded yet.", html.P(how))]

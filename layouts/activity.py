"""What is going on: people using services right now, and the most used ones of last week."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
from dash import html

from kpi.definitions import kpi
from kpi.live import LiveUsers
from kpi.overview import TRANSACTIONS, Busiest
from kpi.periods import Period
from layouts.addresses import (
    Parameter,
    always_latest,
    csv_address,
    live_address,
    service_address,
)
from layouts.cards import Volume, volumes
from layouts.live import LiveShown, live_chart, live_figure, live_table
from layouts.modules import actions, empty_state
from layouts.normal_range import as_usual
from layouts.sparkline import trend_line
from layouts.wording import capitalised, change_in_words, count_said, counted, missing

# The parts, as addresses name them.
RIGHT_NOW, MOST_USED = "right-now", "most-used"


def right_now(
    live: LiveUsers, now: datetime, parameters: dict[str, Parameter], page: str
) -> html.Div:
    """How many people are using services, how old that is, and the day up to then.

    parameters: the API's filters that leave these services. page: the address of the page.
    """
    heading = html.H2("Right now")
    if live.people is None:
        nobody = empty_state("No service here counts its users as they come.")
        return html.Div([heading, nobody], id=RIGHT_NOW)
    shown = LiveShown(live, counted(live.services, "service"), live_address(parameters))
    csv_href = csv_address("live", parameters)
    share_href = f"{always_latest(page)}#{RIGHT_NOW}"
    below = actions("people using services right now", live_table(shown), csv_href, share_href)
    return html.Div([heading, live_figure(shown, now), live_chart(shown), below], id=RIGHT_NOW)


def last_period(busiest: Busiest, page: str) -> html.Div:
    """The three most used services in the latest week, or the shortest period there is.

    page: the address of the page.
    """
    period = busiest.period
    if period is None or busiest.frame.empty:
        words = "No service has reported its transactions yet."
        return html.Div([html.H2("Last week"), empty_state(words)], id=MOST_USED)
    heading = "Last week" if period.name == "week" else "Most used"
    when = f"{capitalised(period.label)}, the latest {period.name} that services have reported."
    items = [
        _volume(row, period, _trend(busiest, str(row["service"])))
        for _, row in busiest.frame.iterrows()
    ]
    below = actions("the most used services", share_href=f"{always_latest(page)}#{MOST_USED}")
    said = [html.H2(heading), html.P(when, className="of"), volumes(items), below]
    return html.Div(said, id=MOST_USED)


def _trend(busiest: Busiest, slug: str) -> pd.Series:
    return busiest.trends.loc[busiest.trends["service"] == slug, "value"]


def _volume(row: pd.Series, period: Period, trend: pd.Series) -> Volume:
    """row: service, name, value, before, verdict."""
    picture = trend_line(trend.tolist(), f"Trend over {len(trend)} {period.name}s")
    href, words = service_address(str(row["service"])), _change(row, period)
    return Volume(str(row["name"]), href, count_said(row["value"]), words, picture)


def _change(row: pd.Series, period: Period) -> str:
    """'down 2%, as usual for November'; without a verdict, what the change is measured on."""
    moved = change_in_words(row["value"], row["before"], kpi(TRANSACTIONS))
    usual = as_usual(row["verdict"], period)
    if missing(row["before"]):
        return usual
    return f"{moved}, {usual}" if usual else f"{moved} on the {period.name} before"

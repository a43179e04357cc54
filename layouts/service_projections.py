"""The coming year on a service's page, where all of its time and all channels are shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.definitions import kpi as known_kpi
from layouts.addresses import always_latest
from layouts.endlabels import end_labels
from layouts.modules import action, module, table_behind
from layouts.projections import (
    periods_alone,
    projection_in_words,
    projection_table,
    with_projection,
)
from layouts.service_addresses import kpis_csv, page_address, service_csv
from layouts.service_charts import SMALL, build_selectable, trend_chart
from layouts.tables import figures_table
from layouts.wording import named

TRANSACTIONS, TAKE_UP = "transactions", "digital-take-up"
ALL, DIGITAL = "all transactions", "digital"
COMING = "coming-year"


def projected(shown: Dashboard, slug: str) -> pd.DataFrame:
    """A KPI's projection, total included; no rows where the page shows less than everything."""
    rows = shown.projections
    if shown.view.is_narrowed or shown.view.channel:
        return rows.iloc[:0]
    return rows[np.asarray(rows["kpi"]) == slug]


def in_words(shown: Dashboard, slug: str) -> str:
    """What is projected, in a sentence; '' for nothing."""
    return projection_in_words(projected(shown, slug), known_kpi(slug))


def continued_trend(shown: Dashboard, slug: str, figure: go.Figure) -> go.Figure:
    """A KPI's only line with its coming year."""
    return with_projection(figure, periods_alone(projected(shown, slug)), known_kpi(slug))


def projection_actions(shown: Dashboard, slug: str) -> list[Component]:
    """What is projected as a table and as CSV, apart from what was reported; none without it."""
    rows, kpi = projected(shown, slug), known_kpi(slug)
    if rows.empty:
        return []
    href = service_csv(shown, "projections", {"period": shown.view.period, "kpi": slug})
    table = table_behind(projection_table(rows, kpi), kpi.name, "Projection as a table")
    return [table, action("Projection as CSV", href, kpi.name)]


def continued_volumes(shown: Dashboard, figure: go.Figure) -> go.Figure:
    """All transactions and the digital ones with their coming year: the share is the take-up's."""
    volume = periods_alone(projected(shown, TRANSACTIONS))
    share = periods_alone(projected(shown, TAKE_UP))
    kpi, ends = known_kpi(TRANSACTIONS), {}
    figure = with_projection(figure, volume, kpi, named(ALL))
    if len(volume):
        ends[ALL] = volume
    both = volume.merge(share[["start_at", "value"]], on="start_at", suffixes=("", "_share"))
    if len(both) and len(both) == len(volume):
        digital = both.assign(value=both["value"] * both["value_share"])
        figure = with_projection(figure, digital, kpi, named(DIGITAL), banded=False)
        ends[DIGITAL] = digital
    return _relabelled(figure, ends)


def _relabelled(figure: go.Figure, ends: dict[str, pd.DataFrame]) -> go.Figure:
    """The lines' names at the ends of their projections."""
    if not ends:
        return figure
    places = {
        line: (rows["start_at"].iloc[-1].to_pydatetime(), float(rows["value"].iloc[-1]))
        for line, rows in ends.items()
    }
    moved = {f"<b>{named(line)}</b>" for line in ends}
    others = [
        label
        for label in figure.layout.annotations
        if str(label.text).replace("<br>", " ") not in moved
    ]
    height = int(figure.layout.height)
    labels = end_labels(places, float(figure.layout.yaxis.range[1]), height)
    figure.layout.annotations = [*others, *labels]
    return figure


def coming_module(shown: Dashboard) -> Component | None:
    """All transactions with their coming year, where another module has them by channel."""
    if projected(shown, TRANSACTIONS).empty or not shown.channels.split:
        return None
    kpi, frame = known_kpi(TRANSACTIONS), shown.lines[TRANSACTIONS]
    words = in_words(shown, TRANSACTIONS)
    figure = build_selectable(frame, kpi, SMALL)
    return module(
        COMING,
        "The coming year",
        trend_chart(continued_trend(shown, TRANSACTIONS, figure), COMING, words),
        summary=words,
        table=figures_table(frame, kpi, f"{kpi.name} by {shown.view.period}"),
        csv_href=kpis_csv(shown, TRANSACTIONS),
        # What is to come is drawn on the newest figures alone.
        share_href=always_latest(page_address(shown, module=COMING)),
        after=projection_actions(shown, TRANSACTIONS),
    )

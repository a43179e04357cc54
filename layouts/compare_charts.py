"""A KPI of each service over time, in a chart of its own beside the medians, on the same axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from kpi.comparisons import Comparison
from kpi.definitions import Kpi
from kpi.definitions import kpi as known_kpi
from kpi.spans import TWELVE_MONTHS
from layouts import colours, ids
from layouts.addresses import service_address
from layouts.charts import build_trend, chart
from layouts.compare_address import compare_csv
from layouts.compare_findings import comparison_heading, comparison_summary
from layouts.compare_table import history_table, names_of, swatch
from layouts.modules import module
from layouts.service_charts import TO_LAST_MONTH
from layouts.wording import capitalised, exact, missing, said

HEIGHT = 190
# Services of which the largest is more than so many times the smallest share no scale.
MOST_TIMES = 10
# A median that is higher than so many times the figures would leave them flat: it is cut off.
MOST_ABOVE = 2
KEY = "Dashed: the median of the service’s department. Dotted: the median of all services."
CUT_OFF = "Medians far above the figures are cut off."
OWN_SCALES = "Each chart has a scale of its own, as the services differ too much to share one."
MEDIANS = (
    ("department_median", "Median of its department", "dash"),
    ("median", "Median of all services", "dot"),
)


@dataclass(frozen=True)
class Axes:
    """What several charts share: the highest value, and the first and last start."""

    top: float
    first: pd.Timestamp
    last: pd.Timestamp


def axes_of(rows: pd.DataFrame) -> Axes:
    """The axes that hold all of these rows, and their medians up to twice as high."""
    own = float(rows["value"].max())
    highest = rows[["department_median", "median"]].astype(float).max().max()
    top = own if missing(highest) else max(own, min(float(highest), own * MOST_ABOVE))
    return Axes(top, rows["start_at"].min(), rows["start_at"].max())


def shares_scale(rows: pd.DataFrame, kpi: Kpi) -> bool:
    """Whether all services can be read on one scale; shares always can."""
    if kpi.format == "percentage":
        return True
    tops = rows.groupby("service")["value"].max().dropna()
    return len(tops) < 2 or float(tops.max()) <= MOST_TIMES * float(tops.min())


def build_beside(rows: pd.DataFrame, kpi: Kpi, colour: str, axes: Axes) -> go.Figure:
    """One service's line with the two medians as grey lines behind it.

    rows: of a Comparison's frame, of one service and KPI, with a value at least. Years, and
    twelve months, stand where they end.
    """
    frame = rows.assign(period=rows["period"].replace(TWELVE_MONTHS, "year"))
    drawn = build_trend(frame, kpi, HEIGHT)
    own = [_coloured(trace.to_plotly_json(), colour) for trace in drawn.data]
    layout = drawn.layout.to_plotly_json()
    traces = [*(_median(rows, kpi, *one) for one in MEDIANS), *own]
    times: list[Any] = [axes.first, axes.last]
    if frame["period"].iloc[0] == "year":
        for trace in traces:
            trace["x"] = list(pd.to_datetime(pd.Series(trace["x"])) + TO_LAST_MONTH)
        times = [one + TO_LAST_MONTH for one in times]
        layout["xaxis"]["hoverformat"] = "Twelve months to %B %Y"
    if axes.first < axes.last:
        layout["xaxis"]["range"] = [one.to_pydatetime() for one in times]
    if kpi.format != "percentage" or axes.top > 1:
        layout["yaxis"]["range"] = [0, axes.top * 1.08 or 1]
    layout["xaxis"]["nticks"] = 4
    layout |= {"annotations": [], "margin": {"r": 14}}
    return go.Figure(traces, layout, _validate=False)


def _coloured(trace: dict[str, Any], colour: str) -> dict[str, Any]:
    """A line in a service's colour; a hollow dot stays hollow."""
    if trace.get("line"):
        trace["line"] = {**trace["line"], "color": colour}
        trace["marker"] = {**trace["marker"], "color": colour}
    else:
        ring = trace["marker"]
        trace["marker"] = {**ring, "line": {**ring["line"], "color": colour}}
    return trace


def _median(rows: pd.DataFrame, kpi: Kpi, column: str, name: str, dash: str) -> dict[str, Any]:
    values = rows[column].astype(float)
    times = rows["start_at"].astype("datetime64[us]").to_numpy().astype(object)
    return {
        "type": "scatter",
        "x": times,
        "y": values.to_numpy(),
        "name": name,
        "mode": "lines",
        "line": {"color": colours.MEDIAN, "width": 2, "dash": dash},
        "connectgaps": False,
        "customdata": [exact(value, kpi) for value in values],
        "hovertemplate": f"{name}: <b>%{{customdata}}</b><extra></extra>",
    }


def comparison_module(shown: Comparison, slug: str, share_href: str) -> Component:
    """One KPI: who leads, the figures in a sentence, a chart a service, the table, the CSV."""
    kpi, names = known_kpi(slug), names_of(shown)
    rows, beside = shown.of(slug), shown.beside(slug)
    scale = shares_scale(rows, kpi)
    cells = [
        _small(shown, kpi, rows[rows["service"] == one], place, axes_of(rows) if scale else None)
        for place, one in enumerate(shown.slugs)
    ]
    return module(
        slug,
        comparison_heading(kpi, beside, names),
        [_key(kpi, scale=scale), html.Div(cells, className=_columns(len(cells)))],
        summary=comparison_summary(kpi, beside, names),
        table=history_table(shown, kpi),
        csv_href=compare_csv(shown),
        share_href=f"{share_href}#{slug}",
        title=kpi.name,
    )


def _key(kpi: Kpi, *, scale: bool) -> html.P:
    said = [KEY]
    if kpi.format != "percentage":
        said += [CUT_OFF] if scale else [OWN_SCALES, CUT_OFF]
    return html.P(" ".join(said), className="of")


def _columns(count: int) -> str | None:
    return None if count == 1 else "split multiples" if count == 2 else "three multiples"


def _small(
    shown: Comparison, kpi: Kpi, rows: pd.DataFrame, place: int, axes: Axes | None
) -> html.Div:
    name = str(shown.services["name"].iloc[place])
    title = html.H3([swatch(place), dcc.Link(name, href=service_address(shown.slugs[place]))])
    if rows["value"].isna().all():
        why = capitalised(str(rows["status"].iloc[-1]))
        return html.Div([title, html.P(f"{why} in this time.", className="empty")])
    figure = build_beside(rows, kpi, colours.SERVICES[place], axes or axes_of(rows))
    id = {"type": ids.COMPARE_CHART, "module": f"{kpi.slug} {shown.slugs[place]}"}
    return html.Div([title, chart(figure, id, _in_words(kpi, name, rows))])


def _in_words(kpi: Kpi, name: str, rows: pd.DataFrame) -> str:
    known = rows["value"].dropna()
    ends = [said(float(known.iloc[place]), kpi) for place in (0, -1)]
    return f"{kpi.name} of {name}: {ends[0]} at first, {ends[1]} at last, beside the medians."

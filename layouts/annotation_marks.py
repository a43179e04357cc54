"""Annotations on charts: numbered dots on dotted lines, and what they stand for in a list below."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import date
from typing import Any, cast

import pandas as pd
import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from kpi.annotations import Annotation
from kpi.views import LINK
from layouts import colours
from layouts.addresses import annotation_address
from layouts.aria import aria

# Dots that would lie on one another share one: closer than this share of the chart's width.
_APART = 0.04
_DOT_SIZE, _RADIUS, _ABOVE, _MARK_ROOM = 13, 11, 2, 24
# The room above a chart, unless it has its own (see layouts.template).
_MARGIN = 12
# What is not looked into.
_WITHOUT_CHARTS = (html.Details, html.Table, html.Ul, html.Ol, html.P)
Numbered = tuple[int, Annotation]


def annotated(
    content: Any, annotations: Sequence[Annotation], slug: str = "", link: str = ""
) -> Any:
    """Components in which every chart over time shows the annotations of its span.

    Below each chart they are listed, with links to before and after; not without the service's
    slug. link: what the addresses of a service that is not published have. Other parts stay as they
    are.
    """
    if not annotations:
        return content
    if isinstance(content, list | tuple):
        return [annotated(part, annotations, slug, link) for part in content]
    if not isinstance(content, Component) or isinstance(content, _WITHOUT_CHARTS):
        return content
    if getattr(content, "className", None) == "chart":
        return _marked(content, annotations, slug, link)
    if getattr(content, "children", None) is not None:
        changed: Any = copy(content)
        changed.children = annotated(content.children, annotations, slug, link)
        return changed
    return content


def _marked(chart: Component, annotations: Sequence[Annotation], slug: str, link: str) -> Component:
    graph = getattr(chart, "children", None)
    if not isinstance(graph, dcc.Graph):
        return chart
    drawn: Any = copy(graph)
    around: Any = copy(chart)
    shown = _in_sight(drawn.figure, annotations)
    if not shown:
        return chart
    drawn.figure = mark(drawn.figure, shown)
    drawn.style = {**drawn.style, "height": f"{drawn.figure.layout.height}px"}
    around.children = drawn
    return html.Div([around, notes(shown, slug, link)], className="noted") if slug else around


def _in_sight(figure: go.Figure, annotations: Sequence[Annotation]) -> list[Numbered]:
    """Those that lie in what a chart over days shows, numbered in the order of time."""
    span = _span(figure)
    if span is None:
        return []
    first, last = span
    found = [one for one in sorted(annotations) if one.start <= last and one.end > first]
    return list(enumerate(found, start=1))


def _span(figure: go.Figure) -> tuple[date, date] | None:
    axis = figure.layout.xaxis
    if axis.type != "date" or not axis.range:
        return None
    first, last = (pd.Timestamp(end) for end in axis.range)
    return first.date(), last.date()


def mark(figure: go.Figure, shown: Sequence[Numbered]) -> go.Figure:
    """The figure with a dotted line and a numbered dot for each, above the lines of the chart."""
    span = _span(figure)
    assert span is not None, "what is in sight of a chart has a span"
    shapes = [shape for _, one in shown for shape in _shapes(one, span)]
    dots = [_dot(group, span) for group in _groups(shown, span)]
    # As plain values and unchecked, like the figure itself: to check it again takes far longer.
    traces = [trace.to_plotly_json() for trace in figure.data]
    layout = figure.layout.to_plotly_json()
    margin = layout.get("margin", {})
    changed = {
        "shapes": [*layout.get("shapes", ()), *shapes, *dots],
        "height": layout["height"] + _MARK_ROOM,
        "margin": {**margin, "t": margin.get("t", _MARGIN) + _MARK_ROOM},
    }
    return go.Figure(traces, {**layout, **changed}, _validate=False)


def _shapes(one: Annotation, span: tuple[date, date]) -> list[dict[str, Any]]:
    line = {"color": colours.SOFT, "width": 1.5, "dash": "dot"}
    at = _inside(one.start, span)
    place: dict[str, Any] = {"xref": "x", "yref": "paper", "y0": 0, "y1": 1}
    drawn = {"type": "line", "x0": at, "x1": at, "line": line, "layer": "below", **place}
    if not one.is_span:
        return [drawn]
    filled = {"fillcolor": colours.PALE, "line": {"width": 0}, "layer": "below"}
    end = _inside(one.end, span)
    return [{"type": "rect", "x0": at, "x1": end, **filled, **place}, drawn]


def _inside(day: date, span: tuple[date, date]) -> date:
    return min(max(day, span[0]), span[1])


def _groups(shown: Sequence[Numbered], span: tuple[date, date]) -> list[list[Numbered]]:
    """The numbers that share a dot."""
    width = max(1, (span[1] - span[0]).days)
    found: list[list[Numbered]] = []
    for item in shown:
        apart = (item[1].start - found[-1][-1][1].start).days / width if found else 1
        if apart < _APART:
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _dot(group: Sequence[Numbered], span: tuple[date, date]) -> dict[str, Any]:
    """A black dot above the chart, as wide as its numbers, of one size whatever the chart's."""
    first, last = group[0][0], group[-1][0]
    text = f"<b>{first}</b>" if first == last else f"<b>{first}–{last}</b>"
    half = _RADIUS if first == last else 2 * _RADIUS
    return {
        "type": "circle" if first == last else "rect",
        "xref": "x",
        "xsizemode": "pixel",
        "xanchor": _inside(group[0][1].start, span),
        "x0": -half,
        "x1": half,
        "yref": "paper",
        "ysizemode": "pixel",
        "yanchor": 1,
        "y0": _ABOVE,
        "y1": _ABOVE + 2 * _RADIUS,
        "fillcolor": colours.INK,
        "line": {"width": 0},
        "label": {"text": text, "font": {"size": _DOT_SIZE, "color": colours.WHITE}},
    }


def notes(shown: Sequence[Numbered], slug: str, link: str = "") -> Component:
    """What the numbers stand for, each with the way to its before and after."""
    items = [_note(one, annotation_address(slug, one.key, {LINK: link})) for _, one in shown]
    return html.Ol(items, className="annotations", **aria(label="Annotations"))


def _note(one: Annotation, href: str) -> html.Li:
    about = html.Span(f": {one.title}", className="visually-hidden")
    way = dcc.Link(["Before and after", about], href=href, className="leads")
    return html.Li([f"{one.when}: {one.title} ", cast("Component", way)])

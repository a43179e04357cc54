"""Annotations on charts: numbered, in their place, listed below, on every chart over time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from dash import html

from kpi.annotations import Annotation
from kpi.definitions import kpi
from layouts.annotation_marks import annotated, mark
from layouts.charts import build_live, build_trend, chart
from tests.layouts.reading import classed, prop, typed, words

OPENED = Annotation(date(2015, 6, 10), "opened", date(2015, 6, 11), "New start page")
STRIKE = Annotation(date(2015, 8, 1), "strike", date(2015, 9, 1), "Strike")
LONG_AGO = Annotation(date(2001, 1, 1), "old", date(2001, 1, 2), "Opened")


def trend(months: int = 8) -> Any:
    starts = pd.date_range("2015-05-01", periods=months, freq="MS")
    rows = {"period": "month", "start_at": starts, "value": 0.5, "status": "reported"}
    return build_trend(pd.DataFrame(rows), kpi("completion-rate"), 200)


def figures(shown: Any) -> list[Any]:
    return [prop(graph, "figure") for graph in typed(shown, "Graph")]


def dots(figure: Any) -> list[str]:
    return [shape.label.text for shape in figure.layout.shapes if shape.label.text]


def test_each_is_a_numbered_dot_at_its_day() -> None:
    figure = mark(trend(), [(1, OPENED), (2, STRIKE)])
    assert dots(figure) == ["<b>1</b>", "<b>2</b>"]
    first = next(shape for shape in figure.layout.shapes if shape.label.text)
    assert pd.Timestamp(first.xanchor).date() == OPENED.start


def test_a_span_is_shaded_from_its_first_day_to_its_end() -> None:
    figure = mark(trend(), [(1, STRIKE)])
    (shaded,) = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    days = [pd.Timestamp(end).date() for end in (shaded.x0, shaded.x1)]
    assert days == [STRIKE.start, STRIKE.end]


def test_those_that_would_lie_on_one_another_share_a_dot() -> None:
    near = Annotation(date(2015, 6, 12), "near", date(2015, 6, 13), "Soon after")
    figure = mark(trend(), [(1, OPENED), (2, near), (3, STRIKE)])
    assert dots(figure) == ["<b>1–2</b>", "<b>3</b>"]


def test_the_chart_keeps_its_lines_and_grows_by_the_room_for_dots() -> None:
    plain = trend()
    figure = mark(plain, [(1, OPENED)])
    assert list(figure.data[0].y) == list(plain.data[0].y)
    assert figure.layout.height > plain.layout.height == 200


def test_every_chart_over_time_shows_them_and_lists_what_they_are() -> None:
    page = html.Div(
        [chart(trend(), "one", "A chart."), html.Div(chart(trend(), "two", "Another."))]
    )
    shown = annotated(page, [STRIKE, OPENED, LONG_AGO], "allowance")
    lists = classed(shown, "annotations")
    assert len(lists) == 2
    assert words(lists[0]) == (
        "10 June 2015: New start page Before and after : New start page "
        "1 August 2015 to 31 August 2015: Strike Before and after : Strike"
    )
    assert [prop(link, "href") for link in typed(lists[0], "Link")] == [
        "/services/allowance/annotations/opened",
        "/services/allowance/annotations/strike",
    ]
    assert [dots(figure) for figure in figures(shown)] == [["<b>1</b>", "<b>2</b>"]] * 2


def test_what_is_not_in_sight_changes_nothing() -> None:
    page = html.Div([chart(trend(), "one", "A chart."), html.P("Words")])
    for some in ([], [LONG_AGO]):
        shown = annotated(page, some, "allowance")
        assert words(shown) == words(page)
        (figure,) = figures(shown)
        assert list(figure.layout.shapes) == []
        assert figure.layout.height == trend().layout.height


def test_a_chart_without_figures_stays_as_it_is() -> None:
    empty = chart(build_live(pd.DataFrame({"start_at": [], "value": []})), "live", "Nothing.")
    assert classed(annotated(empty, [OPENED], "allowance"), "annotations") == []


def test_without_the_slug_nothing_is_listed_below() -> None:
    shown = annotated([chart(trend(), "one", "A chart.")], [OPENED])
    assert classed(shown, "annotations") == []
    assert dots(figures(shown)[0]) == ["<b>1</b>"]

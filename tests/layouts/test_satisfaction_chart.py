"""The score is a line, and how many answered a strip of bars below it."""

import math
from datetime import date
from typing import Any

from kpi.definitions import kpi
from kpi.gaps import complete
from kpi.periods import Period
from layouts import colours
from layouts.charts import NOTHING
from layouts.satisfaction_chart import build_satisfaction
from tests.kpi.rows import figure, kpi_frame

SATISFACTION = kpi("user-satisfaction")


def month(
    number: int, satisfied: float | None, answers: int | None, status: str = "reported"
) -> dict[str, Any]:
    start = f"2017-{number:02}-01"
    slug = SATISFACTION.slug
    return figure("a", slug, satisfied, answers, period="month", start=start, status=status)


MONTHS = complete(
    kpi_frame(
        month(5, 8, 10),
        month(6, None, None, "suppressed"),
        month(7, 9, 10),
        month(9, 20, 40),
        month(10, 3, 5, "partial"),
    ),
    [SATISFACTION],
)


def test_the_strip_has_a_bar_for_each_point_and_an_axis_of_its_own() -> None:
    line, partial, strip = build_satisfaction(MONTHS, SATISFACTION).data
    assert (strip.type, strip.yaxis) == ("bar", "y2")
    assert list(strip.y) == [10, 10, 40, 5]
    drawn = {*(x for x, y in zip(line.x, line.y, strict=True) if not math.isnan(y)), *partial.x}
    assert set(strip.x) == drawn


def test_line_and_strip_share_their_time_and_not_their_scale() -> None:
    layout = build_satisfaction(MONTHS, SATISFACTION).layout
    assert layout.xaxis.anchor == "y2"
    assert layout.yaxis2.domain[1] < layout.yaxis.domain[0]
    assert layout.yaxis2.range[0] == 0
    first, last = layout.xaxis.range
    assert (first.date() < date(2017, 5, 1), last.date() > date(2017, 10, 1)) == (True, True)


def test_a_suppressed_period_breaks_the_line_and_has_no_bar() -> None:
    line, _, strip = build_satisfaction(MONTHS, SATISFACTION).data
    assert math.isnan(line.y[1])
    assert line.connectgaps is False
    assert all(x.month != 6 for x in strip.x)


def test_the_score_says_of_how_many_answers_it_is() -> None:
    line, partial, _ = build_satisfaction(MONTHS, SATISFACTION).data
    assert line.customdata[0] == "80.00% of 10 answers"
    assert partial.customdata[0] == "60.00% (partial) of 5 answers"


def test_the_period_that_is_looked_at_stands_out() -> None:
    july = Period("month", date(2017, 7, 1))
    strip = build_satisfaction(MONTHS, SATISFACTION, july).data[-1]
    grey = colours.ANSWERS
    assert list(strip.marker.color) == [grey, colours.DARK_BLUE, grey, grey]


def test_a_lone_period_is_drawn() -> None:
    figure = build_satisfaction(MONTHS.iloc[:1], SATISFACTION)
    assert list(figure.data[-1].y) == [10]


def test_without_figures_it_says_so() -> None:
    figure = build_satisfaction(MONTHS.iloc[:0], SATISFACTION)
    assert figure.layout.annotations[0].text == NOTHING
    assert len(figure.data) == 0

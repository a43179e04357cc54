"""The coming year on a chart, in words and in a table."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from kpi.definitions import kpi
from kpi.projections import no_projections, projection, projections
from kpi.targets import MET, MISSED, OFF_COURSE, ON_COURSE, Target, Verdict
from layouts import colours
from layouts.charts import build_trend
from layouts.projections import (
    periods_alone,
    projection_in_words,
    projection_table,
    with_projection,
)
from layouts.service_charts import build_channels
from layouts.service_projections import ALL, DIGITAL, continued_volumes
from layouts.targets import target_in_words, with_target
from tests.kpi.rows import figure, kpi_frame
from tests.layouts.reading import words

VOLUME, TAKE_UP = kpi("transactions"), kpi("digital-take-up")
STARTS = [f"{year}-{month}-01" for year in (2015, 2016, 2017) for month in ("01", "04", "07", "10")]


def frame(slug: str, value: float, of: float | None = None) -> pd.DataFrame:
    return kpi_frame(*(figure("a", slug, value, of, start=start) for start in STARTS[:11]))


def volumes() -> pd.DataFrame:
    return frame("transactions", 3_000_000)


def chart() -> go.Figure:
    rows = volumes()
    made = build_trend(rows, VOLUME)
    return with_projection(made, periods_alone(projection(rows, VOLUME)), VOLUME)


def trace(figure: go.Figure, name: str) -> go.Scatter:
    return next(one for one in figure.data if one.name == name)


def test_the_line_goes_on_dashed_from_the_last_reported_figure() -> None:
    coming = trace(chart(), "projected")
    assert coming.line.dash
    assert pd.Timestamp(coming.x[0]) == pd.Timestamp("2017-07-01")
    assert list(coming.y) == pytest.approx([3_000_000] * 5)
    assert pd.Timestamp(coming.x[-1]) == pd.Timestamp("2018-07-01")


def test_the_interval_is_another_band_than_what_is_normal() -> None:
    high = trace(chart(), "projected high")
    assert high.fillcolor == colours.COMING != colours.BAND
    assert high.y[0] == 3_000_000 < high.y[1]
    assert "<b>3,000,000</b><br>80% interval: " in trace(chart(), "projected").customdata[1]


def test_the_axis_reaches_to_the_last_projected_period() -> None:
    assert pd.Timestamp(chart().layout.xaxis.range[1]) == pd.Timestamp("2018-07-01")


def test_what_is_projected_cannot_be_chosen_as_a_span() -> None:
    assert set(trace(chart(), "projected").text) == {""}
    assert trace(chart(), "projected low").hoverinfo == "skip"


def test_without_a_projection_the_chart_stays_as_it_is() -> None:
    made = build_trend(volumes(), VOLUME)
    assert with_projection(made, no_projections(), VOLUME) is made
    empty = build_trend(volumes().iloc[:0], VOLUME)
    assert with_projection(empty, projection(volumes(), VOLUME), VOLUME) is empty


def test_a_year_of_transactions_is_said_with_its_interval_and_its_end() -> None:
    rows = projection(volumes(), VOLUME).assign(value=14.2e6, low=13.1e6, high=15.4e6)
    assert projection_in_words(rows, VOLUME) == (
        "At this rate 14.2 million transactions in the year to September 2018 "
        "(80% interval: 13.1 to 15.4 million)."
    )


def test_a_rate_is_said_for_the_last_of_its_periods() -> None:
    rows = projection(frame("digital-take-up", 872, 1000), TAKE_UP).assign(low=0.84, high=0.899)
    assert projection_in_words(rows, TAKE_UP) == (
        "At this rate 87.2% in July to September 2018 (80% interval: 84.0 to 89.9%)."
    )


def test_without_a_projection_nothing_is_said() -> None:
    assert projection_in_words(no_projections(), VOLUME) == ""


def test_the_table_says_that_it_is_a_projection() -> None:
    told = words(projection_table(projection(volumes(), VOLUME), VOLUME))
    assert "Transactions: projected, with 80% intervals" in told
    assert "Year to September 2018" in told
    assert "12,000,000" in told


@pytest.mark.parametrize(
    ("verdict", "projected", "passed", "said"),
    [
        (MET, None, False, "Target 82% by April 2018: met"),
        (ON_COURSE, 0.83, False, "Target 82% by April 2018: on course"),
        (OFF_COURSE, 0.791, False, "Target 82% by April 2018: off course, heading for 79.1%"),
        (MISSED, None, True, "Target 82% by April 2018: missed"),
        (
            ON_COURSE,
            0.83,
            True,
            "Target 82% by April 2018: on course, when figures were last reported",
        ),
    ],
)
def test_a_target_is_said_with_its_date_and_verdict(
    verdict: str, projected: float | None, passed: bool, said: str
) -> None:
    target = Target("digital-take-up", 0.82, date(2018, 4, 1))
    assert target_in_words(Verdict(target, TAKE_UP, verdict, projected, passed)) == said


def test_a_target_in_pounds_has_its_pence_and_a_day_within_a_month_is_said() -> None:
    target = Target("cost-per-transaction", 25, date(2018, 4, 15))
    found = Verdict(target, kpi("cost-per-transaction"), ON_COURSE, 24.0)
    assert target_in_words(found) == "Target £25.00 by 15 April 2018: on course"


def test_without_a_target_nothing_is_said() -> None:
    assert target_in_words(None) == ""


def test_a_target_is_a_thin_rule_across_the_chart_with_its_name() -> None:
    rows = frame("digital-take-up", 600, 1000)
    target = Target("digital-take-up", 0.82, date(2018, 4, 1))
    made = with_target(build_trend(rows, TAKE_UP), Verdict(target, TAKE_UP, OFF_COURSE, 0.6))
    (rule,) = made.layout.shapes
    assert (rule.y0, rule.y1, rule.line.width) == (0.82, 0.82, 1)
    assert [note.text for note in made.layout.annotations] == ["Target 82%"]


def test_a_chart_without_a_target_stays_as_it_is() -> None:
    made = build_trend(volumes(), VOLUME)
    assert with_target(made, None) is made


def test_a_projected_amount_is_said_in_three_figures() -> None:
    rows = projection(volumes(), VOLUME).assign(value=287_298, low=259_361, high=318_246)
    assert projection_in_words(rows, VOLUME).startswith("At this rate 287,000 transactions in ")
    assert "259,000 to 318,000" in projection_in_words(rows, VOLUME)


def test_digital_transactions_go_on_as_their_share_of_all_of_them() -> None:
    take_up = frame("digital-take-up", 750, 1000)
    both = pd.concat([volumes(), take_up])
    view = SimpleNamespace(is_narrowed=False, channel="")
    shown: Any = SimpleNamespace(view=view, projections=projections(both, [VOLUME, TAKE_UP]))
    drawn = [volumes().assign(line=ALL), volumes().assign(line=DIGITAL, value=2_250_000.0)]
    made = continued_volumes(shown, build_channels(pd.concat(drawn), VOLUME, 320))
    assert list(trace(made, "All transactions projected").y) == pytest.approx([3_000_000] * 5)
    assert list(trace(made, "Digital projected").y) == pytest.approx([2_250_000] * 5)
    # The lines' names stand where their projections end.
    assert {str(pd.Timestamp(label.x).date()) for label in made.layout.annotations} == {
        "2018-07-01"
    }
    assert len(made.layout.annotations) == 2

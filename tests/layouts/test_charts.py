"""Charts draw what was reported, and only that."""

import math

import pandas as pd
import plotly.graph_objects as go

from kpi.definitions import kpi
from layouts import colours
from layouts.charts import NOTHING, build_live, build_trend, chart, lines_of
from tests.layouts.reading import prop, typed

TAKE_UP, COST, VOLUME = kpi("digital-take-up"), kpi("cost-per-transaction"), kpi("transactions")
COLUMNS = ["period", "start_at", "value", "status"]


def months(values: list[float], status: str = "reported", line: str | None = None) -> pd.DataFrame:
    starts = pd.date_range("2015-05-01", periods=len(values), freq="MS")
    frame = pd.DataFrame({"period": "month", "start_at": starts, "value": values, "status": status})
    return frame if line is None else frame.assign(line=line)


def without(frame: pd.DataFrame, place: int) -> pd.DataFrame:
    return frame.drop(index=place)


def test_a_line_breaks_at_a_month_that_was_not_reported() -> None:
    figure = build_trend(without(months([0.7, 0.8, 0.9]), 1), TAKE_UP)
    drawn = list(figure.data[0].y)
    assert (drawn[0], drawn[2]) == (0.7, 0.9)
    assert math.isnan(drawn[1])
    assert figure.data[0].connectgaps is False


def test_a_line_ends_in_a_dot_and_shows_a_lone_figure() -> None:
    figure = build_trend(without(months([0.7, 0.8, 0.9, 0.9]), 1), TAKE_UP)
    assert list(figure.data[0].marker.size) == [6, 0, 0, 10]


def test_a_partial_figure_is_a_hollow_dot_off_the_line() -> None:
    frame = months([10.0, 20.0, 5.0])
    frame.loc[2, "status"] = "partial"
    line, dots = build_trend(frame, VOLUME).data
    assert math.isnan(line.y[2])
    assert list(dots.y) == [5.0]
    assert dots.marker.color == colours.WHITE
    assert dots.customdata[0] == "5 (partial)"


def test_percentages_run_from_nought_to_a_hundred() -> None:
    low, high = build_trend(months([0.4, 0.5]), TAKE_UP).layout.yaxis.range
    assert low == 0
    assert 1 <= high < 1.1


def test_a_rate_over_a_hundred_percent_is_not_clipped() -> None:
    assert build_trend(months([0.9, 1.3]), TAKE_UP).layout.yaxis.range[1] > 1.3


def test_amounts_start_at_zero_and_pounds_say_so() -> None:
    axis = build_trend(months([2.5, 2.6]), COST).layout.yaxis
    assert axis.range[0] == 0
    assert axis.tickprefix == "£"


def test_hovering_says_the_exact_figure_and_the_period() -> None:
    figure = build_trend(months([1234567.0]), VOLUME)
    assert figure.data[0].customdata[0] == "1,234,567"
    assert figure.layout.xaxis.hoverformat == "%B %Y"


def test_hovering_tells_a_rolling_year_from_a_calendar_year() -> None:
    calendar = months([5.0]).assign(period="year", start_at=pd.Timestamp("2016-01-01"))
    rolling = calendar.assign(start_at=pd.Timestamp("2016-10-01"))
    formats = [build_trend(frame, VOLUME).layout.xaxis.hoverformat for frame in (calendar, rolling)]
    assert formats == ["%Y", "Twelve months from %B %Y"]


def test_lines_are_named_at_their_ends_largest_first() -> None:
    frame = pd.concat([months([1.0, 2.0], line="paper"), months([8.0, 9.0], line="digital")])
    figure = build_trend(frame, VOLUME)
    assert [trace.name for trace in figure.data] == ["Digital", "Paper"]
    assert sorted(note.text for note in figure.layout.annotations) == [
        "<b>Digital</b>",
        "<b>Paper</b>",
    ]


def test_names_of_lines_that_end_together_are_pushed_apart() -> None:
    frame = pd.concat([months([9.0], line="paper"), months([9.0], line="digital")])
    shifts = sorted(note.yshift for note in build_trend(frame, VOLUME).layout.annotations)
    assert shifts[1] - shifts[0] == 20


def test_at_most_four_lines_are_drawn_the_largest() -> None:
    frame = pd.concat([months([float(size)], line=f"line {size}") for size in range(6)])
    assert lines_of(frame) == ["line 5", "line 4", "line 3", "line 2"]
    assert len(build_trend(frame, VOLUME).data) == 4


def test_what_is_normal_is_a_grey_band_behind_the_line() -> None:
    frame = months([0.8, 0.7]).assign(low=0.75, high=0.85)
    _low, high, line = build_trend(frame, TAKE_UP).data
    assert (high.fill, high.fillcolor) == ("tonexty", colours.BAND)
    assert line.line.color == colours.DARK_BLUE


def test_no_rows_and_no_figures_draw_an_empty_chart_that_says_so() -> None:
    for frame in (pd.DataFrame(columns=COLUMNS), months([float("nan")], "suppressed")):
        figure = build_trend(frame, TAKE_UP)
        assert len(figure.data) == 0
        assert figure.layout.annotations[0].text == NOTHING


def test_live_users_are_one_turquoise_line_from_zero() -> None:
    times = pd.date_range("2017-10-14", periods=3, freq="2min")
    figure = build_live(pd.DataFrame({"start_at": times, "value": [5.0, 7.0, 6.0]}))
    assert list(figure.data[0].y) == [5.0, 7.0, 6.0]
    assert figure.data[0].line.color == colours.TURQUOISE
    assert figure.layout.yaxis.range[0] == 0


def test_no_live_users_draw_an_empty_chart() -> None:
    assert len(build_live(pd.DataFrame(columns=["start_at", "value"])).data) == 0


def test_only_kinds_of_trace_in_the_small_bundle_are_used() -> None:
    frame = months([0.8, 0.7]).assign(low=0.75, high=0.85)
    assert {trace.type for trace in build_trend(frame, TAKE_UP).data} == {"scatter"}


def test_a_chart_on_a_page_is_named_by_its_summary_and_has_no_tool_bar() -> None:
    drawn = chart(build_trend(months([0.8]), TAKE_UP), "an-id", "80% in May 2015.")
    graph = typed(drawn, "Graph")[0]
    assert prop(drawn, "aria-label") == "Chart. 80% in May 2015."
    assert prop(graph, "config")["displayModeBar"] is False
    assert prop(graph, "responsive") is True


def test_time_runs_from_the_first_figure_to_the_last_with_years_as_ticks() -> None:
    axis = build_trend(months([0.5] * 49), TAKE_UP).layout.xaxis
    assert [moment.year for moment in axis.range] == [2015, 2019]
    assert axis.dtick == "M12"


def test_a_single_figure_leaves_its_range_to_the_chart() -> None:
    assert build_trend(months([0.5]), TAKE_UP).layout.xaxis.range is None


def test_figures_which_are_built_unchecked_hold_nothing_that_plotly_refuses() -> None:
    frame = pd.concat([months([1.0, 2.0], line="digital"), months([2.0], "partial", line="paper")])
    banded = months([0.7, 0.8]).assign(low=0.6, high=0.9)
    live = pd.DataFrame(
        {"start_at": pd.date_range("2017-09-01", periods=2, freq="5min"), "value": 3}
    )
    figures = [build_trend(frame, VOLUME), build_trend(banded, TAKE_UP), build_trend(banded, COST)]
    for figure in [*figures, build_live(live), build_trend(months([]), TAKE_UP)]:
        go.Figure(figure.to_plotly_json())

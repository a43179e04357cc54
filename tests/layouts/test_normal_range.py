"""What is usual, as cards, charts, tables and lists say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from kpi.dashboard import Latest
from kpi.definitions import kpi
from kpi.normal import HIGHER, LOWER, NORMAL, Usual
from kpi.periods import Period
from layouts.charts import build_trend
from layouts.normal_range import (
    as_usual,
    banded,
    range_in_words,
    verdict_in_words,
    volume_in_words,
)
from layouts.tables import figures_table
from tests.kpi.rows import figure, kpi_frame
from tests.layouts.reading import typed, words

RATE, VOLUME, COST = kpi("user-satisfaction"), kpi("transactions"), kpi("cost-per-transaction")
SEPTEMBER = Period("month", date(2017, 9, 1))


def latest(value: float, usual: Usual | None, **more: object) -> Latest:
    found = Latest(RATE, "reported", value, SEPTEMBER, usual=usual, usual_of=value)
    return replace(found, usual_in=SEPTEMBER, **more)  # type: ignore[arg-type]


def said(found: Latest) -> str:
    return words(verdict_in_words(found))


def test_a_card_says_that_a_figure_is_within_its_normal_range() -> None:
    assert said(latest(0.87, Usual(0.86, 0.89, NORMAL))) == "within its normal range"


def test_an_unusual_figure_is_called_that_in_bold_with_what_was_expected() -> None:
    found = verdict_in_words(latest(0.841, Usual(0.8639, 0.8851, LOWER)))
    assert words(found) == "lower than usual : expected 86 to 89%"
    assert words(typed(found, "Strong")) == "lower than usual"


def test_too_little_history_is_said_and_no_verdict_given() -> None:
    assert said(latest(0.87, Usual())) == "too little history to say what is normal"


def test_a_quarter_or_a_share_over_one_has_no_verdict() -> None:
    assert said(latest(0.87, None)) == ""
    assert said(latest(1.2, Usual(0.86, 0.89, ""))) == ""


def test_a_cost_over_twelve_months_is_judged_by_its_last_month_alone() -> None:
    found = latest(25.9, Usual(2.1, 2.6, HIGHER), kpi=COST, window=True, usual_of=2.9)
    assert said(found) == "higher than usual in September 2017: expected £2.10 to £2.60"


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (0.841, 0.8639, 0.8851, "86 to 89%"),
        # 86% would not be lower than 86%.
        (0.8585, 0.8612, 0.8851, "86.1 to 88.5%"),
        (0.86110, 0.86125, 0.8851, "86.12 to 88.51%"),
    ],
)
def test_a_range_is_as_short_as_tells_the_figure_from_it(
    value: float, low: float, high: float, expected: str
) -> None:
    assert range_in_words(Usual(low, high, LOWER), value, RATE) == expected


def test_the_volumes_verdict_is_a_sentence() -> None:
    usual = Usual(13_900.4, 16_200.0, NORMAL)
    found = replace(latest(14_204, usual), kpi=VOLUME)
    assert volume_in_words(found) == (
        "That is within the normal range for the time of year, 13,900 to 16,200."
    )
    low = replace(found, usual=replace(usual, verdict=LOWER), usual_of=9_000.0)
    assert volume_in_words(low) == "That is lower than usual: expected 13,900 to 16,200."
    assert "too little history" in volume_in_words(replace(found, usual=Usual()))
    assert volume_in_words(None) == ""


def test_last_week_is_as_usual_for_the_month_that_holds_its_thursday() -> None:
    week = Period("week", date(2017, 10, 30))
    assert as_usual(NORMAL, week) == "as usual for November"
    assert as_usual(HIGHER, week) == "higher than usual for November"
    assert as_usual(float("nan"), week) == ""


def judged_frame() -> pd.DataFrame:
    starts = ("2017-07-01", "2017-08-01", "2017-09-01")
    rows = [figure("a", "user-satisfaction", 84, 100, period="month", start=one) for one in starts]
    return kpi_frame(*rows).assign(
        normal_low=[float("nan"), 0.80, 0.86],
        normal_high=[float("nan"), 0.90, 0.89],
        verdict=["", NORMAL, LOWER],
    )


def test_the_band_is_drawn_behind_the_line_where_it_is_known() -> None:
    low, high, line = build_trend(banded(judged_frame()), RATE).data
    assert list(low.y) == [0.80, 0.86]
    assert list(high.y) == [0.90, 0.89]
    assert (high.fill, low.hoverinfo, high.hoverinfo) == ("tonexty", "skip", "skip")
    assert list(line.y) == [0.84] * 3


def test_a_chart_is_tall_enough_for_the_band() -> None:
    frame = judged_frame().assign(value=[10.0, 12.0, 11.0], normal_high=[float("nan"), 14.0, 13.0])
    assert 14 < build_trend(banded(frame), VOLUME).layout.yaxis.range[1] < 16


def test_a_band_far_above_all_figures_is_cut_off() -> None:
    frame = judged_frame().assign(value=[10.0, 12.0, 11.0], normal_high=[float("nan"), 90.0, 80.0])
    assert build_trend(banded(frame), VOLUME).layout.yaxis.range[1] < 20


def test_the_band_has_a_gap_where_it_is_not_known_what_is_normal() -> None:
    frame = pd.concat([judged_frame().iloc[1:], judged_frame(), judged_frame().iloc[1:]])
    starts = pd.date_range("2017-01-01", periods=len(frame), freq="MS")
    frame = frame.assign(start_at=starts.astype("datetime64[us]"))
    traces = [trace for trace in build_trend(banded(frame), RATE).data if trace.name == "high"]
    assert [len(trace.x) for trace in traces] == [2, 4]


def test_a_table_has_a_column_of_what_was_normal() -> None:
    found = words(figures_table(judged_frame(), RATE, "By month"))
    assert "Normal range" in found
    assert "September 2017 84.00% 86.00% to 89.00% (lower than usual)" in found
    assert "August 2017 84.00% 80.00% to 90.00%" in found
    without = judged_frame().assign(normal_low=float("nan"))
    assert "Normal range" not in words(figures_table(without, RATE, "By month"))

"""Lengths of time, and numbers with a word for what is counted, read as people say them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from kpi.definitions import Kpi, Term, kpi
from kpi.periods import Period
from layouts import wording
from layouts.charts import build_trend
from layouts.durations import duration_in_full, duration_ticks

WAIT = Kpi(
    slug="wait",
    name="Waiting time",
    unit="seconds",
    format="duration",
    better="lower",
    numerator=Term("n"),
    denominator=Term("d"),
    formula="",
    definition="",
    decimals=1,
)
CALLS = replace(kpi("transactions"), slug="calls", name="Calls", unit="calls")
CALLS_A_CASE = replace(WAIT, unit="calls", format="number")


@pytest.mark.parametrize(
    ("value", "definition", "words"),
    [
        (2.34, WAIT, "2.3 seconds"),
        (0, WAIT, "0.0 seconds"),
        (95, replace(WAIT, decimals=0), "95 seconds"),
        (1, replace(WAIT, decimals=0), "1 second"),
        (120, WAIT, "2 minutes"),
        (200, WAIT, "3.3 minutes"),
        (597, WAIT, "10 minutes"),
        (840, WAIT, "14 minutes"),
        (2 * 3600, WAIT, "2 hours"),
        (5.25 * 3600, WAIT, "5.2 hours"),
        (30 * 3600, WAIT, "30 hours"),
        (3.1 * 86_400, WAIT, "3.1 days"),
        (4102, CALLS, "4,102 calls"),
        (1, CALLS, "1 call"),
        (1, replace(CALLS, unit="queries"), "1 queries"),
        (24_120_000, CALLS, "24.1 million calls"),
        (3.14, CALLS_A_CASE, "3.1 calls"),
        (None, WAIT, "not reported"),
    ],
)
def test_a_figure_says_what_it_is_of(value: float | None, definition: Kpi, words: str) -> None:
    assert wording.said(value, definition) == words


@pytest.mark.parametrize(
    ("value", "definition", "words"),
    [
        (2.345, WAIT, "2.35 seconds"),
        (59.999, WAIT, "1 minute"),
        (843, WAIT, "14 minutes 3 seconds"),
        (90_061, WAIT, "1 day 1 hour 1 minute 1 second"),
        (3.14, CALLS_A_CASE, "3.1"),
        (4102, CALLS, "4,102"),
    ],
)
def test_a_table_has_a_length_of_time_in_full(value: float, definition: Kpi, words: str) -> None:
    assert wording.exact(value, definition) == words


@pytest.mark.parametrize(
    ("value", "before", "definition", "words"),
    [
        (840, 780, WAIT, "up 60 seconds"),
        (840, 540, WAIT, "up 5 minutes"),
        (2.31, 2.3, WAIT, "no change"),
        (2.0, 3.0, WAIT, "down 1 second"),
        (110, 100, CALLS, "up 10%"),
    ],
)
def test_a_change_of_a_mean_time_is_a_time(
    value: float, before: float, definition: Kpi, words: str
) -> None:
    assert wording.change_in_words(value, before, definition) == words


def test_longer_is_worse_where_lower_is_better() -> None:
    assert wording.direction_of_change(840, 540, WAIT) == "worse"


@pytest.mark.parametrize(
    ("most", "ticks", "texts"),
    [
        (2.3, [0, 0.5, 1, 1.5, 2], ["0 s", "0.5 s", "1 s", "1.5 s", "2 s"]),
        (840, [0, 300, 600], ["0 min", "5 min", "10 min"]),
        (5 * 3600, [0, 3600, 7200, 10_800, 14_400, 18_000], ["0 h", "1 h"]),
        (0, [0], ["0 s"]),
    ],
)
def test_an_axis_of_time_has_whole_steps_in_one_unit(
    most: float, ticks: list[float], texts: list[str]
) -> None:
    found, said = duration_ticks(most)
    assert found == pytest.approx(ticks)
    assert said[: len(texts)] == texts


def test_an_hour_to_the_second_is_said_whole() -> None:
    assert duration_in_full(3600) == "1 hour"


def test_a_chart_of_times_says_minutes_along_its_side() -> None:
    start = Period("month", date(2017, 9, 1)).start
    frame = pd.DataFrame(
        {
            "period": ["month"],
            "start_at": [pd.Timestamp(start)],
            "value": [840.0],
            "status": ["reported"],
        }
    )
    figure = build_trend(frame, WAIT)
    assert list(figure.layout.yaxis.ticktext) == ["0 min", "5 min", "10 min"]
    assert list(figure.data[0].customdata) == ["14 minutes"]

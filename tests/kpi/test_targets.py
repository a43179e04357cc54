"""Targets and their verdicts, worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest

from kpi.definitions import kpi
from kpi.targets import (
    MET,
    MISSED,
    OFF_COURSE,
    ON_COURSE,
    TOO_FAR,
    TOO_LITTLE,
    Target,
    Verdict,
    judged,
    wrong_with,
)
from tests.kpi.rows import figure, kpi_frame

TAKE_UP, COST = kpi("digital-take-up"), kpi("cost-per-transaction")
TODAY = date(2017, 10, 2)
MONTHS = ("01", "04", "07", "10")
# Eleven of them, the last one July to September 2017.
QUARTERS = [f"{year}-{month}-01" for year in (2015, 2016, 2017) for month in MONTHS][:11]


def take_up(*shares: float, status: str = "reported") -> pd.DataFrame:
    """Shares of 1,000 in the latest quarters up to July to September 2017."""
    pairs = zip(QUARTERS[-len(shares) :], shares, strict=True)
    rows = [figure("a", TAKE_UP.slug, v * 1000, 1000, start=s) for s, v in pairs]
    rows[-1]["status"] = status
    return kpi_frame(*rows)


def costs(values: Sequence[float]) -> pd.DataFrame:
    """Pounds over the twelve months to the end of each of the latest quarters."""
    starts = [f"{year}-{month}-01" for year in (2014, 2015, 2016) for month in MONTHS]
    rows = [
        figure("a", COST.slug, value * 100, 100, period="twelve months", start=start)
        for start, value in zip(starts[-len(values) :], values, strict=True)
    ]
    return kpi_frame(*rows)


def verdict(
    figures: pd.DataFrame, value: float, day: str = "2018-04-01", today: date = TODAY
) -> Verdict:
    own = TAKE_UP if figures["kpi"].iloc[0] == TAKE_UP.slug else COST
    target = Target.parse(own.slug, {"value": value, "date": day})
    found = judged(target, own, figures, today)
    assert found is not None
    return found


def test_a_target_is_parsed_from_what_was_declared() -> None:
    body = {"value": 0.82, "date": "2018-04-01"}
    assert Target.parse("digital-take-up", body) == Target(
        "digital-take-up", 0.82, date(2018, 4, 1)
    )


@pytest.mark.parametrize(("latest", "expected"), [(0.82, MET), (0.9, MET), (0.8199, TOO_LITTLE)])
def test_met_is_at_the_target_or_beyond_it(latest: float, expected: str) -> None:
    assert verdict(take_up(0.5, latest), 0.82).verdict == expected


def test_of_a_cost_less_is_beyond() -> None:
    assert verdict(costs([24.0]), 25).verdict == MET
    assert verdict(costs([26.0]), 25).verdict == TOO_LITTLE


def test_a_partial_figure_never_meets_a_target() -> None:
    assert verdict(take_up(0.5, 0.9, status="partial"), 0.82).verdict == TOO_LITTLE


def test_what_was_reached_at_the_date_stays_met_though_it_fell_afterwards() -> None:
    assert verdict(take_up(0.83, 0.79), 0.82, "2017-07-01").verdict == MET


def test_what_the_figures_of_the_date_do_not_reach_is_missed() -> None:
    assert verdict(take_up(0.83, 0.7, 0.79), 0.82, "2017-10-01").verdict == MISSED
    # August is in the quarter that was reported.
    assert verdict(take_up(0.7, 0.79), 0.82, "2017-08-15").verdict == MISSED


def test_a_line_that_never_moved_is_on_course_for_less_than_it_is_and_off_for_more() -> None:
    level = take_up(*[0.8] * 8)
    assert verdict(level, 0.8).verdict == MET
    off = verdict(level, 0.81)
    assert off.verdict == OFF_COURSE
    assert off.projected == pytest.approx(0.8)


def test_a_season_that_comes_again_is_on_course_for_its_date_alone() -> None:
    # 90% every January to March, 60% otherwise: the target is reached by April, not by January.
    seasonal = take_up(0.6, 0.6, 0.9, 0.6, 0.6, 0.6, 0.9, 0.6, 0.6)
    assert verdict(seasonal, 0.85, "2018-04-01").verdict == ON_COURSE
    assert verdict(seasonal, 0.85, "2018-03-15").verdict == ON_COURSE
    assert verdict(seasonal, 0.85, "2018-01-01").verdict == OFF_COURSE


def test_a_date_beyond_the_coming_year_is_too_far_ahead() -> None:
    level = take_up(*[0.8] * 8)
    assert verdict(level, 0.9, "2018-10-01").verdict == OFF_COURSE
    assert verdict(level, 0.9, "2018-10-02").verdict == TOO_FAR


def test_a_cost_is_judged_by_its_twelve_months() -> None:
    found = verdict(costs([26.0] * 8), 25)
    assert (found.verdict, found.projected) == (OFF_COURSE, pytest.approx(26))


def test_a_date_that_is_over_without_figures_says_so() -> None:
    level = take_up(*[0.8] * 8)
    assert not verdict(level, 0.9).passed
    assert verdict(level, 0.9, today=date(2018, 4, 1)).passed


def test_nothing_is_said_where_nothing_was_reported() -> None:
    target = Target("digital-take-up", 0.8, date(2018, 4, 1))
    assert judged(target, TAKE_UP, take_up(0.9, status="partial"), TODAY) is None


def test_neither_more_nor_fewer_transactions_are_a_target() -> None:
    assert wrong_with(kpi("transactions"), 5)[0][0] == "key"


@pytest.mark.parametrize(("slug", "value"), [("digital-take-up", 82), (COST.slug, -1)])
def test_a_value_that_cannot_be_is_refused(slug: str, value: float) -> None:
    ((field, words),) = wrong_with(kpi(slug), value)
    assert field == "value"
    assert f"{value}" in words


def test_a_value_that_can_be_is_taken() -> None:
    assert wrong_with(TAKE_UP, 0.82) == wrong_with(COST, 25) == []

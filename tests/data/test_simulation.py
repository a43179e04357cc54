"""Sharing out exactly, and levels that run smoothly through the published years."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from data.simulation import (
    DAYS,
    MONDAYS,
    YEAR_OF,
    Peak,
    by_week,
    generator,
    in_weeks,
    levels,
    rushes,
    shared_out,
    shared_out_by_year,
)


def test_ten_shared_among_three_equals_is_whole_and_still_ten() -> None:
    # Running thirds of ten are 3.33, 6.67 and 10: rounded 3, 7 and 10, so 3, 4 and 3.
    assert shared_out(10, np.ones(3)).tolist() == [3, 4, 3]


def test_a_weight_of_nought_gets_nothing() -> None:
    assert shared_out(7, np.array([0.0, 2.0, 0.0, 5.0, 0.0])).tolist() == [0, 2, 0, 5, 0]


def test_billions_of_pence_are_shared_to_the_penny() -> None:
    shares = shared_out(5_446_389_454, np.linspace(0.1, 3, 12))
    assert shares.sum() == 5_446_389_454


def test_the_published_years_have_365_366_and_365_days() -> None:
    assert np.bincount(YEAR_OF).tolist() == [365, 366, 365]


def test_each_year_gets_its_own_total() -> None:
    counts = shared_out_by_year([365, 732, 0], np.ones(len(DAYS)))
    assert set(counts[:365]) == {1}
    assert set(counts[365:731]) == {2}
    assert set(counts[731:]) == {0}


def test_a_steady_service_has_a_steady_level() -> None:
    assert levels([3650, 3660, 3650], np.ones(len(DAYS))) == pytest.approx(np.full(len(DAYS), 10.0))


def test_growth_runs_through_the_years_without_a_jump_between_them() -> None:
    level = levels([36_500, 73_200, 109_500], np.ones(len(DAYS)))
    assert level[:365].sum() == pytest.approx(36_500)
    assert level[731:].sum() == pytest.approx(109_500)
    # 100 a day, then 200, then 300: a jump would be 100, a smooth level moves below one a day.
    assert np.abs(np.diff(level)).max() < 1


def test_a_level_never_falls_below_nought() -> None:
    assert levels([73_614, 480, 0], np.ones(len(DAYS))).min() > 0


def test_a_rush_is_highest_on_its_day_and_over_within_a_few_days() -> None:
    factor = rushes([Peak(date(2016, 6, 7), 20.0, rise=4, fall=1)])
    day = DAYS.index(date(2016, 6, 7))
    assert factor[day] == 21
    assert factor[day - 4] == pytest.approx(1 + 20 / np.e)
    assert factor[day + 10] == pytest.approx(1, abs=0.001)


def test_the_days_of_one_week_are_its_monday_to_sunday() -> None:
    inside = in_weeks([date(2015, 6, 1)])
    assert [day for day, yes in zip(DAYS, inside, strict=True) if yes] == [
        date(2015, 6, day) for day in range(1, 8)
    ]


def test_weeks_that_the_years_cut_short_are_made_up_to_seven_days() -> None:
    # 1 October 2014 was a Wednesday, 30 September 2017 a Saturday.
    assert (MONDAYS[0], MONDAYS[-1]) == (date(2014, 9, 29), date(2017, 9, 25))
    assert by_week(np.ones(len(DAYS))) == pytest.approx(np.full(157, 7.0))


def test_chance_is_the_same_for_the_same_name_only() -> None:
    assert generator("a").integers(1_000_000) == generator("a").integers(1_000_000)
    assert generator("a").integers(1_000_000) != generator("b").integers(1_000_000)

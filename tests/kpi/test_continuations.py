"""Lines of quarters and how they go on, worked by hand."""

import numpy as np
import pytest

from kpi.continuations import (
    Numbers,
    continued,
    latest_quarter,
    same_quarter_last_year,
    seasons,
    theta,
    typical_step,
)


def line(*values: float) -> Numbers:
    return np.array(values, dtype=float)


SEASONAL = line(9, 10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10)


def test_a_season_is_what_each_quarter_stands_above_or_below_its_year() -> None:
    assert seasons(SEASONAL) == pytest.approx(np.tile([-1.0, 0.0, 1.0, 0.0], 3))


def test_a_trend_is_no_season() -> None:
    assert seasons(np.arange(8.0)) == pytest.approx(np.zeros(8))


def test_theta_follows_half_of_a_straight_trend() -> None:
    # The level follows wholly, so it is 7; half the slope of 1 is added for each quarter.
    assert theta(np.arange(8.0)) == pytest.approx([7.5, 8.0, 8.5, 9.0])


def test_theta_repeats_a_season_that_never_changed() -> None:
    # The line with its season, and half of the slope that twelve quarters of no trend have.
    assert theta(SEASONAL) == pytest.approx([9.0, 10.0, 11.0, 10.0], abs=1e-9)


def test_last_year_and_the_latest_quarter_are_what_they_say() -> None:
    assert same_quarter_last_year(np.arange(8.0)).tolist() == [4, 5, 6, 7]
    assert latest_quarter(np.arange(8.0)).tolist() == [7, 7, 7, 7]


def test_of_three_ways_the_one_in_the_middle_is_taken_for_each_quarter() -> None:
    # Last year 4 to 7, the latest quarter 7, Theta 7.5 to 9.
    assert continued(np.arange(8.0)).tolist() == [7, 7, 7, 7]


def test_a_typical_step_is_the_mean_step_drawn_towards_what_is_usual() -> None:
    # Seven steps of 1, and eight that count as 0.1 each.
    assert typical_step(np.arange(8.0), usual=0.1, weight=8) == pytest.approx((7 + 0.8) / 15)


def test_a_season_is_no_step() -> None:
    assert typical_step(SEASONAL, usual=0.1, weight=0) == pytest.approx(0, abs=1e-9)

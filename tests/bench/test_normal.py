"""The promise about false alarms and drops found, on fewer services than the command takes."""

from __future__ import annotations

import numpy as np
import pytest

from bench.normal import (
    DROP,
    LEAST_FOUND,
    MOST_ALARMS,
    PERIODS,
    Rates,
    judged,
    rates,
    speed,
    together,
)
from bench.simulated import KINDS, simulated
from kpi.normal import ranges

SERVICES = 20


@pytest.fixture(scope="module")
def weekly() -> dict[str, Rates]:
    return {kind.name: rates(kind, "week", SERVICES) for kind in KINDS}


def test_one_quiet_week_in_a_hundred_at_most_raises_a_false_alarm(
    weekly: dict[str, Rates],
) -> None:
    every = together("", list(weekly.values()))
    assert every.judged > 50_000
    assert every.alarm_rate <= MOST_ALARMS


def test_nine_drops_in_ten_at_least_are_found_in_their_week(weekly: dict[str, Rates]) -> None:
    assert together("", list(weekly.values())).found_rate >= LEAST_FOUND


# Waves follow a rush of three weeks a year only so closely (docs/normal-range.md).
RUSH = "a rush every January"


@pytest.mark.parametrize("name", [kind.name for kind in KINDS if kind.name != RUSH])
def test_both_hold_for_each_kind_of_service(weekly: dict[str, Rates], name: str) -> None:
    # Of some 4,000 weeks of a kind the rates are known to a few tenths of a percentage point.
    found = weekly[name]
    assert found.alarm_rate <= MOST_ALARMS + 0.003
    assert found.found_rate >= LEAST_FOUND - 0.01


def test_a_rush_of_three_weeks_a_year_raises_no_alarm_and_hides_few_drops(
    weekly: dict[str, Rates],
) -> None:
    assert weekly[RUSH].alarm_rate <= MOST_ALARMS
    assert weekly[RUSH].found_rate >= LEAST_FOUND - 0.07


def test_months_raise_no_more_false_alarms_than_weeks() -> None:
    found = together("", [rates(kind, "month", SERVICES) for kind in KINDS])
    assert found.judged > 25_000
    assert found.alarm_rate <= MOST_ALARMS


def test_a_drop_that_is_reported_is_found_as_it_is_counted() -> None:
    """The rates ask of each week what would be if it fell: here one does."""
    world = simulated(KINDS[1], "week", PERIODS["week"], 3, 1)
    low, _ = ranges(world.lines)
    world.lines.values[-1] -= DROP * world.noise[-1]
    after, _ = ranges(world.lines)
    assert np.array_equal(low, after, equal_nan=True)
    assert (world.lines.values[-1] < after[-1]).all()


def test_all_verdicts_of_a_service_are_timed_beside_their_aim() -> None:
    found = speed()
    assert (found.unit, found.aim) == ("ms", 300)
    assert found.value > 0


def test_rates_are_of_quiet_periods_alone() -> None:
    kind = next(kind for kind in KINDS if kind.gaps)
    world = simulated(kind, "week", PERIODS["week"], 5, 1)
    found = judged("", world)
    assert 0 < found.judged <= world.quiet[104:].sum()
    assert not world.quiet[np.isnan(world.lines.values)].any()

"""League tables: one period, a minimum volume, how many qualified."""

from datetime import date

import pandas as pd
import pytest

from kpi.definitions import UnknownKpi
from kpi.frames import no_figures
from kpi.leagues import busiest, fastest_growing, highest, lowest
from kpi.periods import Period
from tests.kpi.rows import figure, kpi_frame

COST, VOLUME, TAKE_UP = "cost-per-transaction", "transactions", "digital-take-up"
JULY = Period("quarter", date(2017, 7, 1))
COSTS = kpi_frame(
    figure("farm-payments", COST, 727_000, 1_000),
    figure("farm-payments", VOLUME, 1_000),
    figure("land-registry", COST, 200, 10_000),
    figure("land-registry", VOLUME, 10_000),
    figure("vehicle-tax", COST, 140_000, 2_000),
    figure("vehicle-tax", VOLUME, 2_000),
    figure("rare", COST, 9_990, 10),
    figure("rare", VOLUME, 10),
    figure("half-known", COST, 1, 5_000, status="partial"),
    figure("half-known", VOLUME, 5_000),
    figure("no-volume", COST, 1, 5_000),
)


def test_the_highest_come_first_and_say_how_many_qualified() -> None:
    league = highest(COSTS, COST, 2, 1_000)
    assert list(league.frame["service"]) == ["farm-payments", "vehicle-tax"]
    assert list(league.frame["value"]) == [727.0, 70.0]
    assert list(league.frame["transactions"]) == [1_000, 2_000]
    assert (league.qualified, league.minimum) == (3, 1_000)


def test_the_lowest_come_first() -> None:
    league = lowest(COSTS, COST, 9, 1_000)
    assert list(league.frame["service"]) == ["land-registry", "vehicle-tax", "farm-payments"]
    assert list(league.frame["value"]) == [0.02, 70.0, 727.0]


def test_without_a_minimum_a_service_without_a_volume_is_in_the_running() -> None:
    league = lowest(COSTS, COST, 1, 0)
    assert list(league.frame["service"]) == ["no-volume"]
    assert pd.isna(league.frame["transactions"].item())
    assert league.qualified == 5


def test_a_partial_volume_that_reaches_the_minimum_is_enough() -> None:
    frame = kpi_frame(
        figure("a", TAKE_UP, 900, 1_000),
        figure("a", VOLUME, 1_000, status="partial"),
        figure("b", TAKE_UP, 900, 999),
        figure("b", VOLUME, 999, status="partial"),
    )
    assert list(highest(frame, TAKE_UP, 5, 1_000).frame["service"]) == ["a"]


def test_equal_values_are_in_the_order_of_their_slugs() -> None:
    frame = kpi_frame(*(figure(slug, COST, 10, 5) for slug in ("cherry", "apple", "banana")))
    for league in (highest(frame, COST, 2, 0), lowest(frame, COST, 2, 0)):
        assert list(league.frame["service"]) == ["apple", "banana"]


def test_a_league_is_of_one_period() -> None:
    frame = kpi_frame(figure("a", COST, 10, 5), figure("b", COST, 50, 5, start="2017-04-01"))
    with pytest.raises(ValueError, match="of one period, and these figures are of 2"):
        highest(frame, COST, 5, 0)
    assert list(highest(frame, COST, 5, 0, JULY).frame["service"]) == ["a"]


def test_the_volume_is_that_of_the_same_period() -> None:
    frame = kpi_frame(figure("a", COST, 10, 5), figure("a", VOLUME, 1_000, start="2017-04-01"))
    assert highest(frame, COST, 5, 1_000, JULY).qualified == 0


def test_the_busiest_have_the_most_transactions() -> None:
    league = busiest(COSTS, 2)
    assert list(league.frame["service"]) == ["land-registry", "half-known"]
    assert league.qualified == 5


def grown(service: str, before: int, now: int, volume: int = 1_000) -> list[dict[str, object]]:
    year_ago = "2016-07-01"
    return [
        figure(service, TAKE_UP, before, 100, start=year_ago),
        figure(service, TAKE_UP, now, 100),
        figure(service, VOLUME, 1_000, start=year_ago),
        figure(service, VOLUME, volume),
    ]


GROWTH = kpi_frame(
    *grown("slow", 50, 51),
    *grown("fast", 50, 75),
    *grown("shrinking", 50, 25),
    *grown("tiny", 1, 99, volume=10),
    figure("new", TAKE_UP, 99, 100),
    figure("new", VOLUME, 9_999),
)


def test_the_fastest_growing_are_compared_with_the_same_period_a_year_before() -> None:
    league = fastest_growing(GROWTH, TAKE_UP, 5, 1_000)
    assert list(league.frame["service"]) == ["fast", "slow"]
    assert league.frame["change"].iloc[0] == 0.25
    assert league.frame["before"].iloc[0] == 0.5
    assert list(league.frame["verdict"]) == ["better", "better"]
    assert (league.qualified, league.minimum) == (3, 1_000)
    assert fastest_growing(GROWTH, TAKE_UP, 1, 1_000).qualified == 3


def test_growth_is_asked_of_a_period_and_against_another() -> None:
    assert fastest_growing(GROWTH, TAKE_UP, 5, 0, against="previous").qualified == 0
    assert fastest_growing(GROWTH, TAKE_UP, 5, 0, period=JULY.previous).qualified == 0
    assert fastest_growing(GROWTH, TAKE_UP, 5, 0, period=JULY).qualified == 4
    with pytest.raises(ValueError, match="not a comparison"):
        fastest_growing(GROWTH, TAKE_UP, 5, 0, against="yesterday")


def test_an_unknown_kpi_is_refused() -> None:
    with pytest.raises(UnknownKpi, match="happiness"):
        highest(COSTS, "happiness", 5, 0)


def test_without_figures_nobody_is_in_the_running() -> None:
    some = highest(COSTS, COST, 2, 1_000).frame
    for league in (highest(no_figures(), COST, 5, 1), lowest(no_figures(), COST, 5, 1)):
        assert league.frame.empty
        assert list(league.frame.columns) == list(some.columns)
        assert league.qualified == 0
    assert busiest(no_figures(), 5).frame.empty
    growth = fastest_growing(no_figures(), TAKE_UP, 5, 1)
    assert growth.frame.empty
    more = ["before", "change", "relative", "verdict"]
    assert list(growth.frame.columns) == [*some.columns, *more]

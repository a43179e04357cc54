"""The coming year of a service's figures: from what, how far, and within what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kpi.definitions import kpi
from kpi.frames import no_figures
from kpi.periods import Period
from kpi.projections import PROJECTED, projection, projections, twelve_months_projection
from tests.kpi.rows import figure, kpi_frame

VOLUME, TAKE_UP, COST = kpi("transactions"), kpi("digital-take-up"), kpi("cost-per-transaction")
FIRST = {"quarter": "2015-10-01", "month": "2015-10-01", "week": "2015-10-05"}


def starts(period: str, count: int, first: str = "") -> list[str]:
    one = Period(period, date.fromisoformat(first or FIRST[period]))
    found = []
    for _ in range(count):
        found.append(one.start.isoformat())
        one = one.next
    return found


def volumes(values: Sequence[float | None], period: str = "quarter", **more: Any) -> pd.DataFrame:
    """Transactions in a row; None for a period that was not reported."""
    pairs = zip(starts(period, len(values)), values, strict=True)
    rows = [
        figure("licensing", "transactions", value, period=period, start=start, **more)
        for start, value in pairs
        if value is not None
    ]
    return kpi_frame(*rows) if rows else no_figures()


def shares(values: Sequence[float], of: float = 1000) -> pd.DataFrame:
    pairs = zip(starts("quarter", len(values)), values, strict=True)
    return kpi_frame(*(figure("a", "digital-take-up", v * of, of, start=s) for s, v in pairs))


def test_what_never_changed_goes_on_as_it_is() -> None:
    found = projection(volumes([99] * 8), VOLUME)
    assert found["value"].tolist() == pytest.approx([99] * 4 + [4 * 99])
    assert found["period"].tolist() == ["quarter"] * 4 + ["twelve months"]
    # September 2017 was the last month that was reported.
    assert found["start_at"].iloc[0] == pd.Timestamp("2017-10-01")
    assert found["end_at"].iloc[4] == pd.Timestamp("2018-10-01")


def test_the_interval_is_so_many_typical_steps_wide() -> None:
    found = projection(volumes([99] * 8), VOLUME)
    # Seven steps of nought and eight of 0.1: 0.8 ÷ 15; times 1.74 for the first quarter. With the
    # 1 that is added before taking logarithms the line stands at 100.
    half = np.exp(1.74 * 0.8 / 15)
    assert found["low"].iloc[0] == pytest.approx(100 / half - 1)
    assert found["high"].iloc[0] == pytest.approx(100 * half - 1)
    # The year's total has its own width, 1.66 steps.
    assert found["high"].iloc[4] == pytest.approx(397 * np.exp(1.66 * 0.8 / 15) - 1)


def test_a_season_comes_again() -> None:
    found = projection(volumes([100, 200, 300, 200] * 3), VOLUME)
    assert found["value"].head(4).tolist() == pytest.approx([100, 200, 300, 200], rel=0.01)


@pytest.mark.parametrize(("period", "count"), [("quarter", 8), ("month", 24), ("week", 104)])
def test_two_years_are_enough_and_a_period_less_is_not(period: str, count: int) -> None:
    of_a_year = count // 2
    assert len(projection(volumes([50] * count, period), VOLUME)) == of_a_year + 1
    assert projection(volumes([50] * (count - 1), period), VOLUME).empty


def test_nothing_is_said_where_nothing_was_reported() -> None:
    assert projections(volumes([]), [VOLUME, TAKE_UP]).empty


def test_a_gap_of_a_quarter_is_not_bridged() -> None:
    values: list[float | None] = [50] * 12
    values[6] = None
    assert projection(volumes(values), VOLUME).empty


def test_a_month_that_is_missing_is_bridged_and_two_in_a_row_are_not() -> None:
    values: list[float | None] = [50] * 30
    values[20] = None
    assert projection(volumes(values, "month"), VOLUME)["value"].iloc[0] == pytest.approx(50)
    values[21] = None
    assert projection(volumes(values, "month"), VOLUME).empty


def test_gaps_before_the_years_that_count_do_no_harm() -> None:
    values = [50, None, None, *[50] * 8]
    assert len(projection(volumes(values), VOLUME)) == 5


def test_many_single_gaps_are_too_many() -> None:
    values: list[float | None] = [50] * 48
    values[1::4] = [None] * 12
    assert projection(volumes(values, "month"), VOLUME).empty


def test_a_partial_figure_is_not_projected_from_but_in_its_place() -> None:
    sound = volumes([50] * 8)
    part = figure("licensing", "transactions", 9, start="2017-10-01", status="partial")
    found = projection(pd.concat([sound, kpi_frame(part)]), VOLUME)
    assert found["start_at"].iloc[0] == pd.Timestamp("2017-10-01")
    assert found["value"].iloc[0] == pytest.approx(50)


def test_a_year_without_anyone_is_not_projected() -> None:
    assert projection(volumes([50] * 8 + [0] * 4), VOLUME).empty


def test_a_quarter_of_nought_is_a_figure_like_any_other() -> None:
    found = projection(volumes([50, 50, 50, 0] * 3), VOLUME)
    assert found["value"].iloc[3] == pytest.approx(0, abs=0.01)
    assert (found["low"] >= 0).all()


def test_rolling_years_are_never_added_up() -> None:
    rows = [
        figure("a", "transactions", 400, period="year", start=start)
        for start in starts("quarter", 9, "2014-01-01")
    ]
    found = projection(kpi_frame(*rows), VOLUME)
    assert found["period"].tolist() == ["year"] * 4
    assert found["start_at"].dt.strftime("%Y-%m").tolist() == [
        "2016-04",
        "2016-07",
        "2016-10",
        "2017-01",
    ]


def test_take_up_stays_between_none_and_all_of_it() -> None:
    rising = [0.80, 0.85, 0.88, 0.91, 0.93, 0.95, 0.97, 0.98, 0.99]
    found = projection(shares(rising), TAKE_UP)
    assert len(found) == 4
    assert found["high"].max() <= 1
    assert (found["low"] < found["value"]).all()
    assert (found["value"] < found["high"]).all()


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_none_and_all_of_it_stay_what_they_are(share: float) -> None:
    assert projection(shares([share] * 8), TAKE_UP)["value"].tolist() == [share] * 4


def test_a_rate_over_100_percent_is_not_projected() -> None:
    assert projection(shares([0.9] * 8 + [1.1]), TAKE_UP).empty


def test_take_up_of_months_is_pooled_over_a_quarter_never_averaged() -> None:
    months = starts("month", 24)
    # Two months of 10 at 0% and one of 980 at 100%: a quarter at 98%, which a mean would call 33%.
    each = [(0.0, 10.0), (0.0, 10.0), (980.0, 980.0)] * 8
    rows = [
        figure("a", "digital-take-up", up, of, period="month", start=start)
        for (up, of), start in zip(each, months, strict=True)
    ]
    found = projection(kpi_frame(*rows), TAKE_UP)
    assert found["value"].tolist()[:3] == pytest.approx([0, 0, 1], abs=0.001)


def test_rates_of_months_without_their_terms_are_not_pooled() -> None:
    rows = [
        figure("a", "digital-take-up", 0.5, period="month", start=start)
        | {"numerator": None, "value": 0.5}
        for start in starts("month", 30)
    ]
    assert projection(kpi_frame(*rows), TAKE_UP).empty


def test_weeks_add_up_to_the_total_of_their_year() -> None:
    season = [100 + 30 * np.sin(2 * np.pi * week / 52) for week in range(156)]
    found = projection(volumes(season, "week"), VOLUME)
    assert len(found) == 53
    assert found["value"].head(52).sum() == pytest.approx(found["value"].iloc[52])
    # Each week as in the years before it.
    assert found["value"].head(52).tolist() == pytest.approx(season[:52], rel=0.05)


def test_projections_are_of_the_kpis_that_were_asked_for_and_have_two_years() -> None:
    both = pd.concat([volumes([50] * 8), shares([0.5] * 7)])
    found = projections(both, [kpi(slug) for slug in PROJECTED])
    assert set(found["kpi"]) == {"transactions"}
    assert found["unit"].unique().tolist() == ["transactions"]


@pytest.mark.parametrize(("period", "year"), [("week", 52), ("month", 12)])
def test_intervals_of_made_up_weeks_and_months_hold_about_four_of_five(
    period: str, year: int
) -> None:
    held = []
    numbers = np.random.default_rng(2017)
    # Noise from one period to the next, and how far the level wanders in a year.
    for noise, wandering in ((0.05, 0.0), (0.05, 0.1), (0.02, 0.2), (0.15, 0.1)):
        for _ in range(15):
            level = np.cumsum(numbers.normal(0, wandering / np.sqrt(year), 4 * year))
            season = 0.2 * np.sin(2 * np.pi * np.arange(4 * year) / year)
            line = np.exp(9 + level + season + numbers.normal(0, noise, 4 * year))
            found = projection(volumes(line[: 3 * year].tolist(), period), VOLUME).head(year)
            came = line[3 * year :]
            held.append(((found["low"] <= came) & (came <= found["high"])).mean())
    assert 0.75 <= np.mean(held) <= 0.9


def test_a_price_is_projected_in_pounds_above_nothing() -> None:
    rows = [
        figure("a", "cost-per-transaction", 500, 1000, start=start)
        for start in starts("quarter", 8)
    ]
    found = projection(kpi_frame(*rows), COST)
    assert found["value"].tolist() == pytest.approx([0.5] * 4)
    assert (found["low"] > 0).all()


def test_twelve_months_are_pooled_from_what_was_reported_and_what_is_projected() -> None:
    # £1 each for a year, then £2 each; as many in every quarter. At £2 from now on.
    pounds = [100] * 4 + [200] * 8
    rows = [
        figure("a", "cost-per-transaction", cost, 100, start=start)
        for cost, start in zip(pounds, starts("quarter", 12), strict=True)
    ]
    level = twelve_months_projection(kpi_frame(*rows), COST)
    assert level["value"].tolist() == pytest.approx([2.0] * 4, rel=0.01)
    assert level["period"].unique().tolist() == ["twelve months"]
    assert level["start_at"].iloc[0] == pd.Timestamp("2018-01-01")
    assert level["end_at"].iloc[0] == pd.Timestamp("2019-01-01")


def test_twelve_months_weigh_each_part_by_its_base_of_the_year_before() -> None:
    # £1 in three quarters with 100 each, £4 in the one with 700: (3 × 100 + 2,800) ÷ 1,000.
    terms = [(100, 100), (100, 100), (100, 100), (2800, 700)] * 2
    rows = [
        figure("a", "cost-per-transaction", *each, start=start)
        for each, start in zip(terms, starts("quarter", 8), strict=True)
    ]
    found = twelve_months_projection(kpi_frame(*rows), COST)
    assert found["value"].tolist() == pytest.approx([3.1] * 4, rel=0.01)

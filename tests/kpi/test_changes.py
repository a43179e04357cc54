"""What changed, between aligned periods only."""

from datetime import date

import pandas as pd
import pytest

from kpi.changes import changes, like_for_like
from kpi.frames import KPI_COLUMNS, no_figures
from kpi.periods import Period
from kpi.totals import totals
from tests.kpi.rows import figure, kpi_frame

TAKE_UP, COST = "digital-take-up", "cost-per-transaction"
JULY, APRIL = Period("quarter", date(2017, 7, 1)), Period("quarter", date(2017, 4, 1))


def latest(frame: pd.DataFrame) -> pd.Series:
    return frame.sort_values("start_at").iloc[-1]


def test_a_change_is_measured_against_the_adjacent_period() -> None:
    frame = kpi_frame(
        figure("a", TAKE_UP, 75, 100),
        figure("a", TAKE_UP, 50, 100, start="2017-04-01"),
        figure("a", TAKE_UP, 25, 100, start="2016-07-01"),
    )
    found = latest(changes(frame, "previous"))
    assert (found.before, found.change, found.relative) == (0.5, 0.25, 0.5)
    assert found.verdict == "better"
    found = latest(changes(frame, "year before"))
    assert (found.before, found.change, found.relative) == (0.25, 0.5, 2.0)


def test_the_last_figure_we_have_is_not_the_one_before() -> None:
    frame = kpi_frame(
        figure("a", TAKE_UP, 75, 100), figure("a", TAKE_UP, 50, 100, start="2017-01-01")
    )
    found = latest(changes(frame, "previous"))
    assert found[["before", "change", "relative"]].isna().all()
    assert found.verdict == ""


@pytest.mark.parametrize("status", ["partial", "suppressed", "not reported", "not applicable"])
def test_both_periods_must_be_reported(status: str) -> None:
    now, before = figure("a", TAKE_UP, 75, 100), figure("a", TAKE_UP, 50, 100, start="2017-04-01")
    for frame in (
        kpi_frame(now | {"status": status}, before),
        kpi_frame(now, before | {"status": status}),
    ):
        found = latest(changes(frame, "previous"))
        assert found[["before", "change", "relative"]].isna().all()
        assert found.verdict == ""


@pytest.mark.parametrize(
    ("slug", "now", "before", "verdict"),
    [
        (TAKE_UP, 60, 50, "better"),
        (TAKE_UP, 40, 50, "worse"),
        (TAKE_UP, 50, 50, "same"),
        (COST, 60, 50, "worse"),
        (COST, 40, 50, "better"),
        ("transactions", 60, 50, ""),
        ("transactions", 50, 50, "same"),
    ],
)
def test_the_verdict_is_by_better_or_worse_not_by_up_or_down(
    slug: str, now: int, before: int, verdict: str
) -> None:
    base = None if slug == "transactions" else 100
    frame = kpi_frame(
        figure("a", slug, now, base), figure("a", slug, before, base, start="2017-04-01")
    )
    assert latest(changes(frame, "previous")).verdict == verdict


def test_the_same_rate_of_other_numbers_is_the_same() -> None:
    frame = kpi_frame(
        figure("a", TAKE_UP, 0.1 + 0.2, 1), figure("a", TAKE_UP, 0.3, 1, start="2017-04-01")
    )
    found = latest(changes(frame, "previous"))
    assert (found.change, found.verdict) == (0, "same")


def test_from_nought_there_is_a_change_but_no_percentage() -> None:
    frame = kpi_frame(
        figure("a", TAKE_UP, 5, 100), figure("a", TAKE_UP, 0, 100, start="2017-04-01")
    )
    found = latest(changes(frame, "previous"))
    assert found.change == 0.05
    assert pd.isna(found.relative)


def test_services_kpis_and_lengths_of_period_are_not_mixed_up() -> None:
    frame = kpi_frame(
        figure("a", TAKE_UP, 75, 100),
        figure("b", TAKE_UP, 50, 100, start="2017-04-01"),
        figure("a", COST, 50, 100, start="2017-04-01"),
        figure("a", TAKE_UP, 50, 100, period="month", start="2017-06-01"),
    )
    assert (changes(frame, "previous")["verdict"] == "").all()


def test_a_week_is_compared_with_the_one_fifty_two_weeks_earlier() -> None:
    frame = kpi_frame(
        figure("a", TAKE_UP, 75, 100, period="week", start="2013-10-14"),
        figure("a", TAKE_UP, 50, 100, period="week", start="2012-10-15"),
    )
    assert latest(changes(frame, "year before")).before == 0.5


def test_totals_and_groups_change_as_services_do() -> None:
    frame = kpi_frame(
        figure("a", TAKE_UP, 75, 100), figure("a", TAKE_UP, 50, 100, start="2017-04-01")
    )
    assert latest(changes(totals(frame, 1), "previous")).change == 0.25
    grouped = totals(frame, 1, by=pd.Series({"a": "dwp", "b": "hmrc"}))
    found = changes(grouped, "previous").dropna(subset="change")
    assert list(found["group"]) == ["dwp"]


def test_rows_come_back_in_their_order_with_four_more_columns() -> None:
    frame = kpi_frame(
        figure("b", TAKE_UP, 75, 100), figure("a", TAKE_UP, 50, 100), figure("a", COST, 3, 1)
    )
    found = changes(frame, "previous")
    assert list(found["service"]) == ["b", "a", "a"]
    assert tuple(found.columns) == (*KPI_COLUMNS, "before", "change", "relative", "verdict")
    assert tuple(changes(no_figures(), "year before").columns) == tuple(found.columns)


def test_an_unknown_comparison_is_refused() -> None:
    with pytest.raises(ValueError, match="not a comparison"):
        changes(no_figures(), "yesterday")


def test_like_for_like_takes_only_services_that_reported_both_periods() -> None:
    # b came in with a low rate and c went: neither says that anything changed.
    frame = kpi_frame(
        figure("a", TAKE_UP, 60, 100),
        figure("a", TAKE_UP, 50, 100, start="2017-04-01"),
        figure("b", TAKE_UP, 1, 1000),
        figure("c", TAKE_UP, 999, 1000, start="2017-04-01"),
        figure("d", TAKE_UP, 90, 300),
        figure("d", TAKE_UP, 30, 100, start="2017-04-01"),
    )
    found = like_for_like(frame, JULY, APRIL)
    assert len(found) == 1
    row = found.iloc[0]
    # (60 + 90) ÷ (100 + 300), and (50 + 30) ÷ (100 + 100) before
    assert (row.kpi, row.value, row.before, row.services) == (TAKE_UP, 0.375, 0.4, 2)
    assert row.change == pytest.approx(-0.025)
    assert row.relative == pytest.approx(-0.0625)
    assert row.verdict == "worse"


def test_like_for_like_of_nobody_is_empty_rather_than_nought() -> None:
    frame = kpi_frame(
        figure("a", "transactions", 60),
        figure("a", "transactions", 50, start="2017-04-01", status="partial"),
        figure("a", COST, 60, 10),
        figure("a", COST, 55, 10, start="2017-04-01"),
    )
    found = like_for_like(frame, JULY, APRIL).set_index("kpi")
    assert found.loc["transactions", "services"] == 0
    assert found.loc["transactions", ["value", "before", "change"]].isna().all()
    assert found.loc["transactions", "verdict"] == ""
    assert found.loc[COST, "change"] == 0.5


def test_a_published_year_is_preferred_to_a_window_over_the_same_months() -> None:
    frame = kpi_frame(
        figure("a", "transactions", 11, period="twelve months", start="2016-10-01"),
        figure("a", "transactions", 10, period="year", start="2016-10-01"),
        figure("a", "transactions", 8, period="twelve months", start="2015-10-01"),
    )
    found = like_for_like(
        frame, Period("year", date(2016, 10, 1)), Period("year", date(2015, 10, 1))
    )
    assert (found["value"].item(), found["before"].item(), found["services"].item()) == (10, 8, 1)


def test_like_for_like_without_figures_has_the_same_columns() -> None:
    columns = ["kpi", "value", "before", "change", "relative", "verdict", "services"]
    assert list(like_for_like(no_figures(), JULY, APRIL).columns) == columns

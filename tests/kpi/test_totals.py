"""KPIs over several services."""

import pandas as pd
import pytest

from kpi.formulas import figures
from kpi.frames import no_figures
from kpi.totals import TOTAL_COLUMNS, totals
from tests.kpi.rows import figure, kpi_frame, long_frame, measurement

TAKE_UP, COST = "digital-take-up", "cost-per-transaction"


def test_numerators_and_denominators_are_added_and_then_divided() -> None:
    # The average of 90% and 10% is 50%; but 9 + 100 of 10 + 1,000 is 109 of 1,010.
    found = totals(kpi_frame(figure("a", TAKE_UP, 9, 10), figure("b", TAKE_UP, 100, 1000)), 3)
    assert len(found) == 1
    total = found.iloc[0]
    assert (total.numerator, total.denominator) == (109, 1010)
    assert total.value == pytest.approx(0.107921, abs=1e-6)
    assert (total.services_reporting, total.services, total.status) == (2, 3, "reported")
    assert (total.parts, total.expected, total.part) == (2, 3, "service")
    assert total.end_at == pd.Timestamp("2017-10-01")


def test_an_amount_is_added_up_and_has_no_denominator() -> None:
    total = totals(
        kpi_frame(figure("a", "transactions", 10), figure("b", "transactions", 1000)), 2
    ).iloc[0]
    assert (total.value, total.numerator) == (1010, 1010)
    assert pd.isna(total.denominator)


@pytest.mark.parametrize("status", ["partial", "suppressed", "not applicable", "not reported"])
def test_only_services_that_reported_count(status: str) -> None:
    total = totals(
        kpi_frame(figure("a", COST, 50, 10), figure("b", COST, 900, 10, status=status)), 2
    ).iloc[0]
    assert (total.value, total.services_reporting) == (5.0, 1)


def test_only_services_with_both_a_cost_and_a_volume_make_the_cost_per_transaction() -> None:
    frame = long_frame(
        measurement("a", "cost", 500.0),
        measurement("a", "transactions", 100),
        measurement("b", "transactions", 900),
        measurement("c", "cost", 700.0),
    )
    found = totals(figures(frame), 3).set_index("kpi")
    assert found.loc[COST, "value"] == 5.0
    assert found.loc["transactions", "value"] == 1000
    assert found.loc["total-cost", "value"] == 500.0
    assert list(found["services_reporting"]) == [1, 2, 1]


def test_a_period_in_which_none_reported_is_not_reported_rather_than_nought() -> None:
    frame = kpi_frame(
        figure("a", COST, 50, 10, status="partial"),
        figure("a", COST, 60, 10, start="2017-04-01"),
        figure("a", "transactions", 10),
    )
    found = totals(frame, 1).set_index(["kpi", "start_at"])
    july, april = pd.Timestamp("2017-07-01"), pd.Timestamp("2017-04-01")
    assert found.loc[(COST, july), "status"] == "not reported"
    assert found.loc[(COST, july), ["value", "numerator"]].isna().all()
    assert found.loc[(COST, july), "services_reporting"] == 0
    assert found.loc[(COST, april), "value"] == 6.0
    assert found.loc[("transactions", april), "status"] == "not reported"


def test_rolling_years_are_never_added_to_one_another() -> None:
    frame = kpi_frame(
        figure("a", "transactions", 100, period="year", start="2016-10-01"),
        figure("a", "transactions", 90, period="year", start="2016-07-01"),
        figure("a", "transactions", 80, period="year", start="2017-01-01"),
    )
    assert list(totals(frame, 1)["value"]) == [90, 100, 80]


def test_each_group_counts_its_own_services() -> None:
    department = pd.Series({"a": "dwp", "b": "dwp", "c": "hmrc", "d": "hmrc", "e": "hmrc"})
    frame = kpi_frame(
        figure("a", "transactions", 1),
        figure("b", "transactions", 2),
        figure("c", "transactions", 4),
        figure("unknown", "transactions", 8),
    )
    found = totals(frame, 99, by=department)
    assert list(found["group"]) == ["dwp", "hmrc"]
    assert list(found["value"]) == [3, 4]
    assert list(found["services_reporting"]) == [2, 1]
    assert list(found["services"]) == [2, 3]


def test_a_group_in_which_none_reported_has_a_row_that_says_so() -> None:
    department = pd.Series({"a": "dwp", "b": "hmrc"})
    found = totals(kpi_frame(figure("a", "transactions", 1)), 2, by=department)
    assert list(found["status"]) == ["reported", "not reported"]
    assert list(found["services"]) == [1, 1]


def test_without_figures_there_is_an_empty_frame_of_the_same_columns() -> None:
    assert tuple(totals(no_figures(), 5).columns) == TOTAL_COLUMNS
    grouped = totals(no_figures(), 5, by=pd.Series({"a": "dwp"}))
    assert tuple(grouped.columns) == ("group", *TOTAL_COLUMNS)
    some = totals(kpi_frame(figure("a", "transactions", 1)), 5)
    assert tuple(some.columns) == TOTAL_COLUMNS


def test_a_service_that_nobody_used_reported_both_its_volumes() -> None:
    frame = long_frame(
        measurement("a", "transactions", 100),
        measurement("a", "transactions", 60, "digital"),
        measurement("idle", "transactions", 0),
        measurement("idle", "transactions", 0, "digital"),
        measurement("secret", "transactions", None, status="not applicable"),
        measurement("secret", "transactions", 0, "digital"),
    )
    total = totals(figures(frame, [TAKE_UP], zero_bases=True), 4).iloc[0]
    assert (total.value, total.services_reporting, total.status) == (0.6, 2, "reported")


def test_a_total_over_nothing_but_idle_services_is_not_applicable() -> None:
    frame = long_frame(
        measurement("idle", "transactions", 0), measurement("idle", "transactions", 0, "digital")
    )
    total = totals(figures(frame, [TAKE_UP], zero_bases=True), 4).iloc[0]
    assert pd.isna(total.value)
    assert (total.services_reporting, total.status) == (1, "not applicable")

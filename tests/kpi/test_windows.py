"""Twelve months that end with any month or quarter."""

from typing import Any

import pandas as pd
import pytest

from kpi.frames import KPI_COLUMNS, no_figures
from kpi.windows import latest_year, twelve_months
from tests.kpi.rows import figure, kpi_frame

COST, VOLUME = "cost-per-transaction", "transactions"
MONTHS = [f"2016-{month:02}-01" for month in range(1, 13)] + ["2017-01-01"]
QUARTERS = ["2016-10-01", "2017-01-01", "2017-04-01", "2017-07-01"]


def monthly(**more: Any) -> list[dict[str, Any]]:
    """Month n of thirteen costs n pounds; each has ten transactions."""
    rows = []
    for nth, start in enumerate(MONTHS, start=1):
        rows.append(figure("a", COST, nth, 10, period="month", start=start) | more)
    return rows


def ending(frame: pd.DataFrame, end_at: str) -> Any:
    rows = frame[frame["end_at"] == pd.Timestamp(end_at)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_twelve_reported_months_make_a_reported_window() -> None:
    found = twelve_months(kpi_frame(*monthly()))
    year = ending(found, "2017-01-01")
    # £1 + £2 + … + £12 = £78, of 120 transactions
    assert (year.numerator, year.denominator, year.value) == (78, 120, 0.65)
    assert (year.period, year.status, year.unit) == ("twelve months", "reported", "pounds")
    assert year.start_at == pd.Timestamp("2016-01-01")
    assert (year.parts, year.expected, year.part) == (12, 12, "month")
    # the next one drops January's £1 and takes £13
    assert ending(found, "2017-02-01").numerator == 90


def test_a_window_of_too_few_months_is_partial_and_says_how_many_there_are() -> None:
    november = ending(twelve_months(kpi_frame(*monthly())), "2016-12-01")
    assert (november.status, november.parts, november.expected) == ("partial", 11, 12)
    assert november.value == 0.6  # £66 of 110


def test_a_window_with_a_partial_month_is_partial() -> None:
    rows = monthly()
    rows[4] |= {"status": "partial"}
    year = ending(twelve_months(kpi_frame(*rows)), "2017-01-01")
    assert (year.status, year.parts, year.numerator) == ("partial", 11, 78)


def test_a_window_ends_only_with_a_month_that_has_a_figure() -> None:
    rows = monthly()
    del rows[6]
    rows[-1] |= {"status": "suppressed", "value": None}
    ends = set(twelve_months(kpi_frame(*rows))["end_at"].dt.strftime("%Y-%m"))
    assert "2016-08" not in ends
    assert "2017-02" not in ends
    assert len(ends) == 11


def test_four_reported_quarters_make_a_window() -> None:
    frame = kpi_frame(*(figure("a", VOLUME, 25, start=start) for start in QUARTERS))
    year = ending(twelve_months(frame), "2017-10-01")
    assert (year.value, year.status, year.expected, year.part) == (100, "reported", 4, "quarter")
    assert pd.isna(year.denominator)


def test_two_quarters_never_pass_for_a_year() -> None:
    frame = kpi_frame(*(figure("a", VOLUME, 25, start=start) for start in QUARTERS[2:]))
    year = ending(twelve_months(frame), "2017-10-01")
    assert (year.status, year.parts, year.expected) == ("partial", 2, 4)


def test_services_and_kpis_keep_their_own_windows() -> None:
    rows = monthly() + [row | {"service": "b", "numerator": 100.0} for row in monthly()]
    found = twelve_months(kpi_frame(*rows))
    whole = found[found["end_at"] == pd.Timestamp("2017-01-01")]
    assert list(whole["service"]) == ["a", "b"]
    assert list(whole["numerator"]) == [78, 1200]


def test_months_and_quarters_of_the_same_time_make_one_window() -> None:
    quarters = [figure("a", COST, 30, 30, start=f"2016-{month}-01") for month in ("01", "04", "07")]
    quarters.append(figure("a", COST, 30, 30, start="2016-10-01", status="partial"))
    year = ending(twelve_months(kpi_frame(*monthly(), *quarters)), "2017-01-01")
    assert (year.part, year.status) == ("month", "reported")
    quarters[-1] |= {"status": "reported"}
    year = ending(twelve_months(kpi_frame(*monthly(), *quarters)), "2017-01-01")
    assert (year.part, year.status, year.numerator) == ("quarter", "reported", 120)


def test_pennies_do_not_pile_up_from_one_window_to_the_next() -> None:
    rows = [
        figure("a", "total-cost", 1e12 if start < "2016-02" else 0.01, period="month", start=start)
        for start in MONTHS
    ]
    found = twelve_months(kpi_frame(*rows))
    assert ending(found, "2017-02-01").value == pytest.approx(0.12, abs=1e-12)


def test_days_weeks_and_years_make_no_window() -> None:
    frame = kpi_frame(
        figure("a", VOLUME, 1, period="day"),
        figure("a", VOLUME, 1, period="week", start="2017-07-03"),
        figure("a", VOLUME, 1, period="year", start="2016-10-01"),
    )
    assert twelve_months(frame).empty


@pytest.mark.parametrize(
    ("year", "value", "period"),
    [
        ("2016-10-01", 99, "year"),
        ("2016-07-01", 100, "twelve months"),
        ("2017-01-01", 99, "year"),
    ],
)
def test_the_latest_year_is_the_one_that_ends_last(year: str, value: int, period: str) -> None:
    quarters = [figure("a", VOLUME, 25, start=start) for start in QUARTERS]
    frame = kpi_frame(*quarters, figure("a", VOLUME, 99, period="year", start=year))
    found = latest_year(frame)
    assert len(found) == 1
    assert (found["value"].item(), found["period"].item()) == (value, period)


def test_the_latest_year_is_a_reported_one() -> None:
    frame = kpi_frame(
        figure("a", VOLUME, 99, period="year", start="2016-10-01", status="partial"),
        figure("a", VOLUME, 80, period="year", start="2015-10-01"),
        figure("a", VOLUME, 25),
        figure("b", VOLUME, 25),
    )
    found = latest_year(frame)
    assert list(found["service"]) == ["a"]
    assert list(found["value"]) == [80]


def test_windows_that_are_in_the_frame_already_are_candidates_too() -> None:
    windows = twelve_months(kpi_frame(*monthly()))
    assert list(latest_year(windows)["numerator"]) == [90]


def test_without_figures_there_is_an_empty_frame_of_the_same_columns() -> None:
    for found in (twelve_months(no_figures()), latest_year(no_figures())):
        assert found.empty
        assert tuple(found.columns) == KPI_COLUMNS
    assert tuple(twelve_months(kpi_frame(*monthly())).columns) == KPI_COLUMNS


def idle(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"value": None, "numerator": 0, "denominator": 0, "status": "not applicable"}


def test_a_month_that_nobody_used_is_a_reported_part_of_the_year() -> None:
    rows = monthly()
    rows[7] = idle(rows[7])
    year = ending(twelve_months(kpi_frame(*rows)), "2017-01-01")
    # £78 without August's £8, of 110 transactions
    assert (year.status, year.parts, year.numerator, year.denominator) == ("reported", 12, 70, 110)


def test_a_year_that_nobody_used_is_not_applicable() -> None:
    year = ending(twelve_months(kpi_frame(*map(idle, monthly()))), "2017-01-01")
    assert year.status == "not applicable"
    assert pd.isna(year.value)

"""The four KPIs and what they rest on, worked by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from kpi.definitions import HEADLINE, SLUGS, UnknownKpi
from kpi.formulas import figures
from kpi.frames import KPI_COLUMNS, MEASUREMENT_COLUMNS
from tests.kpi.rows import long_frame, measurement


def one(frame: pd.DataFrame, slug: str) -> Any:
    rows = frame[frame["kpi"] == slug]
    assert len(rows) == 1, f"{len(rows)} rows of {slug}"
    return rows.iloc[0]


def slugs(frame: pd.DataFrame) -> list[str]:
    return list(frame["kpi"])


def test_cost_per_transaction_is_cost_divided_by_transactions() -> None:
    found = one(
        figures(
            long_frame(
                measurement("passports", "cost", 500.0),
                measurement("passports", "transactions", 200),
            )
        ),
        "cost-per-transaction",
    )
    assert (found.value, found.numerator, found.denominator) == (2.5, 500.0, 200.0)
    assert (found.unit, found.status, found.service) == ("pounds", "reported", "passports")
    assert (found.start_at, found.end_at) == (pd.Timestamp("2017-09-01"), pd.Timestamp("2017-10-1"))


def test_satisfaction_pools_ratings_from_one_to_five() -> None:
    # 2 people rated 1, 1 rated 3, 5 rated 5: (2×0 + 1×0.5 + 5×1) ÷ 8
    frame = long_frame(
        measurement("passports", "satisfaction", 5.5), measurement("passports", "ratings", 8)
    )
    assert one(figures(frame), "user-satisfaction").value == 0.6875


def test_completion_rate_is_completed_of_started() -> None:
    frame = long_frame(
        measurement("claims", "journey-completed", 30), measurement("claims", "journey-started", 48)
    )
    assert one(figures(frame), "completion-rate").value == 0.625


def test_assisted_digital_counts_in_the_denominator_only() -> None:
    frame = long_frame(
        measurement("claims", "transactions", 100),
        measurement("claims", "transactions", 60, "digital"),
        measurement("claims", "transactions", 15, "assisted digital"),
        measurement("claims", "transactions", 25, "non-digital"),
    )
    assert one(figures(frame), "digital-take-up").value == 0.6


def test_over_a_hundred_percent_is_not_clipped() -> None:
    frame = long_frame(
        measurement("claims", "transactions", 100),
        measurement("claims", "transactions", 125, "digital"),
    )
    assert one(figures(frame), "digital-take-up").value == 1.25


def test_no_answers_is_no_data_not_zero() -> None:
    frame = long_frame(
        measurement("claims", "satisfaction", 0), measurement("claims", "ratings", 0)
    )
    assert figures(frame).empty


def test_a_ratio_needs_both_terms_of_the_same_service_and_period() -> None:
    frame = long_frame(
        measurement("a", "journey-completed", 30),
        measurement("b", "journey-started", 48),
        measurement("a", "journey-started", 48, start_at="2017-08-01"),
        measurement("a", "journey-started", 48, period="quarter", start_at="2017-07-01"),
    )
    assert figures(frame).empty


def test_total_cost_counts_only_where_transactions_are_reported() -> None:
    frame = long_frame(
        measurement("a", "cost", 500.0),
        measurement("b", "cost", 300.0),
        measurement("b", "transactions", 10),
        measurement("c", "cost", 200.0),
        measurement("c", "transactions", None, status="suppressed"),
    )
    found = one(figures(frame, ["total-cost"]), "total-cost")
    assert (found.service, found.value, found.numerator) == ("b", 300.0, 300.0)
    assert pd.isna(found.denominator)


@pytest.mark.parametrize(
    ("cost", "volume", "status"),
    [
        ("reported", "reported", "reported"),
        ("partial", "reported", "partial"),
        ("reported", "partial", "partial"),
        ("suppressed", "partial", "suppressed"),
        ("partial", "suppressed", "suppressed"),
        ("not applicable", "partial", "not applicable"),
        ("suppressed", "not applicable", "not applicable"),
    ],
)
def test_a_ratio_is_reported_only_if_both_terms_are(cost: str, volume: str, status: str) -> None:
    frame = long_frame(
        measurement("a", "cost", 500.0, status=cost),
        measurement("a", "transactions", 200, status=volume),
    )
    found = one(figures(frame, ["cost-per-transaction"]), "cost-per-transaction")
    assert found.status == status
    assert found.value == 2.5 if status in ("reported", "partial") else pd.isna(found.value)


def test_a_suppressed_number_is_told_to_nobody() -> None:
    frame = long_frame(
        measurement("a", "cost", 500.0, status="suppressed"), measurement("a", "transactions", 200)
    )
    found = one(figures(frame, ["cost-per-transaction"]), "cost-per-transaction")
    assert pd.isna(found.numerator)


def test_a_measurement_that_was_not_reported_is_as_good_as_absent() -> None:
    frame = long_frame(
        measurement("a", "transactions", None, status="not reported"),
        measurement("b", "transactions", None),
    )
    assert figures(frame).empty


def weekly(measure: str, value: float, category: str = "") -> dict[str, Any]:
    return measurement("a", measure, value, category, part="week", parts=4, expected=4)


def test_a_rate_pooled_over_the_same_weeks_is_reported() -> None:
    found = figures(long_frame(weekly("transactions", 80), weekly("transactions", 60, "digital")))
    assert one(found, "digital-take-up").status == "reported"
    assert one(found, "digital-take-up").value == 0.75


def test_an_amount_added_up_from_weeks_is_partial_as_weeks_do_not_fill_a_month() -> None:
    found = figures(long_frame(weekly("transactions", 80), weekly("cost", 160.0)))
    assert one(found, "transactions").status == "partial"
    assert one(found, "total-cost").status == "partial"
    assert one(found, "cost-per-transaction").status == "reported"


def test_a_month_of_costs_over_weeks_of_transactions_is_partial() -> None:
    found = figures(long_frame(weekly("transactions", 80), measurement("a", "cost", 160.0)))
    assert one(found, "cost-per-transaction").status == "partial"
    assert one(found, "cost-per-transaction").value == 2.0


def test_a_week_is_itself_made_of_one_whole_week() -> None:
    found = figures(
        long_frame(measurement("a", "transactions", 80, period="week", start_at="2017-09-04"))
    )
    assert one(found, "transactions").status == "reported"
    assert found["end_at"].iloc[0] == pd.Timestamp("2017-09-11")


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2017, 9, 30), "partial"),
        (date(2017, 10, 1), "reported"),
        (None, "reported"),
    ],
)
def test_a_period_that_is_not_over_is_partial(today: date | None, status: str) -> None:
    found = figures(long_frame(measurement("a", "transactions", 80)), today=today)
    assert one(found, "transactions").status == status


def test_a_figure_shows_the_parts_of_its_less_complete_term() -> None:
    found = figures(
        long_frame(
            measurement("a", "transactions", 90, part="day", parts=29, expected=30),
            measurement("a", "transactions", 60, "digital", part="week", parts=3, expected=4),
        )
    )
    take_up, volume = one(found, "digital-take-up"), one(found, "transactions")
    assert (take_up.parts, take_up.expected, take_up.part) == (3, 4, "week")
    assert (volume.parts, volume.expected, volume.part) == (29, 30, "day")


def test_of_equally_complete_terms_the_denominator_tells_the_parts() -> None:
    found = figures(
        long_frame(
            measurement("a", "transactions", 90, part="day", parts=30, expected=30),
            measurement("a", "transactions", 60, "digital"),
        )
    )
    assert one(found, "digital-take-up").part == "day"


def test_a_channel_has_its_own_volume_and_cost_and_no_other_kpi() -> None:
    frame = long_frame(
        measurement("a", "transactions", 100),
        measurement("a", "transactions", 80, "digital"),
        measurement("a", "cost", 300.0),
        measurement("a", "cost", 40.0, "digital"),
        measurement("a", "ratings", 8),
        measurement("a", "satisfaction", 6),
    )
    found = figures(frame, channel="digital")
    assert slugs(found) == ["cost-per-transaction", "transactions", "total-cost"]
    assert list(found["value"]) == [0.5, 80.0, 40.0]
    assert figures(frame, ["user-satisfaction"], channel="digital").empty
    assert figures(frame, channel="post").empty


def test_rows_come_by_kpi_then_service_then_time_whatever_the_order_they_came_in() -> None:
    frame = long_frame(
        measurement("b", "cost", 6.0),
        measurement("b", "transactions", 3),
        measurement("a", "transactions", 3),
        measurement("a", "transactions", 2, start_at="2017-08-01"),
        measurement("a", "cost", 5.0, start_at="2017-08-01"),
    )
    found = figures(frame)
    assert slugs(found) == ["cost-per-transaction"] * 2 + ["transactions"] * 3 + ["total-cost"] * 2
    assert list(found["value"]) == [2.5, 2.0, 2.0, 3.0, 3.0, 5.0, 6.0]


def test_plain_text_columns_do_as_well_as_categorical_ones() -> None:
    frame = long_frame(measurement("a", "transactions", 3), measurement("b", "transactions", 4))
    as_text = frame.astype(dict.fromkeys(frame.select_dtypes("category").columns, "str"))
    pd.testing.assert_frame_equal(figures(as_text), figures(frame))


def test_only_the_kpis_asked_for_are_worked_out() -> None:
    frame = long_frame(measurement("a", "transactions", 3), measurement("a", "cost", 6.0))
    assert slugs(figures(frame, ["total-cost", "transactions"])) == ["total-cost", "transactions"]
    assert slugs(figures(frame, HEADLINE)) == ["cost-per-transaction"]
    with pytest.raises(UnknownKpi, match="happiness"):
        figures(frame, ["happiness"])


def test_a_rolling_year_lasts_twelve_months_from_its_start() -> None:
    frame = long_frame(
        measurement("a", "transactions", 1_039, period="year", start_at="2016-10-01")
    )
    found = figures(frame).iloc[0]
    assert (found.period, found.end_at) == ("year", pd.Timestamp("2017-10-01"))


def test_live_users_are_in_no_kpi() -> None:
    frame = long_frame(
        measurement("a", "live-users", 12, period="instant", start_at="2017-09-01 10:02")
    )
    assert figures(frame).empty


def test_without_measurements_there_is_an_empty_frame_of_the_same_columns() -> None:
    empty = pd.DataFrame({column: [] for column in MEASUREMENT_COLUMNS})
    for found in (figures(empty), figures(long_frame(measurement("a", "transactions", 3)), [])):
        assert found.empty
        assert tuple(found.columns) == KPI_COLUMNS
    some = figures(long_frame(measurement("a", "transactions", 3)))
    assert tuple(some.columns) == KPI_COLUMNS
    assert tuple(some["kpi"].cat.categories) == SLUGS


def test_a_zero_base_can_be_kept_as_not_applicable() -> None:
    frame = long_frame(
        measurement("a", "transactions", 0),
        measurement("a", "transactions", 0, "digital"),
        measurement("b", "transactions", 0, status="partial"),
        measurement("b", "transactions", 0, "digital"),
    )
    kept = figures(frame, ["digital-take-up"], zero_bases=True)
    assert list(kept["status"]) == ["not applicable", "partial"]
    assert kept["value"].isna().all()
    assert list(kept["denominator"]) == [0, 0]
    assert figures(frame, ["digital-take-up"]).empty

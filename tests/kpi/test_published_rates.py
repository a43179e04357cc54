"""A rate that was published without its terms: shown for its own period, and in no sum."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from kpi.changes import changes, like_for_like
from kpi.formulas import figures
from kpi.periods import Period
from kpi.totals import totals
from kpi.windows import latest_year, twelve_months
from tests.kpi.rows import long_frame, measurement

RATE = "take-up-rate"
QUARTERS = ("2016-10-01", "2017-01-01", "2017-04-01", "2017-07-01")


def take_up(*rows: dict[str, Any], **more: Any) -> pd.DataFrame:
    return figures(long_frame(*rows), ["digital-take-up"], **more)


def counted(service: str, digital: float, every: float, **more: Any) -> list[dict[str, Any]]:
    """Transactions, of which some digital."""
    return [
        measurement(service, "transactions", digital, "digital", **more),
        measurement(service, "transactions", every, **more),
    ]


def claimed(service: str, digital: float, every: float, **more: Any) -> list[dict[str, Any]]:
    """The counts of a digital take-up."""
    return [
        measurement(service, "take-up", digital, "digital", **more),
        measurement(service, "take-up", every, **more),
    ]


def test_a_rate_is_the_kpi_of_its_period_with_its_terms_unknown() -> None:
    found = take_up(measurement("visas", RATE, 0.75)).iloc[0]
    assert (found.value, found.status, found.unit) == (0.75, "reported", "proportion")
    assert np.isnan(found.numerator)
    assert np.isnan(found.denominator)
    assert (found.parts, found.expected, found.part) == (1, 1, "month")


def test_counts_of_a_take_up_are_divided() -> None:
    found = take_up(*claimed("visas", 30, 40)).iloc[0]
    assert (found.value, found.numerator, found.denominator) == (0.75, 30, 40)


def test_counts_beat_a_rate_and_counted_transactions_beat_both() -> None:
    rate = measurement("visas", RATE, 0.9)
    assert take_up(rate, *claimed("visas", 30, 40))["value"].tolist() == [0.75]
    every = take_up(rate, *claimed("visas", 30, 40), *counted("visas", 20, 40))
    assert every["value"].tolist() == [0.5]


def test_a_rate_says_more_than_a_part_of_the_counts() -> None:
    lacking = counted("visas", 20, 40, status="partial", parts=1, expected=2, part="channel")
    found = take_up(*lacking, measurement("visas", RATE, 0.9)).iloc[0]
    assert (found.value, found.status) == (0.9, "reported")


def test_part_of_the_counts_says_more_than_a_part_of_other_counts() -> None:
    lacking = {"status": "partial", "parts": 1, "expected": 2, "part": "channel"}
    found = take_up(*counted("visas", 20, 40, **lacking), *claimed("visas", 30, 40, **lacking))
    assert found[["value", "status"]].values.tolist() == [[0.5, "partial"]]


def test_periods_of_both_ways_stand_side_by_side_in_order() -> None:
    rates = [measurement("visas", RATE, 0.9, start_at=f"2017-0{n}-01") for n in (2, 4)]
    counts = [row for n in (1, 3) for row in counted("visas", 1, 2, start_at=f"2017-0{n}-01")]
    other = measurement("arms", RATE, 0.1, start_at="2017-03-01")
    found = take_up(*rates, *counts, other)
    assert found[found["service"] == "visas"]["value"].tolist() == [0.5, 0.9, 0.5, 0.9]
    assert found[found["service"] == "arms"]["value"].tolist() == [0.1]


def test_a_rate_of_a_period_that_is_not_over_is_partial() -> None:
    found = take_up(measurement("visas", RATE, 0.75), today=date(2017, 9, 20))
    assert found["status"].tolist() == ["partial"]


def test_a_rate_of_a_base_of_nought_stands_in_where_nothing_was_counted() -> None:
    found = take_up(*counted("visas", 0, 0), measurement("visas", RATE, 0.9))
    assert found["value"].tolist() == [0.9]


def test_a_total_over_services_leaves_out_who_published_only_a_rate() -> None:
    found = take_up(measurement("visas", RATE, 1.0), *counted("arms", 10, 40))
    total = totals(found, services=2).iloc[0]
    assert (total.value, total.numerator, total.denominator) == (0.25, 10, 40)
    assert (total.services_reporting, total.services) == (1, 2)


def test_rates_alone_make_no_total() -> None:
    total = totals(take_up(measurement("visas", RATE, 1.0)), services=1).iloc[0]
    assert np.isnan(total.value)
    assert (total.status, total.services_reporting) == ("not reported", 0)


def test_services_with_rates_are_not_pooled_in_a_change_on_the_year_before() -> None:
    years = ("2016-09-01", "2017-09-01")
    rates = [measurement("visas", RATE, 0.5, start_at=year) for year in years]
    found = like_for_like(take_up(*rates), *(Period("month", date(y, 9, 1)) for y in (2017, 2016)))
    assert found["services"].tolist() == [0]
    assert found["value"].isna().all()


def test_a_services_own_change_is_that_of_its_rates() -> None:
    months = (("2017-08-01", 0.5), ("2017-09-01", 0.75))
    rates = [measurement("visas", RATE, rate, start_at=month) for month, rate in months]
    assert changes(take_up(*rates))["change"].tolist()[1] == 0.25


def test_four_quarters_of_rates_are_no_year() -> None:
    rates = [measurement("visas", RATE, 0.5, period="quarter", start_at=one) for one in QUARTERS]
    assert twelve_months(take_up(*rates)).empty


def test_a_quarter_of_a_rate_is_missing_from_twelve_months() -> None:
    quarter = {"period": "quarter"}
    counts = [
        row for one in QUARTERS[:3] for row in counted("visas", 5, 10, **quarter, start_at=one)
    ]
    rate = measurement("visas", RATE, 0.9, **quarter, start_at=QUARTERS[3])
    found = twelve_months(take_up(*counts, rate))
    ends = found.set_index(found["end_at"].astype(str))
    june = ends.loc["2017-07-01"]
    assert (june.numerator, june.denominator) == (15, 30)
    assert (june.parts, june.expected, june.status) == (3, 4, "partial")
    assert "2017-10-01" not in ends.index


def test_the_latest_year_is_a_rate_where_nothing_was_counted_up_to_then() -> None:
    year = {"period": "year", "start_at": "2016-10-01"}
    quarter = {"period": "quarter"}
    rate = measurement("visas", RATE, 0.9, **year)
    assert latest_year(take_up(rate))["value"].tolist() == [0.9]
    counts = [row for one in QUARTERS for row in counted("visas", 5, 10, **quarter, start_at=one)]
    found = latest_year(take_up(rate, *counts))
    # Twelve counted months go before a rate of the same twelve.
    assert found[["period", "value"]].values.tolist() == [["twelve months", 0.5]]

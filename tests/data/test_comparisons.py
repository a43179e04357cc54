"""What a comparison asks, from what was sent; figures: fixtures.small_world.

Take-up from October 2016 to September 2017: tax 80%, test 95%; and, below, a toll's 50%: the
median of the three is 80%. Costs per transaction: £0.50, £2.00 and the toll's £1.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data.comparison_candidates import CandidateQuery
from data.comparisons import ComparisonQuery, MedianQuery, comparison
from data.reader import Reader
from kpi.comparisons import Comparison
from kpi.views import Wanted
from tests.fixtures.hidden_world import VISA, hide_services
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import report, small_world, summary

TAX, TEST, TOLL, DEATH = "tax-a-vehicle", "book-a-test", "pay-a-toll", "report-a-death"
COST, TAKE_UP = "cost-per-transaction", "digital-take-up"
TOLLS = summary(TOLL, "year", "2016-10-01", transactions=300, digital_transactions=150)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = small_world(tmp_path_factory.mktemp("comparisons"))
    report(made, "summaries", [{**TOLLS, "cost_per_transaction": 1}])
    hide_services(made)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def reader(engine: Engine) -> Reader:
    return Reader(engine, Kept())


def asked(
    reader: Reader, *services: str, previews: tuple[str, ...] = (), **more: Any
) -> Comparison:
    query = ComparisonQuery(services, previews, Wanted(**more))
    return comparison(reader, query)


def beside(shown: Comparison, kpi: str) -> dict[str, float]:
    rows = shown.beside(kpi)
    return dict(zip(rows["service"], rows["value"], strict=True))


def test_services_are_beside_one_another_and_the_medians(reader: Reader) -> None:
    shown = asked(reader, TAX, TEST)
    assert beside(shown, TAKE_UP) == {TAX: 0.8, TEST: 0.95}
    rows = shown.beside(TAKE_UP)
    assert set(rows["median"]) == set(rows["department_median"]) == {0.8}
    assert set(rows["reporting"]) == set(rows["department_reporting"]) == {3}
    assert beside(shown, COST) == {TAX: 0.5, TEST: 2.0}
    assert set(shown.beside(COST)["median"]) == {1.0}


def test_the_length_is_one_that_all_of_them_report_by(reader: Reader) -> None:
    assert asked(reader, TAX).view.period == "quarter"
    both = asked(reader, TAX, TEST)
    assert (both.view.period, both.view.lengths) == ("year", ("year",))


def test_another_length_is_not_given_and_said(reader: Reader) -> None:
    shown = asked(reader, TAX, TEST, period="quarter")
    assert shown.view.period == "year"
    assert shown.view.notes == (
        "Not all of these services report for each quarter: they are compared by year.",
    )
    assert asked(reader, TAX, period="week").view.notes == (
        "‘week’ is not a length of time to compare by: they are compared by quarter.",
    )


def test_the_cost_is_over_twelve_months_where_others_are_by_quarter(reader: Reader) -> None:
    shown = asked(reader, TAX)
    (cost,) = shown.beside(COST).to_dict("records")
    (share,) = shown.beside(TAKE_UP).to_dict("records")
    assert (cost["period"], cost["start_at"], cost["value"]) == (
        "year",
        pd.Timestamp("2016-10-01"),
        0.5,
    )
    assert (share["period"], share["start_at"]) == ("quarter", pd.Timestamp("2017-07-01"))


def test_a_service_without_figures_is_not_reported_beside_the_others(reader: Reader) -> None:
    shown = asked(reader, DEATH, TAX, period="year")
    rows = shown.beside(TAKE_UP).set_index("service")
    assert (rows.loc[DEATH, "status"], rows.loc[DEATH, "department_reporting"]) == (
        "not reported",
        0,
    )
    assert shown.slugs == (DEATH, TAX)


def test_services_without_any_figure_have_an_empty_comparison(reader: Reader) -> None:
    shown = asked(reader, DEATH)
    assert shown.frame.empty
    assert shown.view.first is None


def test_a_span_of_time_is_what_lies_within_it(reader: Reader) -> None:
    earlier = asked(reader, TAX, period="year", last=date(2015, 10, 1))
    assert beside(earlier, "transactions") == {TAX: 900}
    assert earlier.of(COST).empty
    query = ComparisonQuery((TAX,), wanted=Wanted("year"), end_at=date(2017, 9, 30))
    pd.testing.assert_frame_equal(comparison(reader, query).frame, earlier.frame)


def test_medians_are_of_published_services_alone(reader: Reader) -> None:
    # The visa reports 9,000 transactions, at £100, all of them digital.
    shown = asked(reader, TAX, VISA.slug, previews=(VISA.slug,), period="year")
    assert beside(shown, COST) == {TAX: 0.5, VISA.slug: 100.0}
    rows = shown.beside(COST)
    assert set(rows["median"]) == {1.0}
    assert set(rows["reporting"]) == {3}


def test_a_service_that_is_not_published_is_left_out_unless_it_may_be_seen(reader: Reader) -> None:
    assert asked(reader, TAX, VISA.slug, "never-was").slugs == (TAX,)


def test_medians_are_the_same_whoever_is_compared_and_kept(reader: Reader) -> None:
    asked(reader, TAX)
    before = reader.run(MedianQuery(costs=True))
    asked(reader, TEST)
    assert reader.run(MedianQuery(costs=True)) is before


def test_a_month_that_is_not_over_is_partial_and_in_no_median(tmp_path: Path) -> None:
    engine = small_world(tmp_path)
    future = {"_timestamp": "2199-01-01T00:00:00Z", "period": "month", "channel": "digital"}
    report(
        engine,
        "transactions-by-channel",
        [{**future, "count": 10}],
        group="tolls",
        service=TOLL,
        channels=("digital",),
    )
    shown = comparison(Reader(engine, Kept()), ComparisonQuery((TOLL,), wanted=Wanted("month")))
    (row,) = shown.beside("transactions").to_dict("records")
    assert (row["status"], row["value"], row["reporting"]) == ("partial", 10, 0)
    engine.dispose()


def found(reader: Reader, *services: str, q: str = "") -> list[str]:
    return list(reader.run(CandidateQuery(services, q))["slug"])


def test_the_most_used_services_are_suggested_at_first(reader: Reader) -> None:
    assert found(reader) == [TAX, TOLL, TEST, DEATH]


def test_those_of_the_same_department_come_first_the_nearest_in_volume_before_others(
    reader: Reader,
) -> None:
    # A test is used 200 times, a toll 300, a tax 1,000; a death is another department's.
    assert found(reader, TEST) == [TOLL, TAX, DEATH]
    assert found(reader, TEST, TAX) == [TOLL, DEATH]


def test_a_search_finds_what_is_not_compared_yet_and_nothing_hidden(reader: Reader) -> None:
    assert found(reader, TAX, q="transport") == [TOLL, TEST]
    assert found(reader, q="visa") == []

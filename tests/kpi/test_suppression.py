"""Figures of fewer than five answers are told to nobody, and count unseen in their sums."""

from itertools import chain
from typing import Any

import pandas as pd
import pytest

from kpi.dashboard import HEADLINE, latest, periods_of
from kpi.formulas import figures
from kpi.periods import Period
from kpi.suppression import suppress_measured
from kpi.totals import totals
from kpi.views import Wanted, view
from kpi.windows import latest_year, twelve_months
from tests.kpi.rows import figure, kpi_frame, long_frame, measurement

SATISFACTION, COMPLETION = "user-satisfaction", "completion-rate"
TERMS = ["value", "numerator", "denominator"]


def answers(service: str, satisfied: float, count: float, **more: Any) -> list[dict[str, Any]]:
    """So many answers, whose satisfactions (0 to 1) add up to `satisfied`."""
    return [
        measurement(service, "satisfaction", satisfied, **more),
        measurement(service, "ratings", count, **more),
    ]


@pytest.mark.parametrize("period", ["day", "week", "month", "quarter", "year"])
@pytest.mark.parametrize("count", [1, 4])
def test_a_score_of_fewer_than_five_answers_is_suppressed_with_its_terms(
    count: int, period: str
) -> None:
    start = {"week": "2017-09-04", "quarter": "2017-07-01", "year": "2017-01-01"}
    frame = long_frame(
        *answers("a", 1, count, period=period, start_at=start.get(period, "2017-09-01"))
    )
    (row,) = figures(frame, [SATISFACTION]).to_dict("records")
    assert row["status"] == "suppressed"
    assert all(pd.isna(row[name]) for name in TERMS)


def test_a_score_of_five_answers_is_told() -> None:
    row = figures(long_frame(*answers("a", 3.5, 5)), [SATISFACTION]).iloc[0]
    assert (row.status, row.value, row.denominator) == ("reported", 0.7, 5)


def test_no_answers_are_no_data_and_not_suppressed() -> None:
    frame = long_frame(*answers("a", 0, 0))
    assert figures(frame, [SATISFACTION]).empty
    kept = figures(frame, [SATISFACTION], zero_bases=True)
    assert list(kept["status"]) == ["not applicable"]


def test_a_partial_score_of_too_few_answers_is_suppressed_too() -> None:
    frame = long_frame(*answers("a", 2, 4, status="partial", parts=20, expected=30, part="day"))
    (row,) = figures(frame, [SATISFACTION]).to_dict("records")
    assert (row["status"], row["parts"]) == ("suppressed", 20)
    assert pd.isna(row["denominator"])


def test_other_kpis_are_told_however_small() -> None:
    frame = long_frame(
        measurement("a", "journey-completed", 2), measurement("a", "journey-started", 3)
    )
    assert list(figures(frame, [COMPLETION])["status"]) == ["reported"]


def test_suppressed_answers_count_in_the_total_over_services() -> None:
    frame = long_frame(*answers("a", 1.5, 3), *answers("b", 4, 4), *answers("c", 6, 13))
    total = totals(figures(frame, [SATISFACTION], small_bases=True), 3).iloc[0]
    # 1.5 + 4 + 6 = 11.5 of 20 answers; the mean of the scores 0.5, 1.0 and 0.46 would be 0.65.
    assert (total.value, total.numerator, total.denominator) == (0.575, 11.5, 20)
    assert (total.status, total.services_reporting) == ("reported", 3)


def test_a_total_of_too_few_answers_is_suppressed_with_its_terms() -> None:
    frame = long_frame(*answers("a", 1.5, 3), *answers("b", 1, 1))
    (total,) = totals(figures(frame, [SATISFACTION], small_bases=True), 2).to_dict("records")
    assert total["status"] == "suppressed"
    assert all(pd.isna(total[name]) for name in TERMS)


def months(*counts: float, **last: Any) -> pd.DataFrame:
    """Months of 2017 with so many answers, all of satisfaction 1, as they are kept for sums."""
    rows = [
        answers("a", count, count, start_at=f"2017-{number:02}-01")
        for number, count in enumerate(counts, start=1)
    ]
    rows[-1] = [row | last for row in rows[-1]]
    return figures(long_frame(*chain(*rows)), [SATISFACTION], small_bases=True)


def test_suppressed_months_count_in_their_twelve_months() -> None:
    year = twelve_months(months(3, 3, 4, 2, *[1] * 8)).iloc[-1]
    assert (year.status, year.value, year.denominator) == ("reported", 1.0, 20)
    assert (year.parts, year.expected) == (12, 12)


def test_twelve_months_of_too_few_answers_are_suppressed() -> None:
    found = twelve_months(months(1, *[0] * 10, 3)).iloc[-1]
    assert found.status == "suppressed"
    assert found[TERMS].isna().all()


def test_a_partial_month_of_too_few_answers_still_makes_its_twelve_months_partial() -> None:
    year = twelve_months(months(*[3] * 12, status="partial")).iloc[-1]
    assert (year.status, year.parts, year.denominator) == ("partial", 11, 36)


def test_the_latest_year_is_one_that_may_be_told() -> None:
    rows = [*answers("a", 9, 10, period="year", start_at="2015-01-01")]
    rows += answers("a", 1, 3, period="year", start_at="2016-01-01")
    found = latest_year(figures(long_frame(*rows), [SATISFACTION], small_bases=True))
    assert (found["start_at"].dt.year.tolist(), found["value"].tolist()) == ([2015], [0.9])


def rated(*counts: float) -> list[dict[str, Any]]:
    """The five ratings of September 2017, and all of them together."""
    each = [measurement("a", "ratings", count, str(n)) for n, count in enumerate(counts, start=1)]
    return [*each, measurement("a", "ratings", sum(counts))]


def test_ratings_of_fewer_than_five_answers_tell_nothing_by_themselves() -> None:
    satisfaction = measurement("a", "satisfaction", 2.0)
    found = suppress_measured(long_frame(*rated(1, 0, 2, 0, 1), satisfaction))
    assert set(found["status"]) == {"suppressed"}
    assert found["value"].isna().all()


@pytest.mark.parametrize("counts", [(1, 0, 2, 0, 2), (0, 0, 0, 0, 0)])
def test_ratings_of_five_answers_or_of_none_are_as_they_were(counts: tuple[int, ...]) -> None:
    measured = long_frame(*rated(*counts))
    pd.testing.assert_frame_equal(suppress_measured(measured), measured)


def test_ratings_whose_number_is_not_known_are_suppressed() -> None:
    found = suppress_measured(long_frame(*rated(9, 9, 9, 9, 9)[:-1]))
    assert set(found["status"]) == {"suppressed"}


def test_measures_that_tell_of_no_answers_are_left_alone() -> None:
    measured = long_frame(measurement("a", "transactions", 2))
    assert suppress_measured(measured)["value"].tolist() == [2]


def test_a_card_without_any_other_figure_is_suppressed() -> None:
    rows = kpi_frame(figure("a", SATISFACTION, None, status="suppressed"))
    quarter = Period("quarter", rows["start_at"][0].date())
    assert periods_of(rows) == [quarter]
    shown = view(Wanted(), ["quarter"], "quarter", [quarter])
    found = latest(rows, rows.iloc[:0], shown)
    assert found[SATISFACTION].status == "suppressed"
    assert {found[kpi.slug].status for kpi in HEADLINE if kpi.slug != SATISFACTION} == {
        "not reported"
    }

"""How complete a data set is, and whether it is late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kpi.data_sets import Length, Listing, Named
from tests.fixtures.data_sets import CLAIMS, WEEKS, at, claims


@pytest.mark.parametrize(
    ("period", "first", "last", "expected"),
    [
        ("day", "2014-02-27", "2014-03-02", 4),
        ("week", "2013-10-14", "2013-10-14", 1),
        ("week", "2013-10-14", "2014-10-06", 52),
        ("month", "2013-11-01", "2014-02-01", 4),
        ("quarter", "2013-10-01", "2014-07-01", 4),
        ("year", "2012-01-01", "2014-01-01", 3),
    ],
)
def test_periods_are_expected_from_the_first_to_the_last(
    period: str, first: str, last: str, expected: int
) -> None:
    length = Length(period, date.fromisoformat(first), date.fromisoformat(last), 1)
    assert length.expected == expected


def test_of_years_that_overlap_no_number_is_expected() -> None:
    # April, July and October 2012 each began a year: three in the time of one.
    assert Length("year", date(2012, 4, 1), date(2012, 10, 1), 3).expected == 0


def test_a_length_names_its_period_where_it_starts_with_one() -> None:
    found = WEEKS.period_from(date(2014, 9, 29))
    assert found is not None
    assert found.label == "week of 29 September 2014"
    assert WEEKS.period_from(date(2014, 9, 30)) is None
    assert Length("day", WEEKS.first, WEEKS.last, 9, days_seen=True).period_from(WEEKS.last) is None


def test_a_data_set_is_late_from_the_second_in_which_it_is_too_old() -> None:
    # 29 September and 31 days.
    due = at("2014-10-30")
    assert CLAIMS.due_at == due
    assert CLAIMS.is_late(due)
    assert CLAIMS.is_late(due - timedelta(seconds=0.5))
    assert not CLAIMS.is_late(due - timedelta(seconds=1))


def test_without_an_expected_age_or_without_records_it_is_never_late() -> None:
    assert not claims(max_age=None).is_late(at("2099-01-01"))
    assert not claims(counts_from=None).is_late(at("2099-01-01"))


def test_an_age_beyond_all_time_is_never_over() -> None:
    assert not claims(max_age=10**15).is_late(at("2099-01-01"))


def test_a_page_knows_its_place() -> None:
    page = Listing((), (), Named(), total=60, data_sets=70, unpublished=0, number=3, size=25)
    assert (page.pages, page.first, page.last) == (3, 51, 60)
    assert Listing((), (), Named(), 0, 70, 0, 1, 25).pages == 1

"""What the catalogue says of a data set, word for word."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.data_sets import Length, Named
from layouts.data_set_wording import (
    ago,
    complete,
    description,
    freshness,
    newest,
    punctuality,
    since,
    span,
)
from tests.fixtures.data_sets import CLAIMS, NOW, WEEKS, at, claims


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("2014-10-10T11:59:40", "just now"),
        ("2014-10-10T11:59", "1 minute ago"),
        ("2014-10-10T09:00", "3 hours ago"),
        ("2014-09-29", "11 days ago"),
        ("2014-09-26T12:00", "2 weeks ago"),
        ("2013-09-01", "13 months ago"),
        ("2002-10-01", "12 years ago"),
        ("2015-01-01", "just now"),
    ],
)
def test_an_age_is_told_in_one_unit_that_there_are_several_of(then: str, words: str) -> None:
    assert ago(at(then), NOW) == words


def test_its_first_and_newest_figures_are_told_by_their_period() -> None:
    assert since(CLAIMS) == "week of 14 October 2013"
    assert newest(CLAIMS) == "week of 29 September 2014"
    assert freshness(CLAIMS, NOW) == "Week of 29 September 2014, 11 days ago"
    assert span(CLAIMS) == "14 October 2013 to 5 October 2014"


def test_moments_are_told_with_their_time() -> None:
    day = Length("day", date(2014, 6, 3), date(2014, 6, 4), 2, days_seen=True)
    moments = claims(first=at("2014-06-03T13:49"), newest=at("2014-06-04T13:47"), lengths=(day,))
    assert since(moments) == "3 June 2014"
    assert newest(moments) == "4 June 2014, 13:47"
    assert complete(moments) == "records on all 2 days"
    assert span(moments) == "3 June 2014 to 4 June 2014"


def test_it_is_late_since_a_day_or_the_next_is_due() -> None:
    # 31 days after 29 September.
    assert punctuality(CLAIMS, NOW) == "Next due by 30 October 2014"
    assert punctuality(CLAIMS, at("2014-10-30")) == "Late since 30 October 2014"
    assert punctuality(claims(max_age=None), NOW) == ""


def test_what_is_due_within_hours_is_told_with_its_time() -> None:
    often = claims(max_age=3600, counts_from=at("2014-10-10T10:30"))
    assert punctuality(often, NOW) == "Late since 10 October 2014, 11:30"


def test_completeness_is_of_the_periods_from_the_first_to_the_last() -> None:
    assert complete(CLAIMS) == "50 of 51 weeks"
    months = Length("month", date(2013, 10, 1), date(2014, 9, 1), 12)
    assert complete(claims(lengths=(WEEKS, months))) == "50 of 51 weeks and all 12 months"
    overlapping = Length("year", date(2012, 4, 1), date(2012, 10, 1), 3)
    assert complete(claims(lengths=(overlapping,))) == "3 rolling years"
    seen = Length("day", date(2014, 6, 1), date(2014, 6, 30), 29, days_seen=True)
    assert complete(claims(lengths=(seen,))) == "records on 29 of 30 days"


def test_without_records_or_times_it_says_so() -> None:
    nothing = claims(records=0, first=None, newest=None, counts_from=None, lengths=())
    assert since(nothing) == newest(nothing) == complete(nothing) == "no records yet"
    assert freshness(nothing, NOW) == "No records yet"
    undated = claims(first=None, newest=None, counts_from=at("2014-10-09T12:00"), lengths=())
    assert since(undated) == "no dates"
    assert freshness(undated, NOW) == "No dates, 1 day ago"
    assert span(undated) == ""


def test_a_description_says_what_whose_and_how_much() -> None:
    assert description(CLAIMS) == (
        "Transactions by channel: Carer’s Allowance, Department for Work and Pensions. "
        "100 records, 14 October 2013 to 5 October 2014: 50 of 51 weeks. "
        "Fields: period, channel and count."
    )
    nobody = claims(service=Named(), organisation=Named(), records=0, first=None)
    assert description(nobody) == "Transactions by channel: Of many services. No records yet."

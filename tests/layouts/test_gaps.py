"""Missing periods are named, not hidden."""

from datetime import date

from kpi.periods import Period
from layouts import gaps


def month(year: int, number: int) -> Period:
    return Period("month", date(year, number, 1))


def test_two_missing_months_of_a_year_share_its_name() -> None:
    words = gaps.missing_in_words([month(2015, 6), month(2015, 7)])
    assert words == "No figures for June and July 2015."


def test_a_run_of_months_is_said_from_first_to_last() -> None:
    run = [month(2015, 11), month(2015, 12), month(2016, 1)]
    assert gaps.periods_in_words(run) == "November 2015 to January 2016"


def test_separate_gaps_are_listed() -> None:
    apart = [month(2014, 3), month(2015, 6), month(2015, 7), month(2016, 1)]
    assert gaps.periods_in_words(apart) == "March 2014, June and July 2015 and January 2016"


def test_many_gaps_are_counted() -> None:
    apart = [month(2014, number) for number in (1, 3, 5, 7)]
    assert gaps.periods_in_words(apart) == "4 months between January 2014 and July 2014"


def test_missing_weeks_are_said_from_their_first_day() -> None:
    one = Period("week", date(2013, 10, 14))
    assert gaps.periods_in_words([one]) == "the week of 14 October 2013"
    assert gaps.periods_in_words([one, one.next]) == "the 2 weeks from 14 October 2013"


def test_nothing_missing_says_nothing() -> None:
    assert gaps.missing_in_words([]) == ""


def test_only_what_lies_between_first_and_last_is_missing() -> None:
    assert gaps.missing_periods([month(2015, 5), month(2015, 8)]) == [
        month(2015, 6),
        month(2015, 7),
    ]
    assert gaps.missing_periods([]) == []


def test_rolling_years_overlap_and_have_no_gaps() -> None:
    first, later = Period("year", date(2012, 4, 1)), Period("year", date(2014, 7, 1))
    assert gaps.missing_periods([first, later]) == []

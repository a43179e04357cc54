"""Spans of time as people say them."""

from datetime import date

import pytest

from kpi.periods import Period
from layouts.spans import during, on_previous, span_in_words, twelve_months_in_words


def of(name: str, start: str) -> Period:
    return Period(name, date.fromisoformat(start))


@pytest.mark.parametrize(
    ("name", "first", "last", "words"),
    [
        ("month", "2016-03-01", "2016-03-01", "March 2016"),
        ("month", "2016-01-01", "2016-12-01", "2016"),
        ("month", "2015-01-01", "2016-12-01", "2015 to 2016"),
        ("month", "2016-01-01", "2016-03-01", "January to March 2016"),
        ("month", "2013-10-01", "2017-09-01", "October 2013 to September 2017"),
        ("quarter", "2016-01-01", "2016-10-01", "2016"),
        ("quarter", "2016-04-01", "2016-07-01", "April to September 2016"),
        ("week", "2016-01-04", "2016-01-11", "4 January 2016 to 17 January 2016"),
        ("day", "2016-01-04", "2016-01-06", "4 January 2016 to 6 January 2016"),
        (
            "year",
            "2013-10-01",
            "2016-10-01",
            "years that end from September 2014 to September 2017",
        ),
    ],
)
def test_a_span_is_said_in_words(name: str, first: str, last: str, words: str) -> None:
    assert span_in_words(of(name, first), of(name, last)) == words


def test_twelve_months_are_named_by_their_last() -> None:
    assert twelve_months_in_words(of("year", "2016-10-01")) == "twelve months to September 2017"
    assert twelve_months_in_words(of("year", "2016-01-01")) == "twelve months to December 2016"


def test_a_change_says_on_what() -> None:
    assert on_previous(of("month", "2017-09-01")) == "on August"
    assert on_previous(of("month", "2017-01-01")) == "on December 2016"
    assert on_previous(of("quarter", "2017-07-01")) == "on April to June"
    assert on_previous(of("quarter", "2017-01-01")) == "on October to December 2016"
    assert on_previous(of("week", "2017-09-04")) == "on the week before"
    assert on_previous(of("year", "2016-10-01")) == "on the year before"


def test_when_something_was() -> None:
    assert during(of("day", "2013-10-14")) == "on 14 October 2013"
    assert during(of("week", "2013-10-14")) == "in the week of 14 October 2013"
    assert during(of("month", "2013-10-01")) == "in October 2013"

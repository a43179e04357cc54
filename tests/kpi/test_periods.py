"""Periods, on dates read off a calendar."""

from datetime import date, datetime

import pytest

from kpi.periods import PERIODS, Period, parts_of, periods_within


@pytest.mark.parametrize(
    ("name", "start", "sentence"),
    [
        ("week", date(2013, 10, 15), "a week starts on a Monday, and 2013-10-15 is not that"),
        ("month", date(2013, 10, 2), "a month starts on the 1st of a month"),
        ("quarter", date(2013, 11, 1), "1 January, 1 April, 1 July or 1 October"),
        ("year", date(2013, 1, 2), "a year starts on the 1st of a month"),
        ("fortnight", date(2013, 1, 1), "'fortnight' is not a period: use one of day, week"),
    ],
)
def test_a_start_that_does_not_fit_its_period_is_refused(
    name: str, start: date, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        Period(name, start)


def test_a_period_starts_at_midnight() -> None:
    assert Period("month", datetime(2013, 10, 1)).start == date(2013, 10, 1)
    with pytest.raises(ValueError, match="midnight, not at 10:30:00"):
        Period("month", datetime(2013, 10, 1, 10, 30))


@pytest.mark.parametrize(
    ("name", "start", "end", "days"),
    [
        ("day", date(2016, 2, 28), date(2016, 2, 29), 1),
        ("week", date(2013, 12, 30), date(2014, 1, 6), 7),
        ("month", date(2016, 2, 1), date(2016, 3, 1), 29),
        ("quarter", date(2017, 10, 1), date(2018, 1, 1), 92),
        ("year", date(2016, 10, 1), date(2017, 10, 1), 365),
        ("year", date(2016, 1, 1), date(2017, 1, 1), 366),
    ],
)
def test_a_period_ends_where_the_next_begins(name: str, start: date, end: date, days: int) -> None:
    period = Period(name, start)
    assert (period.end, period.days) == (end, days)
    assert period.next.start == end
    assert period.next.previous == period


@pytest.mark.parametrize(
    ("name", "start", "before"),
    [
        ("day", date(2016, 2, 29), date(2015, 2, 28)),
        ("day", date(2017, 2, 28), date(2016, 2, 28)),
        ("week", date(2013, 10, 14), date(2012, 10, 15)),
        ("month", date(2017, 9, 1), date(2016, 9, 1)),
        ("quarter", date(2017, 7, 1), date(2016, 7, 1)),
        ("year", date(2016, 10, 1), date(2015, 10, 1)),
    ],
)
def test_the_year_before_is_the_same_period_a_year_earlier(
    name: str, start: date, before: date
) -> None:
    assert Period(name, start).year_before == Period(name, before)


def test_a_rolling_year_moves_by_twelve_months() -> None:
    year = Period("year", date(2016, 10, 1))
    assert year.previous == Period("year", date(2015, 10, 1))
    assert not year.is_calendar
    assert Period("year", date(2016, 1, 1)).is_calendar
    assert Period("quarter", date(2016, 4, 1)).is_calendar


@pytest.mark.parametrize(
    ("name", "start", "label", "short"),
    [
        ("day", date(2013, 10, 4), "4 October 2013", "4 Oct 2013"),
        ("week", date(2013, 10, 14), "week of 14 October 2013", "14 Oct 2013"),
        ("month", date(2017, 9, 1), "September 2017", "Sep 2017"),
        ("quarter", date(2017, 7, 1), "July to September 2017", "Jul–Sep 2017"),
        ("year", date(2016, 1, 1), "2016", "2016"),
        ("year", date(2016, 10, 1), "October 2016 to September 2017", "year to Sep 2017"),
    ],
)
def test_a_period_says_its_name_in_words(name: str, start: date, label: str, short: str) -> None:
    period = Period(name, start)
    assert (period.label, period.short_label) == (label, short)


def test_a_period_holds_its_first_day_and_not_its_end() -> None:
    quarter = Period("quarter", date(2017, 7, 1))
    assert quarter.contains(date(2017, 7, 1))
    assert quarter.contains(date(2017, 9, 30))
    assert not quarter.contains(date(2017, 10, 1))
    assert not quarter.contains(date(2017, 6, 30))


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("day", date(2017, 8, 20)),
        ("week", date(2017, 8, 14)),
        ("month", date(2017, 8, 1)),
        ("quarter", date(2017, 7, 1)),
        ("year", date(2017, 1, 1)),
    ],
)
def test_every_day_has_one_calendar_period_of_each_length(name: str, start: date) -> None:
    sunday = date(2017, 8, 20)
    assert Period.containing(name, sunday) == Period(name, start)


def test_only_periods_that_lie_entirely_inside_are_within() -> None:
    quarters = periods_within("quarter", date(2016, 10, 1), date(2017, 9, 30))
    assert [q.start for q in quarters] == [date(2016, 10, 1), date(2017, 1, 1), date(2017, 4, 1)]
    weeks = periods_within("week", date(2013, 10, 1), date(2013, 11, 1))
    assert [w.start.day for w in weeks] == [7, 14, 21]
    assert periods_within("year", date(2016, 10, 1), date(2017, 10, 1)) == []
    assert periods_within("year", date(2016, 10, 1), date(2018, 1, 1)) == [
        Period("year", date(2017, 1, 1))
    ]


def test_nothing_lies_within_a_span_that_ends_before_it_starts() -> None:
    for name in PERIODS:
        assert periods_within(name, date(2017, 1, 1), date(2016, 1, 1)) == []


@pytest.mark.parametrize(
    ("name", "start", "part", "count"),
    [
        ("day", date(2016, 2, 29), "day", 0),
        ("week", date(2013, 10, 14), "day", 7),
        ("month", date(2016, 2, 1), "day", 29),
        ("quarter", date(2017, 7, 1), "month", 3),
        ("year", date(2016, 10, 1), "quarter", 4),
        ("year", date(2016, 2, 1), "month", 12),
    ],
)
def test_a_period_knows_its_parts(name: str, start: date, part: str, count: int) -> None:
    period = Period(name, start)
    found, parts = parts_of(period)
    assert (found, len(parts)) == (part, count)
    if parts:
        assert (parts[0].start, parts[-1].end) == (period.start, period.end)


def test_periods_of_one_length_sort_by_time() -> None:
    assert Period("month", date(2017, 8, 1)) < Period("month", date(2017, 9, 1))

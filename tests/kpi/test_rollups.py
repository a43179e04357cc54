"""Sums know their parts. Every value is worked out by hand beside it, in whole units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from kpi.rollups import PARTIAL, REPORTED, Figure, Series, Slot, coarser, published

MILLION = 1_000_000
Told = tuple[float | None, str, int, int, str]


def told(figure: Figure) -> Told:
    value = None if figure.millionths is None else figure.millionths / MILLION
    return value, figure.status, figure.parts, figure.expected, figure.part


def sums(*series: Series) -> dict[Slot, Told]:
    known = {slot: figure for part in series for slot, figure in part.items()}
    return {slot: told(figure) for slot, figure in coarser(known).items()}


def days(first: date, count: int, value: int = 1, without: Iterable[date] = ()) -> Series:
    starts = [first + timedelta(days=n) for n in range(count)]
    return {("day", day): published(value * MILLION, "day") for day in starts if day not in without}


def each(period: str, *starts: date, value: int = 1) -> Series:
    return {(period, start): published(value * MILLION, period) for start in starts}


def months(year: int, *numbers: int, value: int = 1) -> Series:
    return each("month", *(date(year, number, 1) for number in numbers), value=value)


def quarters(year: int, *numbers: int, value: int = 1) -> Series:
    return each("quarter", *(date(year, 3 * number - 2, 1) for number in numbers), value=value)


def mondays(first: date, count: int) -> list[date]:
    return [first + timedelta(weeks=n) for n in range(count)]


def test_seven_days_make_a_week() -> None:
    found = sums(days(date(2017, 10, 2), 7, value=10))
    assert found["week", date(2017, 10, 2)] == (70, REPORTED, 7, 7, "day")


def test_a_week_over_new_year_has_days_of_both_years() -> None:
    # Monday 28 December 2015 to Sunday 3 January 2016.
    found = sums(days(date(2015, 12, 28), 7))
    assert found["week", date(2015, 12, 28)] == (7, REPORTED, 7, 7, "day")
    assert found["month", date(2015, 12, 1)] == (4, PARTIAL, 4, 31, "day")
    assert found["month", date(2016, 1, 1)] == (3, PARTIAL, 3, 31, "day")


def test_every_day_of_a_month_makes_the_month() -> None:
    found = sums(days(date(2016, 2, 1), 29, value=2))
    assert found["month", date(2016, 2, 1)] == (58, REPORTED, 29, 29, "day")


def test_29_of_31_days_are_a_partial_month() -> None:
    lost = (date(2017, 10, 3), date(2017, 10, 31))
    found = sums(days(date(2017, 10, 1), 31, without=lost))
    assert found["month", date(2017, 10, 1)] == (29, PARTIAL, 29, 31, "day")


def test_a_partial_month_makes_its_quarter_and_year_partial_and_days_are_counted_through() -> None:
    found = sums(days(date(2017, 1, 1), 365, without=[date(2017, 8, 8)]))
    # July, August and September have 31 + 31 + 30 days.
    assert found["quarter", date(2017, 7, 1)] == (91, PARTIAL, 91, 92, "day")
    assert found["quarter", date(2017, 4, 1)] == (91, REPORTED, 91, 91, "day")
    assert found["year", date(2017, 1, 1)] == (364, PARTIAL, 364, 365, "day")


def test_three_months_make_a_quarter_and_two_do_not() -> None:
    found = sums(months(2017, 7, 8, 9, 10, 11, value=100))
    assert found["quarter", date(2017, 7, 1)] == (300, REPORTED, 3, 3, "month")
    assert found["quarter", date(2017, 10, 1)] == (200, PARTIAL, 2, 3, "month")


def test_twelve_months_make_a_calendar_year() -> None:
    found = sums(months(2017, *range(1, 13), value=100))
    assert found["year", date(2017, 1, 1)] == (1200, REPORTED, 12, 12, "month")


def test_three_of_four_quarters_are_a_partial_year() -> None:
    found = sums(quarters(2016, 1, 2, 4, value=100))
    assert found == {("year", date(2016, 1, 1)): (300, PARTIAL, 3, 4, "quarter")}


def test_four_quarters_make_a_calendar_year() -> None:
    found = sums(quarters(2016, 1, 2, 3, 4, value=100))
    assert found["year", date(2016, 1, 1)] == (400, REPORTED, 4, 4, "quarter")


def test_a_published_year_stands_though_four_quarters_add_up_to_something_else() -> None:
    year = each("year", date(2016, 1, 1), value=399)
    assert sums(quarters(2016, 1, 2, 3, 4, value=100), year) == {}


def test_a_published_quarter_stands_and_its_year_is_made_of_it() -> None:
    found = sums(months(2017, *range(1, 13), value=10), quarters(2017, 3, value=99))
    assert ("quarter", date(2017, 7, 1)) not in found
    # 30 + 30 + 99 + 30
    assert found["year", date(2017, 1, 1)] == (189, REPORTED, 4, 4, "quarter")


def test_a_rolling_year_is_never_made_from_quarters() -> None:
    # The last quarter of 2016 and the first three of 2017 are the year to September 2017.
    found = sums(quarters(2016, 4), quarters(2017, 1, 2, 3))
    assert {start for period, start in found if period == "year"} == {
        date(2016, 1, 1),
        date(2017, 1, 1),
    }
    assert {figure[1] for figure in found.values()} == {PARTIAL}


def test_rolling_years_are_never_added_up() -> None:
    assert sums(each("year", date(2015, 10, 1), date(2016, 1, 1), date(2016, 10, 1))) == {}


def test_a_rolling_year_does_not_stand_in_for_the_calendar_year() -> None:
    rolling = each("year", date(2016, 4, 1), value=5000)
    found = sums(rolling, quarters(2016, 1, 2, 3, 4, value=100))
    assert found == {("year", date(2016, 1, 1)): (400, REPORTED, 4, 4, "quarter")}


def test_a_week_belongs_to_the_month_that_holds_its_thursday() -> None:
    # Thursdays: 28 September, 5, 12, 19 and 26 October 2017.
    weeks = each("week", *mondays(date(2017, 9, 25), 5), value=10)
    found = sums(weeks)
    assert found["month", date(2017, 9, 1)] == (10, PARTIAL, 1, 4, "week")
    assert found["month", date(2017, 10, 1)] == (40, REPORTED, 4, 4, "week")


def test_months_of_weeks_stay_marked_as_weeks_up_to_the_year() -> None:
    # 2015 has 53 Thursdays: its first week starts on 29 December 2014.
    found = sums(each("week", *mondays(date(2014, 12, 29), 53)))
    assert found["month", date(2015, 1, 1)] == (5, REPORTED, 5, 5, "week")
    assert found["quarter", date(2015, 1, 1)] == (13, REPORTED, 13, 13, "week")
    assert found["year", date(2015, 1, 1)] == (53, REPORTED, 53, 53, "week")
    assert ("year", date(2014, 1, 1)) not in found


def test_a_missing_week_makes_month_quarter_and_year_partial() -> None:
    weeks = [day for day in mondays(date(2014, 12, 29), 53) if day != date(2015, 6, 8)]
    found = sums(each("week", *weeks))
    assert found["month", date(2015, 6, 1)] == (3, PARTIAL, 3, 4, "week")
    assert found["quarter", date(2015, 4, 1)] == (12, PARTIAL, 12, 13, "week")
    assert found["year", date(2015, 1, 1)] == (52, PARTIAL, 52, 53, "week")


def test_a_month_with_days_is_made_of_them_and_not_of_weeks() -> None:
    weeks = each("week", *mondays(date(2017, 10, 2), 4), value=70)
    found = sums(days(date(2017, 10, 1), 31), weeks)
    assert found["month", date(2017, 10, 1)] == (31, REPORTED, 31, 31, "day")


def test_a_week_added_up_from_days_takes_none_of_them_into_the_next_month() -> None:
    # 31 July 2017 is a Monday: the week's Thursday is in August, but nothing of August is known.
    found = sums(days(date(2017, 7, 1), 31))
    assert found["week", date(2017, 7, 31)] == (1, PARTIAL, 1, 7, "day")
    assert ("month", date(2017, 8, 1)) not in found
    assert found["month", date(2017, 7, 1)] == (31, REPORTED, 31, 31, "day")


def test_a_quarter_of_months_and_days_counts_months() -> None:
    found = sums(days(date(2017, 7, 1), 31), months(2017, 8, 9, value=100))
    assert found["quarter", date(2017, 7, 1)] == (231, REPORTED, 3, 3, "month")


def test_an_incomplete_month_of_days_beside_whole_months_is_a_missing_month() -> None:
    found = sums(days(date(2017, 7, 1), 30), months(2017, 8, 9, value=100))
    assert found["quarter", date(2017, 7, 1)] == (230, PARTIAL, 2, 3, "month")


def test_a_month_of_weeks_beside_whole_months_does_not_make_a_quarter() -> None:
    # The weeks of Thursdays 6, 13, 20 and 27 July 2017 begin in July and end on the 30th.
    found = sums(each("week", *mondays(date(2017, 7, 3), 4)), months(2017, 8, 9, value=100))
    assert found["month", date(2017, 7, 1)] == (4, REPORTED, 4, 4, "week")
    assert found["quarter", date(2017, 7, 1)] == (204, PARTIAL, 2, 3, "month")
    assert found["year", date(2017, 1, 1)][1] == PARTIAL


def test_a_year_of_quarters_months_and_days_counts_quarters() -> None:
    found = sums(
        quarters(2017, 1, 2, value=100),
        months(2017, 7, 8, 9, value=10),
        days(date(2017, 10, 1), 92),
    )
    assert found["year", date(2017, 1, 1)] == (322, REPORTED, 4, 4, "quarter")


def test_a_day_that_lacks_a_channel_is_counted_and_makes_the_month_partial() -> None:
    lacking = Figure(MILLION, PARTIAL, 1, 2, "channel")
    found = sums(days(date(2017, 10, 1), 31), {("day", date(2017, 10, 9)): lacking})
    assert found["month", date(2017, 10, 1)] == (31, PARTIAL, 30, 31, "day")
    assert found["week", date(2017, 10, 9)] == (7, PARTIAL, 6, 7, "day")
    assert found["quarter", date(2017, 10, 1)] == (31, PARTIAL, 30, 92, "day")


def test_a_published_month_that_is_partial_is_no_whole_part_of_a_quarter() -> None:
    lacking = Figure(60 * MILLION, PARTIAL, 1, 1, "month")
    found = sums(months(2017, 7, 8, value=100), {("month", date(2017, 9, 1)): lacking})
    assert found["quarter", date(2017, 7, 1)] == (260, PARTIAL, 2, 3, "month")


def test_a_suppressed_part_is_not_nought_and_makes_the_sum_partial() -> None:
    withheld = {("month", date(2017, 9, 1)): published(None, "month", "suppressed")}
    found = sums(months(2017, 7, 8, value=100), withheld)
    assert found["quarter", date(2017, 7, 1)] == (200, PARTIAL, 2, 3, "month")


def test_a_sum_of_suppressed_parts_alone_is_suppressed() -> None:
    withheld = {
        ("month", date(2017, number, 1)): published(None, "month", "suppressed")
        for number in (7, 8, 9)
    }
    found = sums(withheld)
    assert found["quarter", date(2017, 7, 1)] == (None, "suppressed", 0, 3, "month")
    assert found["year", date(2017, 1, 1)] == (None, "suppressed", 0, 12, "month")


def test_suppressed_goes_before_not_applicable_in_whatever_order_they_come() -> None:
    one = {("month", date(2017, 7, 1)): published(None, "month", "suppressed")}
    other = {("month", date(2017, 8, 1)): published(None, "month", "not applicable")}
    quarter = ("quarter", date(2017, 7, 1))
    assert sums(one, other)[quarter] == sums(other, one)[quarter]
    assert sums(one, other)[quarter][1] == "suppressed"


def test_a_reported_nought_is_a_figure() -> None:
    found = sums(months(2017, 7, 8, 9, value=0))
    assert found["quarter", date(2017, 7, 1)] == (0, REPORTED, 3, 3, "month")


def test_nothing_adds_up_to_nothing() -> None:
    assert coarser({}) == {}


def test_pennies_add_up_exactly() -> None:
    # 0.1 is no binary fraction: a thousand of them in floats are not 100.
    tenth = {
        ("day", date(2017, 1, 1) + timedelta(days=n)): published(100_000, "day") for n in range(365)
    }
    assert coarser(tenth)["year", date(2017, 1, 1)].millionths == 36_500_000

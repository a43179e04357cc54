"""When a row is: dates in every form, their order, and how long the period is."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data.spreadsheets.choices import Choices
from data.spreadsheets.moments import read_moment
from data.spreadsheets.sheets import Cell
from data.spreadsheets.unreadable import Unreadable
from tests.data.spreadsheets.workbooks import faults, read, said


def moments(*dates: str, header: str = "Date") -> str:
    return f"{header},Channel,Count\n" + "".join(f'"{day}",digital,5\n' for day in dates)


def days(*dates: str, header: str = "Date") -> list[str]:
    return [record[0] for record in said(read(moments(*dates, header=header)))]


@pytest.mark.parametrize(
    ("cell", "day", "period"),
    [
        ("14/10/2013", "2013-10-14", ""),
        ("14-10-13", "2013-10-14", ""),
        ("14.10.2013", "2013-10-14", ""),
        ("14 Oct 2013", "2013-10-14", ""),
        ("14th October 2013", "2013-10-14", ""),
        ("14-Oct-13", "2013-10-14", ""),
        ("Monday, 14 October 2013", "2013-10-14", ""),
        ("October 14, 2013", "2013-10-14", ""),
        ("2013-10-14", "2013-10-14", ""),
        ("2013-10-14T00:00:00Z", "2013-10-14", ""),
        ("20131014", "2013-10-14", ""),
        ("w/c 14/10/2013", "2013-10-14", "week"),
        ("week of 14 October 2013", "2013-10-14", "week"),
        ("2013-W42", "2013-10-14", "week"),
        ("October 2013", "2013-10-01", "month"),
        ("Oct-13", "2013-10-01", "month"),
        ("2013-10", "2013-10-01", "month"),
        ("10/2013", "2013-10-01", "month"),
        ("Q4 2013", "2013-10-01", "quarter"),
        ("2013 Q4", "2013-10-01", "quarter"),
        ("October to December 2013", "2013-10-01", "quarter"),
        ("Oct 2013 – Sep 2014", "2013-10-01", "year"),
        ("2013", "2013-01-01", "year"),
        ("2013/14", "2013-04-01", "year"),
        (2013.0, "2013-01-01", "year"),
        (date(2013, 10, 14), "2013-10-14", ""),
        (datetime(2013, 10, 13, 23, 59, 59, 999_900), "2013-10-14", ""),
    ],
)
def test_a_date_is_read_as_people_write_it(cell: Cell, day: str, period: str) -> None:
    moment = read_moment(cell)
    assert moment is not None
    assert (moment.at.date().isoformat(), moment.period) == (day, period)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("31/02/2013", "is a date that does not exist"),
        ("2013-02-30", "is a date that does not exist"),
        ("10/14/2013", "has no month 14: is its day first?"),
        ("14/10/2013 25:00", "has a time that does not exist"),
        ("2013/15", "is not two years that follow one another"),
        ("soon", "is not a date"),
        (41561.0, "is not a date: in the spreadsheet, show the column as dates"),
        (True, "is not a date"),
    ],
)
def test_what_is_no_date_says_why(cell: Cell, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_moment(cell)


def test_one_day_above_12_tells_the_order_of_all() -> None:
    assert days("03/04/2017", "13/04/2017") == ["2017-04-03", "2017-04-13"]
    assert days("03/04/2017", "04/13/2017") == ["2017-03-04", "2017-04-13"]


def test_where_every_date_could_be_either_the_day_is_first_and_that_is_said() -> None:
    found = read(moments("03/04/2017", "10/04/2017"))
    assert said(found)[0][0] == "2017-04-03"
    assert found.order == "assumed"
    assert found.notes == (
        "Dates were read day first: 03/04/2017 is 3 April 2017. If it is 4 March 2017, change that "
        "below.",
    )


def test_the_order_can_be_chosen() -> None:
    found = read(moments("03/04/2017"), choices=Choices("CSV", 1, day_first=False))
    assert (said(found)[0][0], found.order, found.notes) == ("2017-03-04", "chosen", ())


def test_dates_that_cannot_be_misread_are_not_spoken_of() -> None:
    found = read(moments("3 April 2017", "2017-04-10", "04/04/2017"))
    assert (found.order, found.notes) == ("", ())


@pytest.mark.parametrize(
    ("dates", "length"),
    [
        (["14/10/2013", "21/10/2013"], "week"),
        (["14/10/2013"], "week"),
        (["14/10/2013", "15/10/2013"], "day"),
        (["01/10/2013", "01/11/2013"], "month"),
        (["01/10/2013", "01/01/2014"], "quarter"),
        (["01/10/2013", "01/10/2014"], "year"),
        (["16/10/2013"], "day"),
        (["October 2013", "January 2014"], "month"),
        (["Q4 2013", "Q1 2014"], "quarter"),
    ],
)
def test_the_length_of_periods_is_told_by_the_dates(dates: list[str], length: str) -> None:
    assert read(moments(*dates)).choices.fixed == {"period": length}


def test_the_length_that_records_have_had_goes_first_where_it_fits() -> None:
    fits = read(moments("14/10/2013"), usual_period="day")
    assert fits.choices.fixed == {"period": "day"}
    does_not = read(moments("15/10/2013"), usual_period="week")
    assert does_not.choices.fixed == {"period": "day"}


def test_one_wrong_date_among_weeks_is_a_fault_and_not_another_length() -> None:
    found = read(moments("14/10/2013", "21/10/2013", "28/10/2013", "05/11/2013"))
    assert faults(found) == [
        "row 5, column A ‘Date’: ‘05/11/2013’ is a Tuesday, and a week starts on a Monday."
    ]


def test_a_column_called_week_is_of_weeks_whatever_its_dates() -> None:
    found = read(moments("15/10/2013", header="Week commencing"))
    assert faults(found) == [
        "row 2, column A ‘Week commencing’: ‘15/10/2013’ is a Tuesday, and a week starts on a "
        "Monday."
    ]


def test_weeks_named_by_their_last_day_start_six_days_before() -> None:
    assert days("20/10/2013", "27/10/2013", header="Week ending") == ["2013-10-14", "2013-10-21"]


def test_months_named_by_their_last_day_start_on_the_1st() -> None:
    found = read(moments("31/10/2013", "30/11/2013", header="Period ending"))
    assert found.choices.fixed == {"period": "month"}
    assert [record[0] for record in said(found)] == ["2013-10-01", "2013-11-01"]


def test_a_last_day_that_is_none_is_a_fault() -> None:
    assert faults(read(moments("21/10/2013", header="Week ending"))) == [
        "row 2, column A ‘Week ending’: ‘21/10/2013’ is not the last day of a week."
    ]


def test_a_column_can_say_the_length_of_each_row() -> None:
    found = read(
        "Date,Period,Channel,Count\n14/10/2013,Weekly,digital,5\n01/10/2013,month,digital,9\n"
        "01/10/2013,fortnight,digital,9\n"
    )
    assert [record["period"] for record in found.records] == ["week", "month"]
    assert faults(found) == [
        "row 4, column B ‘Period’: ‘fortnight’ is not one of day, week, month, quarter, year."
    ]


def test_a_month_among_weeks_is_a_fault() -> None:
    found = read(moments("14/10/2013", "October 2013", header="Week commencing"))
    assert faults(found) == [
        "row 3, column A ‘Week commencing’: ‘October 2013’ is a month, and the period here is a "
        "week."
    ]


def test_how_a_quarter_was_read_is_said_as_financial_years_have_others() -> None:
    assert read(moments("Q3 2017")).notes == (
        "Quarters were read as those of the calendar year: Q3 2017 is July to September 2017.",
    )


def test_a_rolling_year_may_start_in_any_month() -> None:
    found = read(moments("Oct 2016 to Sep 2017"))
    assert (said(found)[0][0], found.records[0]["period"]) == ("2016-10-01", "year")

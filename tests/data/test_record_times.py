"""Times of records: converted to UTC, or refused in the contract's words."""

from __future__ import annotations

import pytest

from data.record_times import Moment, fault, read

# 15,775 days after 1 January 1970.
MARCH = 15_775 * 86_400


@pytest.mark.parametrize(
    "text",
    [
        "2013-03-11T00:00:00Z",
        "2013-03-11T00:00:00+00:00",
        "2013-03-11T00:00:00+0000",
        "2013-03-11T00:00:00",
        "2013-03-11T00:00:00.000Z",
        "2013-03-11 00:00:00",
        "2013-03-11 00:00:00+00:00",
        "2013-03-11",
        "2013-03-11T01:00:00+01:00",
        "2013-03-11T01:00:00+0100",
        "2013-03-10T19:00:00-05:00",
        "2013-03-10T19:00:00-0500",
        "2013-03-11T00:00Z",
    ],
)
def test_one_moment_is_written_in_many_ways(text: str) -> None:
    assert read(text) == Moment(MARCH, 0, "2013-03-11T00:00:00+00:00")


def test_a_fraction_is_kept_to_the_microsecond_and_shown_only_where_it_is_not_nought() -> None:
    assert read("2013-03-11T00:00:01.5Z") == (
        MARCH + 1,
        500_000,
        "2013-03-11T00:00:01.500000+00:00",
    )
    assert read("2013-03-11T00:00:00.1234567Z") == (
        MARCH,
        123_456,
        "2013-03-11T00:00:00.123456+00:00",
    )


def test_seconds_before_1970_are_rounded_down() -> None:
    assert read("1969-12-31T23:59:59.25Z") == (-1, 250_000, "1969-12-31T23:59:59.250000+00:00")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("_timestamp", "the _timestamp must be a date in the format yyyy-MM-ddT00:00:00Z"),
        ("_start_at", "_start_at must be a date in the format yyyy-MM-ddT00:00:00Z"),
        ("_end_at", "_end_at must be a date in the format yyyy-MM-ddT00:00:00Z"),
    ],
)
@pytest.mark.parametrize(
    "value",
    [
        "hammer time",
        "",
        "2013",
        "11/03/2013",
        "2013-3-11",
        "20130311",
        "2013-03-11Tnoon",
        "2013-03-11T00:00:00 Europe/London",
        "2013-03-11T00:00:00Z\n",
        "٢٠١٣-٠٣-١١",
        "2013-03-11T00:00:00." + "0" * 100,
        5,
        1.5,
        True,
        None,
        [],
        {},
    ],
)
def test_what_is_no_date_is_told_the_format(name: str, sentence: str, value: object) -> None:
    assert read(value) is None
    assert fault(name, value) == sentence


@pytest.mark.parametrize("name", ["_timestamp", "_start_at", "_end_at"])
@pytest.mark.parametrize(
    "value",
    [
        "2013-02-30",
        "2013-13-01T00:00:00Z",
        "2013-00-01",
        "2013-03-11T25:00:00Z",
        "2013-03-11T00:61:00",
        "2013-03-11T00:00:00+25:00",
        "0000-01-01",
        "0001-01-01T00:00:00+05:00",
        "9999-12-31T23:00:00-05:00",
    ],
)
def test_a_date_that_there_is_not_is_named(name: str, value: str) -> None:
    assert read(value) is None
    assert fault(name, value) == f"{value} in the {name} field is not a valid date"

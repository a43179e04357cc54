"""Section 2 of the contract: what a query's time may look like."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from api.records.times import read
from tests.api.records.asking import refusal
from tests.api.records.writing import WEATHER, Api


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013-03-11T10:20:30Z", "2013-03-11T10:20:30+00:00"),
        ("2013-03-11T10:20:30+00:00", "2013-03-11T10:20:30+00:00"),
        ("2013-03-11T10:20:30+0100", "2013-03-11T09:20:30+00:00"),
        ("2013-03-11T10:20:30-05:30", "2013-03-11T15:50:30+00:00"),
        ("2013-03-11T23:00:00+23:59", "2013-03-10T23:01:00+00:00"),
        ("2012-02-29T00:00:00Z", "2012-02-29T00:00:00+00:00"),
        ("1900-01-01T00:00:00Z", "1900-01-01T00:00:00+00:00"),
        ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59+00:00"),
    ],
)
def test_a_time_is_a_date_and_a_time_to_the_second_with_its_zone(text: str, expected: str) -> None:
    time = read(text)
    assert time is not None
    assert datetime.fromtimestamp(time.at, UTC).isoformat() == expected


BAD = [
    "",
    "2013-03-11",
    "2013-03-11T10:20:30",
    "2013-03-11T10:20Z",
    "2013-03-11 10:20:30Z",
    "2013-03-11t10:20:30z",
    "2013-03-11T10:20:30.5Z",
    "2013-03-11T10:20:30,5Z",
    "2013-03-11T10:20:30+01",
    "2013-03-11T10:20:30+1:00",
    "2013-03-11T10:20:30+24:00",
    "2013-03-11T10:20:30+00:60",
    "2013-03-11T10:20:30 00:00",
    "2013-03-11T10:20:30Z ",
    "2013-03-11T10:20:30Z\n",
    " 2013-03-11T10:20:30Z",
    "2013-02-29T00:00:00Z",
    "2013-13-01T00:00:00Z",
    "2013-00-01T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "2013-03-11T24:00:00Z",
    "2013-03-11T10:60:00Z",
    "2013-03-11T10:20:60Z",
    "12013-03-11T10:20:30Z",
    "٢٠١٣-03-11T10:20:30Z",
    "yesterday",
]


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_no_time(shared: Api, text: str) -> None:
    assert read(text) is None
    good = "2013-03-11T00:00:00Z"
    assert refusal(shared, start_at=text, end_at=good) == "start_at is not a valid datetime"
    assert refusal(shared, start_at=good, end_at=text) == "end_at is not a valid datetime"


def test_a_plus_that_is_not_escaped_arrives_as_a_space(shared: Api) -> None:
    ends = "start_at=2013-03-11T00:00:00+01:00&end_at=2013-03-12T00:00:00%2B01:00"
    assert refusal(shared, f"{WEATHER}?{ends}") == "start_at is not a valid datetime"
    escaped = ends.replace("00+01", "00%2B01")
    assert shared.client.get(f"{WEATHER}?{escaped}").status_code == 200

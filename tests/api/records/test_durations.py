"""Section 3 of the contract: `duration`, and the window that moves to where the data is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.records.asking import Row, day, rows
from tests.api.records.writing import Api

pytestmark = pytest.mark.usefixtures("now")


def sent(api: Api, *days: int, authority: str = "Camden") -> None:
    """A record on each of these days of March 2013."""
    api.post(
        [{"_id": f"{authority}{n}", "_timestamp": day(n), "authority": authority} for n in days]
    )


def counts(found: list[Row]) -> dict[str, int]:
    """How many records each period has, by the day of March that it starts on."""
    return {row["_start_at"].removeprefix("2013-03-")[:2]: row["_count"] for row in found}


def test_from_a_start_it_is_so_many_whole_periods(readable: Api) -> None:
    sent(readable, 11, 12, 13, 14)
    found = rows(readable, period="day", start_at=day(11), duration="3")
    assert counts(found) == {"11": 1, "12": 1, "13": 1}


def test_up_to_an_end_it_is_so_many_whole_periods(readable: Api) -> None:
    sent(readable, 11, 12, 13, 14)
    found = rows(readable, period="day", end_at=day(14), duration="2")
    assert counts(found) == {"12": 1, "13": 1}


def test_from_neither_it_is_up_to_now_without_the_current_period(readable: Api) -> None:
    # Now is half past noon on the 20th.
    sent(readable, 17, 18, 19, 20, 21)
    found = rows(readable, period="day", duration="2")
    assert counts(found) == {"18": 1, "19": 1}


def test_an_end_inside_a_period_moves_back_to_its_start_and_so_do_the_records(
    readable: Api,
) -> None:
    readable.post(
        [
            {"_id": "a", "_timestamp": day(11, "02:00:00")},
            {"_id": "b", "_timestamp": day(13, "09:00:00")},
        ]
    )
    found = rows(readable, period="day", start_at=day(11, "10:00:00"), duration="2")
    assert counts(found) == {"11": 1, "12": 0}
    found = rows(readable, period="day", end_at=day(13, "10:00:00"), duration="2")
    assert counts(found) == {"10": 0, "11": 1}


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        ("hour", ["2013-03-20T10:00", "2013-03-20T11:00"]),
        ("week", ["2013-03-04", "2013-03-11"]),
        ("month", ["2013-01-01", "2013-02-01"]),
        ("quarter", ["2012-07-01", "2012-10-01"]),
        ("year", ["2011-01-01", "2012-01-01"]),
    ],
)
def test_any_period_can_be_counted_back_from_now(
    readable: Api, period: str, starts: list[str]
) -> None:
    found = rows(readable, period=period, duration="2")
    assert [row["_start_at"][: len(starts[0])] for row in found] == starts


def test_from_a_start_the_window_moves_later_to_the_first_data_in_it(readable: Api) -> None:
    sent(readable, 13, 15, 17)
    found = rows(readable, period="day", start_at=day(11), duration="4")
    assert counts(found) == {"13": 1, "14": 0, "15": 1, "16": 0}


def test_up_to_an_end_the_window_moves_earlier_to_the_last_data_in_it(readable: Api) -> None:
    sent(readable, 9, 11, 12)
    found = rows(readable, period="day", end_at=day(15), duration="4")
    assert counts(found) == {"09": 1, "10": 0, "11": 1, "12": 1}


def test_up_to_now_the_window_moves_earlier(readable: Api) -> None:
    sent(readable, 15, 17)
    assert counts(rows(readable, period="day", duration="3")) == {"15": 1, "16": 0, "17": 1}


def test_the_window_moves_only_once(readable: Api) -> None:
    # It moves from the 11th to the 14th; the data on the 14th is all there is.
    sent(readable, 14)
    found = rows(readable, period="day", start_at=day(11), duration="4")
    assert counts(found) == {"14": 1, "15": 0, "16": 0, "17": 0}


def test_a_window_without_any_data_stays(readable: Api) -> None:
    sent(readable, 18)
    found = rows(readable, period="day", start_at=day(11), duration="2")
    assert counts(found) == {"11": 0, "12": 0}
    found = rows(readable, period="day", start_at=day(11), duration="2", group_by="authority")
    assert found == []


def test_months_move_by_months(readable: Api) -> None:
    readable.post({"_id": "a", "_timestamp": "2012-11-05T00:00:00Z"})
    found = rows(readable, period="month", duration="6")
    assert [row["_start_at"][:7] for row in found] == [
        "2012-06",
        "2012-07",
        "2012-08",
        "2012-09",
        "2012-10",
        "2012-11",
    ]


def test_with_groups_it_moves_as_little_as_any_of_them_needs(readable: Api) -> None:
    sent(readable, 13, authority="Camden")
    sent(readable, 12, 15, authority="Barnet")
    found = rows(readable, period="day", start_at=day(11), duration="4", group_by="authority")
    assert {row["authority"]: counts(row["values"]) for row in found} == {
        "Barnet": {"12": 1, "13": 0, "14": 0, "15": 1},
        "Camden": {"12": 0, "13": 1, "14": 0, "15": 0},
    }


def test_only_groups_within_the_limit_move_it(readable: Api) -> None:
    sent(readable, 14, authority="Camden")
    sent(readable, 12, authority="Barnet")
    query: dict[str, Any] = {"period": "day", "start_at": day(11), "duration": "4", "limit": "1"}
    (row,) = rows(readable, group_by="authority", sort_by="authority:descending", **query)
    assert (row["authority"], counts(row["values"])) == (
        "Camden",
        {"14": 1, "15": 0, "16": 0, "17": 0},
    )


def test_groups_without_a_value_do_not_move_it(readable: Api) -> None:
    sent(readable, 13, authority="Camden")
    readable.post({"_id": "nobody", "_timestamp": day(12)})
    (row,) = rows(readable, period="day", start_at=day(11), duration="3", group_by="authority")
    assert counts(row["values"]) == {"13": 1, "14": 0, "15": 0}


def test_flat_windows_never_move(readable: Api) -> None:
    sent(readable, 13)
    query: dict[str, Any] = {"period": "day", "start_at": day(11), "duration": "3"}
    found = rows(readable, flatten="true", group_by="authority", **query)
    assert counts(found) == {"11": 0, "12": 0, "13": 1}

"""Section 3 of the contract: which records there are, and what they look like as they are."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.api.records.asking import Row, day, rows
from tests.api.records.writing import Api

WEEK = {"start_at": "2013-03-11T00:00:00Z", "end_at": "2013-03-18T00:00:00Z"}


def keys(found: list[Row]) -> list[str]:
    """The `_id`s of rows, in their order."""
    return [row["_id"] for row in found]


def test_a_record_comes_whole_with_the_starts_of_its_periods(readable: Api) -> None:
    readable.post({"_id": "a", "_timestamp": "2013-05-15T13:14:15Z", "count": 3, "kind": None})
    (row,) = rows(readable)
    updated = row.pop("_updated_at")
    assert datetime.fromisoformat(updated).utcoffset() is not None
    assert row == {
        "_id": "a",
        "_timestamp": "2013-05-15T13:14:15+00:00",
        "count": 3,
        "kind": None,
        "_hour_start_at": "2013-05-15T13:00:00+00:00",
        "_day_start_at": "2013-05-15T00:00:00+00:00",
        "_week_start_at": "2013-05-13T00:00:00+00:00",
        "_month_start_at": "2013-05-01T00:00:00+00:00",
        "_quarter_start_at": "2013-04-01T00:00:00+00:00",
        "_year_start_at": "2013-01-01T00:00:00+00:00",
    }


def test_a_record_without_a_time_has_no_starts(readable: Api) -> None:
    readable.post({"_id": "a", "count": 3})
    (row,) = rows(readable)
    assert set(row) == {"_id", "count", "_updated_at"}


def test_microseconds_are_there_only_if_they_are_not_0(readable: Api) -> None:
    readable.post({"_id": "a", "_timestamp": "2013-03-11T01:02:03.000004Z"})
    (row,) = rows(readable)
    assert row["_timestamp"] == "2013-03-11T01:02:03.000004+00:00"
    assert row["_hour_start_at"] == "2013-03-11T01:00:00+00:00"


def test_times_before_1970_have_their_periods_too(readable: Api) -> None:
    # 28 December 1969 was a Sunday.
    readable.post({"_id": "a", "_timestamp": "1969-12-28T23:59:59.5Z"})
    (row,) = rows(readable)
    assert row["_timestamp"] == "1969-12-28T23:59:59.500000+00:00"
    assert row["_hour_start_at"] == "1969-12-28T23:00:00+00:00"
    assert row["_week_start_at"] == "1969-12-22T00:00:00+00:00"
    assert row["_quarter_start_at"] == "1969-10-01T00:00:00+00:00"


def test_no_records_are_an_empty_list(readable: Api) -> None:
    assert rows(readable) == []


@pytest.mark.parametrize(
    ("inclusive", "expected"),
    [("false", ["first", "last"]), ("true", ["first", "last", "end"])],
)
def test_a_time_range_has_its_start_and_not_its_end_unless_asked_for(
    readable: Api, inclusive: str, expected: list[str]
) -> None:
    readable.post(
        [
            {"_id": "before", "_timestamp": "2013-03-10T23:59:59.999999Z"},
            {"_id": "first", "_timestamp": "2013-03-11T00:00:00Z"},
            {"_id": "last", "_timestamp": "2013-03-17T23:59:59.999999Z"},
            {"_id": "end", "_timestamp": "2013-03-18T00:00:00Z"},
            {"_id": "after", "_timestamp": "2013-03-18T00:00:00.000001Z"},
            {"_id": "timeless"},
        ]
    )
    assert keys(rows(readable, **WEEK, inclusive=inclusive)) == expected


def test_the_ends_of_a_time_range_may_be_in_any_zone(readable: Api) -> None:
    readable.post([{"_id": f"{n}", "_timestamp": day(11, f"{n:02}:00:00")} for n in (1, 5, 9)])
    found = rows(readable, start_at="2013-03-11T06:00:00+0200", end_at="2013-03-11T01:00:00-08:00")
    assert keys(found) == ["5"]


def test_a_limit_keeps_the_first_and_0_is_no_limit(readable: Api) -> None:
    readable.post([{"_id": "a"}, {"_id": "b"}, {"_id": "c"}])
    assert keys(rows(readable, limit="2")) == ["a", "b"]
    assert keys(rows(readable, limit="0")) == ["a", "b", "c"]
    assert keys(rows(readable, limit="9")) == ["a", "b", "c"]


SORTED: list[tuple[str, Row]] = [
    ("missing", {}),
    ("null", {"size": None}),
    ("minus", {"size": -1.5}),
    ("two", {"size": 2}),
    ("ten", {"size": 10}),
    ("large", {"size": 9_007_199_254_740_993}),
    ("empty", {"size": ""}),
    ("text-10", {"size": "10"}),
    ("text-2", {"size": "2"}),
    ("upper", {"size": "B"}),
    ("lower", {"size": "a"}),
    ("accent", {"size": "é"}),
    ("face", {"size": "😀"}),
    ("no", {"size": False}),
    ("yes", {"size": True}),
]


def test_sorting_is_by_value_with_records_without_the_field_first(readable: Api) -> None:
    readable.post([{"_id": key, **fields} for key, fields in reversed(SORTED)])
    ascending = keys(rows(readable, sort_by="size:ascending"))
    assert ascending[2:] == [key for key, _ in SORTED[2:]]
    assert set(ascending[:2]) == {"missing", "null"}


def test_descending_is_the_other_way_round(readable: Api) -> None:
    readable.post([{"_id": key, **fields} for key, fields in SORTED[1:]])
    assert keys(rows(readable, sort_by="size:descending")) == [key for key, _ in SORTED[:0:-1]]


def test_numbers_next_to_each_other_are_sorted_exactly(readable: Api) -> None:
    numbers = [9_007_199_254_740_994, 9_007_199_254_740_993, 9_007_199_254_740_992]
    readable.post([{"_id": f"{n}", "size": n} for n in numbers])
    found = rows(readable, sort_by="size:ascending")
    assert [row["size"] for row in found] == numbers[::-1]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("_timestamp", ["none", "early", "half", "late"]),
        ("_week_start_at", ["none", "early", "half", "late"]),
        ("_id", ["early", "half", "late", "none"]),
    ],
)
def test_internal_fields_sort_too(readable: Api, field: str, expected: list[str]) -> None:
    readable.post(
        [
            {"_id": "late", "_timestamp": day(19)},
            {"_id": "half", "_timestamp": "2013-03-11T00:00:00.5Z"},
            {"_id": "early", "_timestamp": day(11)},
            {"_id": "none"},
        ]
    )
    assert keys(rows(readable, sort_by=f"{field}:ascending")) == expected


def test_sorting_comes_before_the_limit(readable: Api) -> None:
    readable.post([{"_id": f"{n}", "size": n} for n in (3, 1, 2)])
    assert keys(rows(readable, sort_by="size:descending", limit="2")) == ["3", "2"]


def test_field_names_that_differ_in_case_are_different_fields(readable: Api) -> None:
    readable.post([{"_id": "a", "Size": 1, "size": 2}, {"_id": "b", "Size": 2, "size": 1}])
    assert keys(rows(readable, sort_by="Size:ascending")) == ["a", "b"]
    assert keys(rows(readable, sort_by="size:ascending")) == ["b", "a"]


def test_records_without_a_time_come_first_and_all_else_is_by_id(readable: Api) -> None:
    later = {"_id": "A", "_timestamp": day(4)}
    readable.post([later, *({"_id": key} for key in ("b", "10", "B", "a", "9"))])
    assert [row["_id"] for row in rows(readable)] == ["10", "9", "B", "a", "b", "A"]
    assert [row["_id"] for row in rows(readable, limit="2")] == ["10", "9"]

"""Section 3 of the contract: `group_by`, `collect`, and what groups are sorted by."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.records.asking import Given, Row, refusal, rows
from tests.api.records.writing import Api

BOROUGHS = [
    {"_id": "1", "authority": "Camden", "kind": "new", "value": 5},
    {"_id": "2", "authority": "Camden", "kind": "old", "value": 2},
    {"_id": "3", "authority": "Barnet", "kind": "new", "value": 10},
    {"_id": "4", "authority": "Westminster", "kind": "new"},
    {"_id": "5", "authority": "Westminster", "kind": "new", "value": None},
    {"_id": "6", "authority": None, "kind": "new", "value": 100},
    {"_id": "7", "kind": "new", "value": 100},
]


@pytest.fixture
def boroughs(readable: Api) -> Api:
    """Three boroughs, and two records of none."""
    readable.post(BOROUGHS)
    return readable


def test_each_value_that_occurs_is_counted_sorted_by_value(boroughs: Api) -> None:
    assert rows(boroughs, group_by="authority") == [
        {"authority": "Barnet", "_count": 1},
        {"authority": "Camden", "_count": 2},
        {"authority": "Westminster", "_count": 2},
    ]


def test_two_fields_count_each_combination_that_occurs(boroughs: Api) -> None:
    assert rows(boroughs, group_by=("kind", "authority")) == [
        {"kind": "new", "authority": "Barnet", "_count": 1},
        {"kind": "new", "authority": "Camden", "_count": 1},
        {"kind": "new", "authority": "Westminster", "_count": 2},
        {"kind": "old", "authority": "Camden", "_count": 1},
    ]


def test_the_same_field_twice_is_one_field(boroughs: Api) -> None:
    twice = rows(boroughs, group_by=("authority", "authority"))
    assert twice == rows(boroughs, group_by="authority")


def test_values_of_different_types_are_different_and_equal_numbers_are_not(readable: Api) -> None:
    values: list[Any] = [1, 1.0, "1", True, 0, False, "", "true", 1.5, -2, "é", "Z"]
    readable.post([{"_id": f"{n}", "value": value} for n, value in enumerate(values)])
    found = rows(readable, group_by="value")
    # Numbers, text, booleans.
    expected = [-2, 0, 1, 1.5, "", "1", "Z", "true", "é", False, True]
    assert [repr(row["value"]) for row in found] == [repr(value) for value in expected]
    assert [row["_count"] for row in found] == [1, 1, 2, *[1] * 8]


def test_groups_are_of_a_time_range_and_filters(boroughs: Api) -> None:
    boroughs.post({"_id": "8", "_timestamp": "2013-03-11T00:00:00Z", "authority": "Barnet"})
    time = {"start_at": "2013-03-11T00:00:00Z", "end_at": "2013-03-18T00:00:00Z"}
    assert rows(boroughs, group_by="authority", **time) == [{"authority": "Barnet", "_count": 1}]
    old = rows(boroughs, group_by="authority", filter_by="kind:old")
    assert old == [{"authority": "Camden", "_count": 1}]


def test_no_records_make_no_groups(readable: Api) -> None:
    assert rows(readable, group_by="authority") == []


def of(boroughs: Api, authority: str, **given: Given) -> Row:
    (row,) = [row for row in rows(boroughs, **given) if row["authority"] == authority]
    return row


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("Camden", {"value:sum": 7, "value:mean": 3.5, "value:count": 2, "value:set": [2, 5]}),
        ("Barnet", {"value:sum": 10, "value:mean": 10.0, "value:count": 1, "value:set": [10]}),
        ("Westminster", {"value:sum": 0, "value:mean": None, "value:count": 0, "value:set": []}),
    ],
)
def test_values_are_collected_by_every_method_and_missing_ones_are_ignored(
    boroughs: Api, authority: str, expected: Row
) -> None:
    row = of(boroughs, authority, group_by="authority", collect=tuple(expected))
    count = 1 if authority == "Barnet" else 2
    assert row == {"authority": authority, "_count": count, **expected}
    assert isinstance(row["value:mean"], float | None)


def test_a_field_alone_means_its_set_under_both_names(boroughs: Api) -> None:
    row = of(boroughs, "Camden", group_by="authority", collect="kind")
    assert row == {
        "authority": "Camden",
        "_count": 2,
        "kind:set": ["new", "old"],
        "kind": ["new", "old"],
    }


def test_several_fields_are_collected_at_once(boroughs: Api) -> None:
    row = of(boroughs, "Camden", group_by="authority", collect=("value:sum", "kind:count", "kind"))
    assert (row["value:sum"], row["kind:count"], row["kind"]) == (7, 2, ["new", "old"])


def test_a_set_has_each_value_once_sorted_numbers_before_text(readable: Api) -> None:
    values: list[Any] = ["b", 2, "a", 10, 2, "b", None, True, 1.5, "B"]
    readable.post([{"_id": f"{n}", "one": 1, "value": v} for n, v in enumerate(values)])
    (row,) = rows(readable, group_by="one", collect="value:set")
    assert row["value:set"] == [1.5, 2, 10, "B", "a", "b", True]
    assert row["value:set"][-1] is True


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ([2**63 - 1, 2**63 - 1, 5], 2**64 + 3),
        ([-(2**63), -(2**63), -1], -(2**64) - 1),
        ([2**63 - 1, -(2**63)], -1),
        ([9_007_199_254_740_993, 2], 9_007_199_254_740_995),
        ([True, True, False, 1], 3),
        ([0.5, 2], 2.5),
        ([1.0, 2.0], 3.0),
    ],
)
def test_sums_are_exact(readable: Api, values: list[Any], total: float) -> None:
    readable.post([{"_id": f"{n}", "one": 1, "value": v} for n, v in enumerate(values)])
    (row,) = rows(readable, group_by="one", collect="value:sum")
    assert repr(row["value:sum"]) == repr(total)


def test_the_mean_of_very_large_numbers_is_a_number(readable: Api) -> None:
    readable.post([{"_id": f"{n}", "one": 1, "value": 2**63 - 1} for n in range(3)])
    (row,) = rows(readable, group_by="one", collect="value:mean")
    assert row["value:mean"] == 2.0**63


@pytest.mark.parametrize("method", ["sum", "mean"])
def test_a_sum_beyond_what_a_number_can_hold_is_refused(readable: Api, method: str) -> None:
    readable.post([{"_id": f"{n}", "one": 1, "value": 1.7e308} for n in range(2)])
    message = refusal(readable, group_by="one", collect=f"value:{method}")
    assert message == "The values of value are too large to be added up."


@pytest.mark.parametrize("method", ["sum", "mean"])
def test_text_cannot_be_added_up(boroughs: Api, method: str) -> None:
    boroughs.post({"_id": "8", "authority": "Camden", "value": "many"})
    for query in ({}, {"limit": "1"}):
        message = refusal(boroughs, group_by="authority", collect=f"value:{method}", **query)
        assert message == "invalid collect function"
    assert of(boroughs, "Camden", group_by="authority", collect="value:count")["value:count"] == 3


@pytest.mark.parametrize(
    ("sort_by", "expected"),
    [
        ("authority:descending", ["Westminster", "Camden", "Barnet"]),
        ("_count:ascending", ["Barnet", "Camden", "Westminster"]),
        # Ties keep their order.
        ("_count:descending", ["Camden", "Westminster", "Barnet"]),
        ("value:sum:descending", ["Barnet", "Camden", "Westminster"]),
        ("value:mean:ascending", ["Westminster", "Camden", "Barnet"]),
        ("kind:ascending", ["Barnet", "Westminster", "Camden"]),
    ],
)
def test_groups_are_sorted_by_a_key_of_theirs(
    boroughs: Api, sort_by: str, expected: list[str]
) -> None:
    collect = ("value:sum", "value:mean", "kind")
    found = rows(boroughs, group_by="authority", collect=collect, sort_by=sort_by)
    assert [row["authority"] for row in found] == expected


def test_a_limit_keeps_the_first_groups_after_sorting(boroughs: Api) -> None:
    found = rows(boroughs, group_by="authority", sort_by="authority:descending", limit="2")
    assert [row["authority"] for row in found] == ["Westminster", "Camden"]
    assert len(rows(boroughs, group_by="authority", limit="0")) == 3


@pytest.mark.parametrize("key", ["nothing", "value:sum", "value", "_group_count", "_start_at"])
def test_a_key_that_no_group_has_is_refused(boroughs: Api, key: str) -> None:
    message = refusal(boroughs, group_by="authority", sort_by=f"{key}:ascending")
    assert message == f"Cannot sort by {key}: the answer does not have it."


def test_flatten_alone_changes_nothing(boroughs: Api) -> None:
    flat = rows(boroughs, group_by="authority", flatten="true", collect="value:sum")
    assert flat == rows(boroughs, group_by="authority", collect="value:sum")


def test_fields_that_differ_in_case_are_different_groups(readable: Api) -> None:
    readable.post([{"_id": "a", "kind": "x", "Kind": "y"}, {"_id": "b", "kind": "x"}])
    assert rows(readable, group_by="kind") == [{"kind": "x", "_count": 2}]
    assert rows(readable, group_by="Kind") == [{"Kind": "y", "_count": 1}]

"""Section 3 of the contract: counting by period, alone and inside groups, nested and flat."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.api.records.asking import Row, day, refusal, rows
from tests.api.records.writing import Api

FORTNIGHT = {"start_at": "2013-03-11T00:00:00Z", "end_at": "2013-03-25T00:00:00Z"}
CLAIMS = [
    {"_id": "1", "_timestamp": day(11), "authority": "Camden", "kind": "new", "value": 5},
    {"_id": "2", "_timestamp": day(12), "authority": "Camden", "kind": "old", "value": 1},
    {"_id": "3", "_timestamp": day(19), "authority": "Barnet", "kind": "new", "value": 8},
    {"_id": "4", "_timestamp": day(20), "authority": "Camden", "kind": "new"},
    {"_id": "5", "_timestamp": day(20), "kind": "new", "value": 100},
    {"_id": "6", "authority": "Camden", "kind": "new", "value": 100},
]
FIRST = {"_start_at": day(11), "_end_at": day(18)}
SECOND = {"_start_at": day(18), "_end_at": day(25)}


@pytest.fixture
def claims(readable: Api) -> Api:
    """Claims of two weeks of March 2013; one of no authority, one of no time."""
    readable.post(CLAIMS)
    return readable


def test_every_period_is_counted_in_order_with_records_or_without(claims: Api) -> None:
    found = rows(claims, period="day", **FORTNIGHT)
    assert found[0] == {"_start_at": day(11), "_end_at": day(12), "_count": 1}
    assert [row["_start_at"] for row in found] == [day(n) for n in range(11, 25)]
    counts = {row["_start_at"]: row["_count"] for row in found if row["_count"]}
    assert counts == {day(11): 1, day(12): 1, day(19): 1, day(20): 2}


def test_a_record_without_a_time_is_in_no_period(claims: Api) -> None:
    assert sum(row["_count"] for row in rows(claims, period="day", **FORTNIGHT)) == 5


def test_periods_of_no_records_at_all_are_there(readable: Api) -> None:
    assert rows(readable, period="week", **FORTNIGHT) == [
        {**FIRST, "_count": 0},
        {**SECOND, "_count": 0},
    ]


@pytest.mark.parametrize(
    ("period", "start", "end", "expected"),
    [
        ("hour", "2013-03-11T10:30:00Z", "2013-03-11T12:00:01Z", ["10:00", "11:00", "12:00"]),
        ("hour", "2013-03-11T10:00:00Z", "2013-03-11T12:00:00Z", ["10:00", "11:00"]),
        ("day", "2013-03-11T23:00:00Z", "2013-03-13T00:00:00Z", ["03-11", "03-12"]),
        # Weeks start on Monday: the 11th and the 18th.
        ("week", "2013-03-17T00:00:00Z", "2013-03-18T00:00:01Z", ["03-11", "03-18"]),
        ("month", "2013-01-31T00:00:00Z", "2013-03-01T00:00:00Z", ["2013-01", "2013-02"]),
        ("quarter", "2012-12-31T00:00:00Z", "2013-04-02T00:00:00Z", ["12-10", "13-01", "13-04"]),
        ("year", "1969-12-31T00:00:00Z", "1971-01-01T00:00:00Z", ["1969-01", "1970-01"]),
        # In UTC this is still Sunday.
        ("week", "2013-03-18T00:30:00+01:00", "2013-03-18T00:00:00Z", ["03-11"]),
        # A moment in the middle of a period is in that period; at its start it is in none.
        ("day", "2013-03-11T10:00:00Z", "2013-03-11T10:00:00Z", ["03-11"]),
        ("day", "2013-03-11T00:00:00Z", "2013-03-11T00:00:00Z", []),
        ("day", "2013-03-12T00:00:00Z", "2013-03-10T00:00:00Z", []),
    ],
)
def test_periods_run_from_the_one_of_the_start_to_the_one_of_the_end(
    readable: Api, period: str, start: str, end: str, expected: list[str]
) -> None:
    found = rows(readable, period=period, start_at=start, end_at=end)
    starts = [row["_start_at"] for row in found]
    assert len(starts) == len(expected)
    assert all(part in start for part, start in zip(expected, starts, strict=True))
    assert all(one["_end_at"] == two["_start_at"] for one, two in pairwise(found))


def test_the_window_is_widened_to_whole_periods_but_not_the_records(readable: Api) -> None:
    readable.post([{"_id": f"{n}", "_timestamp": day(n)} for n in (11, 13, 19, 21)])
    found = rows(readable, period="week", start_at=day(12), end_at=day(20))
    assert found == [{**FIRST, "_count": 1}, {**SECOND, "_count": 1}]


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        ("hour", ["1969-12-31T23:00:00+00:00", "1970-01-01T00:00:00+00:00"]),
        ("day", ["1969-12-31T00:00:00+00:00", "1970-01-01T00:00:00+00:00"]),
        ("month", ["1969-12-01T00:00:00+00:00", "1970-01-01T00:00:00+00:00"]),
        ("quarter", ["1969-10-01T00:00:00+00:00", "1970-01-01T00:00:00+00:00"]),
        ("year", ["1969-01-01T00:00:00+00:00", "1970-01-01T00:00:00+00:00"]),
    ],
)
def test_times_before_1970_are_in_their_own_period(
    readable: Api, period: str, starts: list[str]
) -> None:
    readable.post(
        [
            {"_id": "before", "_timestamp": "1969-12-31T23:59:59.999999Z"},
            {"_id": "after", "_timestamp": "1970-01-01T00:00:00Z"},
        ]
    )
    found = rows(
        readable, period=period, start_at="1969-12-31T23:30:00Z", end_at="1970-01-01T00:00:01Z"
    )
    assert [(row["_start_at"], row["_count"]) for row in found] == [(start, 1) for start in starts]


def test_periods_of_groups_are_inside_their_group(claims: Api) -> None:
    assert rows(claims, period="week", group_by="authority", **FORTNIGHT) == [
        {
            "authority": "Barnet",
            "_count": 1,
            "_group_count": 1,
            "values": [{**FIRST, "_count": 0}, {**SECOND, "_count": 1}],
        },
        {
            "authority": "Camden",
            "_count": 3,
            "_group_count": 2,
            "values": [{**FIRST, "_count": 2}, {**SECOND, "_count": 1}],
        },
    ]


def test_periods_of_combinations_are_inside_each_that_occurs(claims: Api) -> None:
    found = rows(claims, period="week", group_by=("authority", "kind"), **FORTNIGHT)
    assert [(row["authority"], row["kind"], row["_count"]) for row in found] == [
        ("Barnet", "new", 1),
        ("Camden", "new", 2),
        ("Camden", "old", 1),
    ]
    assert all(len(row["values"]) == 2 for row in found)


@pytest.mark.parametrize("flatten", ["true", "false"])
def test_no_records_at_all_make_no_groups(readable: Api, flatten: str) -> None:
    found = rows(readable, period="week", group_by="authority", flatten=flatten, **FORTNIGHT)
    assert found == []


def test_what_is_collected_is_at_both_levels_and_null_in_a_gap(claims: Api) -> None:
    methods = ("value:sum", "value:mean", "value:count", "value", "kind:set")
    barnet, camden = rows(claims, period="week", group_by="authority", collect=methods, **FORTNIGHT)
    gap = {**FIRST, "_count": 0, **dict.fromkeys(["value:sum", "value:mean", "value:count"])}
    assert barnet["values"][0] == {**gap, "value:set": None, "kind:set": None}
    assert camden["values"][1] == {
        **SECOND,
        "_count": 1,
        "value:sum": 0,
        "value:mean": None,
        "value:count": 0,
        "value:set": [],
        "value": [],
        "kind:set": ["new"],
    }
    del camden["values"]
    assert camden == {
        "authority": "Camden",
        "_count": 3,
        "_group_count": 2,
        "value:sum": 6,
        "value:mean": 3.0,
        "value:count": 2,
        "value:set": [1, 5],
        "value": [1, 5],
        "kind:set": ["new", "old"],
    }


def test_the_outer_mean_is_of_all_values_not_of_means(readable: Api) -> None:
    values = [(11, 1), (12, 2), (13, 3), (18, 10)]
    readable.post(
        [{"_id": f"{n}", "_timestamp": day(n), "one": "x", "value": v} for n, v in values]
    )
    (row,) = rows(readable, period="week", group_by="one", collect="value:mean", **FORTNIGHT)
    assert [inner["value:mean"] for inner in row["values"]] == [2.0, 10.0]
    assert row["value:mean"] == 4.0


def test_periods_alone_are_collected_too(claims: Api) -> None:
    found = rows(claims, period="week", collect=("value:sum", "kind"), **FORTNIGHT)
    assert [row["value:sum"] for row in found] == [6, 108]
    assert [row["kind"] for row in found] == [["new", "old"], ["new"]]
    found = rows(claims, period="day", collect="kind", start_at=day(13), end_at=day(14))
    assert found == [{"_start_at": day(13), "_end_at": day(14), "_count": 0, "kind:set": None}]


def test_groups_are_sorted_and_limited_before_gaps_are_filled(claims: Api) -> None:
    query: dict[str, Any] = {"period": "week", "group_by": "authority", **FORTNIGHT}
    found = rows(claims, sort_by="_count:descending", limit="1", **query)
    assert [(row["authority"], len(row["values"])) for row in found] == [("Camden", 2)]
    found = rows(claims, sort_by="_group_count:ascending", **query)
    assert [row["authority"] for row in found] == ["Barnet", "Camden"]
    assert "Cannot sort by values" in refusal(claims, sort_by="values:ascending", **query)


def flat(row: Row) -> tuple[Any, ...]:
    return tuple(value for name, value in row.items() if name != "_end_at")


def test_flat_rows_are_of_every_period_and_every_value_seen(claims: Api) -> None:
    found = rows(claims, period="week", group_by="authority", flatten="true", **FORTNIGHT)
    assert found[0] == {**FIRST, "authority": "Barnet", "_count": 0}
    assert [flat(row) for row in found] == [
        (day(11), "Barnet", 0),
        (day(11), "Camden", 2),
        (day(18), "Barnet", 1),
        (day(18), "Camden", 1),
    ]


def test_flat_rows_have_combinations_that_never_occur(claims: Api) -> None:
    found = rows(claims, period="week", group_by=("authority", "kind"), flatten="true", **FORTNIGHT)
    assert {flat(row) for row in found} == {
        (day(11), "Barnet", "new", 0),
        (day(11), "Barnet", "old", 0),
        (day(11), "Camden", "new", 1),
        (day(11), "Camden", "old", 1),
        (day(18), "Barnet", "new", 1),
        (day(18), "Barnet", "old", 0),
        (day(18), "Camden", "new", 1),
        (day(18), "Camden", "old", 0),
    }
    assert len(found) == 8
    assert [row["_start_at"] for row in found] == [day(11)] * 4 + [day(18)] * 4


def test_flat_rows_have_what_is_collected_and_null_in_a_gap(claims: Api) -> None:
    found = rows(
        claims,
        period="week",
        group_by="authority",
        flatten="true",
        collect=("value:sum", "kind"),
        **FORTNIGHT,
    )
    assert found[0] == {
        **FIRST,
        "authority": "Barnet",
        "_count": 0,
        "value:sum": None,
        "kind:set": None,
    }
    assert (found[1]["value:sum"], found[1]["kind"]) == (6, ["new", "old"])


def test_a_limit_counts_flat_rows_before_they_are_filled(claims: Api) -> None:
    query: dict[str, Any] = {"period": "week", "group_by": "authority", "flatten": "true"}
    # The first row is Camden's first week; its second week is filled.
    assert [flat(row) for row in rows(claims, limit="1", **query, **FORTNIGHT)] == [
        (day(11), "Camden", 2),
        (day(18), "Camden", 0),
    ]
    found = rows(claims, limit="1", sort_by="authority:ascending", **query, **FORTNIGHT)
    assert [flat(row) for row in found] == [(day(11), "Barnet", 0), (day(18), "Barnet", 1)]


def test_a_sort_of_flat_rows_is_not_seen(claims: Api) -> None:
    query: dict[str, Any] = {"period": "week", "group_by": "authority", "flatten": "true"}
    found = rows(claims, sort_by="_count:descending", **query, **FORTNIGHT)
    assert [row["_start_at"] for row in found] == [day(11)] * 2 + [day(18)] * 2


def test_flat_periods_without_groups_are_the_same(claims: Api) -> None:
    flat = rows(claims, period="week", flatten="true", **FORTNIGHT)
    assert flat == rows(claims, period="week", **FORTNIGHT)


def test_a_moment_included_at_the_end_counts_in_its_group_and_has_no_period(readable: Api) -> None:
    readable.post(
        [
            {"_id": "last", "_timestamp": day(17), "one": "x"},
            {"_id": "end", "_timestamp": day(18), "one": "x"},
        ]
    )
    query: dict[str, Any] = {"period": "week", "start_at": day(11), "end_at": day(18)}
    assert rows(readable, inclusive="true", **query) == [{**FIRST, "_count": 1}]
    (row,) = rows(readable, inclusive="true", group_by="one", **query)
    assert (row["_count"], row["values"]) == (2, [{**FIRST, "_count": 1}])


@pytest.mark.parametrize(
    "times",
    [
        {"start_at": "1899-12-31T23:59:59Z", "end_at": "1900-01-05T00:00:00Z"},
        {"start_at": "1900-01-01T00:00:00+01:00", "end_at": "1900-01-05T00:00:00Z"},
        {"start_at": "0001-01-01T00:00:00+05:00", "end_at": "1900-01-05T00:00:00Z"},
        {"start_at": "9999-12-30T00:00:00Z", "end_at": "9999-12-31T23:59:59-05:00"},
        {"start_at": "9999-12-30T00:00:00Z", "end_at": "9999-12-31T23:59:59Z"},
        {"end_at": "1900-01-02T00:00:00Z", "duration": "100"},
        {"start_at": "9999-12-30T00:00:00Z", "duration": "100"},
        {"duration": "9" * 30},
        {"duration": "10000000"},
        {"start_at": "2013-03-11T00:00:00Z", "duration": "999999999999"},
    ],
)
@pytest.mark.parametrize("period", ["hour", "day", "month", "year"])
def test_years_outside_1900_to_9999_and_absurd_durations_are_refused(
    readable: Api, period: str, times: dict[str, str]
) -> None:
    message = refusal(readable, period=period, **times)
    assert message.startswith(("A query must be about times in the years", "The answer would have"))


@pytest.mark.parametrize("period", ["hour", "day", "week", "month", "quarter", "year"])
def test_the_first_and_the_last_years_can_be_asked_for(readable: Api, period: str) -> None:
    found = rows(
        readable, period=period, start_at="1900-01-01T00:00:00Z", end_at="1900-01-01T00:00:01Z"
    )
    assert len(found) == 1
    found = rows(
        readable, period=period, start_at="9998-12-31T00:00:00Z", end_at="9999-01-01T00:00:00Z"
    )
    assert found[-1]["_count"] == 0

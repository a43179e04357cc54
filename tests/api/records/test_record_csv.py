"""Section 3 of the contract: `format=csv`."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetKey, Delivery
from tests.api.records.asking import address, body, day, read, table
from tests.api.records.writing import WEATHER, Api

FORTNIGHT = {"start_at": "2013-03-11T00:00:00Z", "end_at": "2013-03-25T00:00:00Z"}


def test_groups_are_lines_under_all_keys_sorted(readable: Api) -> None:
    readable.post(
        [{"_id": "1", "kind": "new", "value": 5}, {"_id": "2", "kind": "old"}, {"_id": "3"}]
    )
    answer = read(readable, group_by="kind", collect=("value:sum", "value:mean"), format="csv")
    assert answer.text == "_count,kind,value:mean,value:sum\r\n1,new,5.0,5\r\n1,old,,0\r\n"
    assert answer.content_type == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment; filename=export.csv"


def test_records_are_lines_and_what_is_missing_or_null_is_empty(readable: Api) -> None:
    readable.post(
        [
            {"_id": "a", "_timestamp": "2013-05-15T13:00:00.5Z", "count": 3, "kind": None},
            {"_id": "b", "yes": True, "size": 1.0},
        ]
    )
    lines = read(readable, format="csv", sort_by="_id:ascending").text.split("\r\n")
    assert lines[0] == (
        "_day_start_at,_hour_start_at,_id,_month_start_at,_quarter_start_at,_timestamp,"
        "_updated_at,_week_start_at,_year_start_at,count,kind,size,yes"
    )
    assert lines[3:] == [""]
    first, second = table(readable, sort_by="_id:ascending")
    assert first["_timestamp"] == "2013-05-15T13:00:00.500000+00:00"
    assert first["_quarter_start_at"] == "2013-04-01T00:00:00+00:00"
    assert (first["count"], first["kind"], first["size"], first["yes"]) == ("3", "", "", "")
    assert (second["count"], second["_timestamp"]) == ("", "")
    assert (second["size"], second["yes"]) == ("1.0", "true")


def test_records_without_times_have_no_columns_of_times(readable: Api) -> None:
    readable.post({"_id": "b"})
    assert read(readable, format="csv").text.startswith("_id,_updated_at\r\nb,2")


def test_the_header_is_of_the_records_that_are_answered(readable: Api) -> None:
    readable.post([{"_id": "a", "one": 1}, {"_id": "b", "two": 2}])
    assert read(readable, format="csv", filter_by="_id:b").text.startswith("_id,_updated_at,two\r")
    limited = read(readable, format="csv", limit="1", sort_by="_id:ascending")
    assert limited.text.startswith("_id,_updated_at,one\r\n")


@pytest.mark.parametrize(
    "value", ["+44", "-0.5", "'tis", 'say "hi"', "a,b", "two\nlines", "two\r\nlines", "é😀", " "]
)
def test_text_comes_back_as_it_was_sent(readable: Api, value: str) -> None:
    readable.post({"_id": "a", "value": value})
    assert [row["value"] for row in table(readable)] == [value]
    assert [row["value"] for row in table(readable, group_by="value")] == [value]


@pytest.mark.parametrize("value", ["=1+1", "-", "@x", "\t=1", "\r=1", "+1+1", "'=1", "''-"])
def test_text_that_a_spreadsheet_would_run_has_an_apostrophe_more(
    readable: Api, value: str
) -> None:
    readable.post({"_id": "a", "value": value})
    assert [row["value"] for row in table(readable)] == [f"'{value}"]
    assert [row["value"] for row in table(readable, group_by="value")] == [f"'{value}"]


def test_a_number_below_zero_stays_one(readable: Api) -> None:
    readable.post([{"_id": "a", "value": -5}, {"_id": "b", "value": -0.25}])
    rows = table(readable, sort_by="_id:ascending")
    assert [row["value"] for row in rows] == ["-5", "-0.25"]


@pytest.mark.parametrize(
    "query", [{}, {"group_by": "kind"}, {"group_by": "kind", "period": "week", **FORTNIGHT}]
)
def test_no_rows_are_an_empty_body(readable: Api, query: dict[str, str]) -> None:
    answer = read(readable, format="csv", **query)
    assert (answer.status_code, answer.text) == (200, "")
    assert answer.mimetype == "text/csv"


def test_periods_are_lines(readable: Api) -> None:
    readable.post({"_id": "a", "_timestamp": day(11)})
    answer = read(readable, format="csv", period="week", **FORTNIGHT)
    first = f"1,{day(18)},{day(11)}\r\n"
    assert answer.text == f"_count,_end_at,_start_at\r\n{first}0,{day(25)},{day(18)}\r\n"


def test_a_nested_answer_is_flattened(readable: Api) -> None:
    kinds = [(11, "new"), (12, "old"), (19, "new")]
    readable.post([{"_id": f"{n}", "_timestamp": day(n), "kind": kind} for n, kind in kinds])
    query: dict[str, Any] = {"period": "week", "group_by": "kind", "collect": "kinds", **FORTNIGHT}
    nested = read(readable, format="csv", **query).text
    assert nested == read(readable, format="csv", flatten="true", **query).text
    assert [(row["_start_at"], row["kind"], row["_count"]) for row in table(readable, **query)] == [
        (day(11), "new", "1"),
        (day(11), "old", "1"),
        (day(18), "new", "1"),
        (day(18), "old", "0"),
    ]


def test_a_flattened_answer_has_the_groups_and_the_window_of_the_nested_one(
    readable: Api,
) -> None:
    kinds = [(13, "new"), (13, "old"), (14, "old")]
    readable.post([{"_id": f"{n}{k}", "_timestamp": day(n), "kind": k} for n, k in kinds])
    query = {"period": "day", "start_at": day(11), "duration": "3", "limit": "1"}
    found = table(readable, group_by="kind", sort_by="_count:descending", **query)
    assert [(row["_start_at"], row["kind"], row["_count"]) for row in found] == [
        (day(13), "old", "1"),
        (day(14), "old", "1"),
        (day(15), "old", "0"),
    ]


def test_a_set_in_a_cell_is_a_json_list(readable: Api) -> None:
    readable.post([{"_id": "a", "one": 1, "kind": "x"}, {"_id": "b", "one": 1, "kind": 2}])
    (row,) = table(readable, group_by="one", collect="kind:set")
    assert row["kind:set"] == '[2,"x"]'


def test_errors_stay_json(readable: Api) -> None:
    answer = read(readable, format="csv", foo="bar")
    assert body(answer)["message"] == "An unrecognised parameter was provided"
    assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize("format", ["json", "xml", "", "CSV"])
def test_any_other_format_is_json(readable: Api, format: str) -> None:
    assert body(read(readable, format=format)) == {"data": []}


def test_records_are_sent_as_they_are_read(readable: Api) -> None:
    _fill(readable, 6000)
    answer = readable.client.get(address(WEATHER, format="csv"), buffered=False)
    assert answer.is_streamed
    tracemalloc.start()
    try:
        size = sum(len(chunk) for chunk in answer.iter_encoded())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        answer.close()
    # All of them at once would be six million letters and more.
    assert size > 6_000_000
    assert most < size / 2


def test_a_reader_that_leaves_early_leaves_nothing_open(readable: Api) -> None:
    _fill(readable, 1200)
    answer = readable.client.get(address(WEATHER, format="csv"), buffered=False)
    next(answer.iter_encoded())
    answer.close()
    assert readable.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def _fill(api: Api, count: int) -> None:
    """Records of a thousand letters each."""
    records = [{"_id": f"{n}", "text": "x" * 1000} for n in range(count)]
    batch = Batch(DataSetKey("group", "weather"), records)
    deliver(api.engine, Delivery(batches=[batch]), Sender("a test"))

"""A query costs what it returns: bounded in rows and in time, with a sentence that says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from config import Settings
from data import record_reading
from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetKey, Delivery
from tests.api.records.asking import address, body, day, read, refusal, rows
from tests.api.records.writing import WEATHER, Api

FEW = 6
TOO_MANY = (
    "The answer would have more than 6 rows, which is the most that one query may have "
    "(the setting QUERY_ROWS_MOST). "
)
DAYS = {"start_at": day(11), "end_at": day(17)}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """No more than six rows: of eight records, of eight kinds, on the four days from the 11th."""
    made = Api(tmp_path_factory.mktemp("bounds"), Settings(query_rows_most=FEW))
    made.make(raw_queries_allowed=True)
    made.post(
        [
            {"_id": f"{n}", "_timestamp": day(11 + n // 2), "kind": n, "half": n % 2, "one": 1}
            for n in range(8)
        ]
    )
    yield made
    made.engine.dispose()


def refused(api: Api, **given: Any) -> str:
    """Why an answer is too large."""
    return refusal(api, WEATHER, 413, **given)


@pytest.mark.parametrize("format", ["json", "csv"])
def test_more_records_than_the_bound_are_refused(api: Api, format: str) -> None:
    assert refused(api, format=format) == (
        f"{TOO_MANY}Ask for a shorter time with start_at and end_at, add a filter_by, or set a "
        "limit."
    )
    assert refused(api, format=format, limit="7").startswith(TOO_MANY)


@pytest.mark.parametrize("narrower", [{"limit": "6"}, {"start_at": day(11), "end_at": day(14)}])
def test_as_many_records_as_the_bound_are_answered(api: Api, narrower: dict[str, str]) -> None:
    assert len(rows(api, **narrower)) == 6
    assert len(read(api, format="csv", **narrower).text.splitlines()) == 7


def test_a_limit_above_the_bound_is_fine_where_there_are_not_so_many(api: Api) -> None:
    assert len(rows(api, limit="1000", filter_by_prefix="_id:1")) == 1


def test_more_groups_than_the_bound_are_refused(api: Api) -> None:
    assert refused(api, group_by="kind") == (
        f"{TOO_MANY}Ask for a shorter time with start_at and end_at, add a filter_by, or group by "
        "fewer fields."
    )
    assert len(rows(api, group_by="half")) == 2


def test_the_first_few_of_many_groups_can_be_asked_for(api: Api) -> None:
    found = rows(api, group_by="kind", sort_by="kind:descending", limit="2")
    assert [row["kind"] for row in found] == [7, 6]
    assert refused(api, group_by="kind", limit="7").startswith(TOO_MANY)


def test_more_values_in_sets_than_the_bound_are_refused(api: Api) -> None:
    assert refused(api, group_by="one", collect="kind").startswith(TOO_MANY)
    assert refused(api, period="year", collect="kind", **DAYS).startswith(TOO_MANY)


@pytest.mark.parametrize("records", [{}, {"filter_by": "kind:nothing"}])
def test_more_periods_than_the_bound_are_refused_with_records_or_without(
    api: Api, records: dict[str, str]
) -> None:
    message = f"{TOO_MANY}Ask for a longer period or a shorter time."
    seven = {"start_at": day(11), "end_at": day(18)}
    assert refused(api, period="day", **seven, **records) == message
    assert len(rows(api, period="day", **DAYS, **records)) == 6


def test_absurd_windows_are_refused_before_anything_is_asked(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_reading, "gather", _never)
    ages = {"start_at": "1900-01-01T00:00:00Z", "end_at": "9998-01-01T00:00:00Z"}
    assert refused(api, period="hour", **ages).startswith(TOO_MANY)
    assert refused(api, period="hour", group_by="kind", **ages).startswith(TOO_MANY)
    assert refused(api, period="hour", duration="50000").startswith(TOO_MANY)


def test_more_periods_of_groups_than_the_bound_are_refused(api: Api) -> None:
    query: dict[str, Any] = {"period": "day", "group_by": "half", "start_at": day(11)}
    message = refused(api, end_at=day(15), **query)
    assert message == (
        f"{TOO_MANY}Ask for a longer period or a shorter time, add a filter_by, or group by "
        "fewer fields."
    )
    assert len(rows(api, end_at=day(14), **query)) == 2


def test_more_flat_rows_than_the_bound_are_refused(api: Api) -> None:
    query: dict[str, Any] = {"period": "day", "group_by": "half", "flatten": "true"}
    assert refused(api, start_at=day(13), end_at=day(17), **query).startswith(TOO_MANY)
    assert len(rows(api, start_at=day(13), end_at=day(16), **query)) == 6


def test_a_refusal_is_json_though_csv_was_asked_for(api: Api) -> None:
    assert read(api, format="csv", group_by="kind").mimetype == "application/json"


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Many records, and the shortest time that can be set."""
    made = Api(tmp_path_factory.mktemp("slow"), Settings(query_seconds=1))
    made.make(raw_queries_allowed=True)
    records = [{"_id": f"{n}", "kind": n} for n in range(3000)]
    batch = Batch(DataSetKey("group", "weather"), records)
    deliver(made.engine, Delivery(batches=[batch]), Sender("a test"))
    yield made
    made.engine.dispose()


QUERIES = [{"group_by": "kind"}, {}, {"format": "csv"}]
TOO_LONG = (
    "The query took longer than 1 second, which is the longest that one may take "
    "(the setting QUERY_SECONDS). Ask for a shorter time with start_at and end_at, "
)


@pytest.mark.sqlite
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_takes_too_long_is_stopped_by_sqlite(
    slow: Api, query: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, *[2.0] * 1000])
    monkeypatch.setattr("data.dialect.time.monotonic", lambda: next(moments))
    assert refusal(slow, WEATHER, 503, **query).startswith(TOO_LONG)


@pytest.mark.postgresql
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_takes_too_long_is_stopped_by_postgresql(
    slow: Api, query: dict[str, str]
) -> None:
    with slow.engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE record IN ACCESS EXCLUSIVE MODE")
        assert refusal(slow, WEATHER, 503, **query).startswith(TOO_LONG)


def test_the_next_query_is_not_stopped(slow: Api) -> None:
    assert len(rows(slow, group_by="kind")) == 3000
    assert body(slow.client.get(address(WEATHER)))["data"][0]["kind"] == 0


def _never(*_: object) -> None:
    raise AssertionError("nothing should have been asked")

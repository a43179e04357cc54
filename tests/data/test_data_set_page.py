"""What a data set's page shows, held against what the record API would answer."""

from __future__ import annotations

from typing import Any

import pytest

from data.data_set_page import DataSetPage, data_set_page
from data.data_sets import put
from data.deliveries import Sender
from data.entries import DataSetEntry
from data.reader import Reader
from kpi.data_set_queries import Preview
from tests.data.world import NOW, World, channels, counted, record, typed
from tests.fixtures.kept import Kept

SENDER = Sender("a test", now=NOW)
WEEKS = (
    counted("2017-10-02", "digital", 40, "week"),
    counted("2017-10-02", "paper", 60, "week"),
    counted("2017-11-06", "digital", 50, "week"),
)


@pytest.fixture
def claims(world: World) -> World:
    """Claims of a week in October, and of one in November without paper."""
    world.send(channels(*WEEKS))
    return world


def page(world: World, address: str = "allowance/transactions-by-channel") -> DataSetPage:
    found = data_set_page(Reader(world.engine, Kept()), *address.split("/"))
    assert found is not None
    return found


def preview(world: World, address: str = "allowance/transactions-by-channel") -> Preview:
    found = page(world, address).preview
    assert found is not None
    return found


def opened(world: World, **settings: Any) -> None:
    entry = DataSetEntry(
        "allowance",
        "transactions-by-channel",
        service="allowance",
        raw_queries_allowed=True,
        **settings,
    )
    put(world.engine, entry, SENDER)


def test_closed_records_are_added_up_by_month_and_channel_the_newest_first(claims: World) -> None:
    found = preview(claims)
    assert found.names == ("_start_at", "channel", "_count", "count:sum")
    october, november = (f"2017-{month}-01T00:00:00+00:00" for month in (10, 11))
    assert found.rows == (
        (november, "digital", 1, 50),
        (november, "paper", 0, None),
        (october, "digital", 1, 40),
        (october, "paper", 1, 60),
    )


def test_where_there_are_too_many_groups_it_is_of_all_together(claims: World) -> None:
    # 31 channels in two months are 62 rows, and sixty are the most.
    claims.send(channels(*(counted("2017-10-09", f"desk {n}", 1, "week") for n in range(29))))
    found = preview(claims)
    assert found.names == ("_start_at", "_count", "count:sum")
    # Two records of 40 and 60, and 29 of 1.
    assert found.rows[1] == ("2017-10-01T00:00:00+00:00", 31, 129)


def test_open_records_are_shown_as_they_are_the_newest_first(claims: World) -> None:
    opened(claims)
    found = preview(claims)
    assert found.names == ("_timestamp", "period", "channel", "count")
    assert found.rows == (
        ("2017-11-06T00:00:00+00:00", "week", "digital", 50),
        ("2017-10-02T00:00:00+00:00", "week", "digital", 40),
        ("2017-10-02T00:00:00+00:00", "week", "paper", 60),
    )


def test_no_more_than_twenty_records_are_shown(claims: World) -> None:
    opened(claims)
    claims.send(channels(*(counted(f"2017-12-{n:02}", "digital", n) for n in range(1, 26))))
    rows = preview(claims).rows
    assert [row[3] for row in rows] == list(range(25, 5, -1))


def test_without_records_there_is_nothing_to_preview(world: World) -> None:
    put(world.engine, DataSetEntry("allowance", "errors"), SENDER)
    assert page(world, "allowance/errors").preview is None


def test_means_of_moments_are_told_by_month(world: World) -> None:
    moments = ("2017-10-02T10:00:00", "2017-10-02T10:02:00")
    records = [
        {"_id": at, "_timestamp": at, "unique_visitors": visitors}
        for at, visitors in zip(moments, (4, 9), strict=True)
    ]
    world.send(typed("realtime", *records))
    found = preview(world, "allowance/realtime")
    assert found.names == ("_start_at", "_count", "unique_visitors:mean")
    assert found.rows[0] == ("2017-10-01T00:00:00+00:00", 2, 6.5)


def test_what_was_corrected_comes_with_it(claims: World) -> None:
    claims.send(channels(counted("2017-10-02", "paper", 66, "week")))
    (correction,) = page(claims).corrections
    (record,) = correction.records
    (value,) = record.values
    assert (record.about, value.before, value.after) == ("week of 2 October 2017, paper", 60, 66)


def test_a_missing_or_closed_data_set_has_no_page(world: World) -> None:
    put(world.engine, DataSetEntry("allowance", "errors", queryable=False), SENDER)
    reader = Reader(world.engine, Kept())
    assert data_set_page(reader, "allowance", "errors") is None
    assert data_set_page(reader, "nobody", "errors") is None


def test_a_private_one_is_told_as_hidden(world: World) -> None:
    world.send(typed("journey", record("2017-10-02", "week", stage="start", count=9)))
    entry = DataSetEntry("allowance", "journey", service="allowance", private=True)
    put(world.engine, entry, SENDER)
    assert page(world, "allowance/journey").stored.hidden

"""Deliveries that are too long to be at hand: in runs, and yet one delivery."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from bench.plans import statements
from data.data_set_rows import find
from data.entries import Batch, DataSetKey, Record
from data.records import StoredRecords
from data.validation import Rejected
from tests.data.world import World, channels, counted, typed

# In an order in which no run has all channels of a day.
_DAYS = [str(date(2018, 1, 1) + timedelta(days=n)) for n in range(40)]
RECORDS = [
    counted(day, channel, number)
    for channel in ("digital", "paper", "telephone")
    for number, day in enumerate(_DAYS)
]
_TABLES = ("record", "measurement", "latest_figure")


@pytest.fixture(autouse=True)
def short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of a few records, and few figures and changes at hand, so that there are many."""
    for name in ("data.records.RUN", "data.streams.RUN", "data.sums._MANY"):
        monkeypatch.setattr(name, 7)
    monkeypatch.setattr("data.record_history._MANY", 10)


def _stream(world: World, records: Iterable[Record]) -> Batch:
    world.send(channels())
    return Batch(DataSetKey("allowance", "transactions-by-channel"), stream=iter(records))


def _kept(world: World) -> dict[str, list[tuple[Any, ...]]]:
    rows = world.rows()
    return {name: rows[name] for name in _TABLES}


BY_DAY = sorted(RECORDS, key=lambda one: one["_timestamp"])
# In order of time until the last run, in which one channel has more of the first days.
LATE = [*BY_DAY[3:], *BY_DAY[:3]]
ORDERS = {
    "channel by channel": RECORDS,
    "backwards": RECORDS[::-1],
    "day by day": BY_DAY,
    "day by day but for the first": LATE,
    "in no order": sorted(RECORDS, key=lambda one: str(hash(one["count"] * 7919)) + one["channel"]),
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_stream_is_written_and_added_up_as_one_record_after_another(
    world: World, order: list[Record]
) -> None:
    receipt = world.send(_stream(world, order))
    in_runs = _kept(world)
    world.send(Batch(DataSetKey("allowance", "transactions-by-channel"), emptied=True))
    for one in order:
        world.send(channels(one))
    assert in_runs == _kept(world)
    assert (receipt.counts["records"].new, receipt.counts["records"].changed) == (120, 0)
    # 40 days: three channels, two kinds of channel and a total.
    count = receipt.counts["measurements"]
    assert (count.new, count.changed, count.same, count.removed) == (240, 0, 0, 0)


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_stream_that_goes_on_from_what_is_stored_is_added_up_with_it(
    world: World, order: list[Record]
) -> None:
    # Paper, of which there was none before, comes on the eighth day that is streamed.
    later = [one for one in order if one not in BY_DAY[:45] and one not in BY_DAY[45:70:3]]
    world.send(channels(*BY_DAY[:45:3]))
    receipt = world.send(_stream(world, later))
    in_runs = _kept(world)
    world.send(Batch(DataSetKey("allowance", "transactions-by-channel"), emptied=True))
    world.send(channels(*BY_DAY[:45:3], *later))
    assert in_runs == _kept(world)
    count = receipt.counts["measurements"]
    assert (count.changed, count.same, count.removed) == (0, 0, 0)
    assert count.new == len([row for row in in_runs["measurement"] if row[10]]) - 45


def test_a_stream_of_moments_keeps_the_higher_of_two_at_one_even_in_two_runs(world: World) -> None:
    batch = typed("realtime")
    world.send(batch)
    records = [
        {"_id": f"n{n}", "_timestamp": f"2019-04-01T10:{n // 3:02}:00Z", "unique_visitors": n % 5}
        for n in range(60)
    ]
    receipt = world.send(Batch(batch.entry.key, stream=iter(records)))
    told = world.rows()["measurement"]
    highest = [max(n % 5 for n in range(3 * k, 3 * k + 3)) * 1_000_000 for k in range(20)]
    assert [row[5] for row in sorted(told, key=lambda row: row[4])] == highest
    assert receipt.counts["measurements"].new == 20


def test_figures_of_a_stream_are_its_channels_added_up(world: World) -> None:
    world.send(_stream(world, RECORDS))
    # Three channels; 31 days of January, numbered from 0: 3 × (0 + 1 + … + 30).
    assert world.total("month", "2018-01-01") == (1395, "reported", 31, 31, "day")
    assert world.total("month", "2018-01-01", "digital") == (465, "reported", 31, 31, "day")
    # 9 of February's 28 days: 31 + … + 39 on each channel.
    assert world.total("month", "2018-02-01") == (945, "partial", 9, 28, "day")


def test_each_record_of_a_stream_is_in_the_history_of_one_audit_entry(world: World) -> None:
    receipt = world.send(_stream(world, RECORDS))
    changes = world.rows()["record_change"]
    assert len(changes) == 120
    assert {row[2] for row in changes} == {receipt.audit_id}
    assert {row[3] for row in changes} == {None}


def test_a_second_stream_replaces_what_it_says_otherwise(world: World) -> None:
    world.send(_stream(world, RECORDS))
    again = [{**one, "count": one["count"] + (one["channel"] == "paper")} for one in RECORDS]
    receipt = world.send(_stream(world, again))
    count = receipt.counts["records"]
    assert (count.new, count.changed, count.same) == (0, 40, 80)
    assert world.total("month", "2018-01-01") == (1426, "reported", 31, 31, "day")


def test_a_fault_in_the_last_record_leaves_everything_as_it_was(world: World) -> None:
    batch = _stream(world, [*RECORDS, counted("2019-01-01", "digital", -1)])
    before = world.rows()
    with pytest.raises(Rejected) as refused:
        world.send(batch)
    assert [(one.position, one.field) for one in refused.value.faults] == [(121, "count")]
    assert world.rows() == before


def test_faults_of_all_runs_are_told_together(world: World) -> None:
    wrong = [
        {**one, "count": "many"} if number in (3, 50, 119) else one
        for number, one in enumerate(RECORDS)
    ]
    with pytest.raises(Rejected) as refused:
        world.send(_stream(world, wrong))
    assert [one.position for one in refused.value.faults] == [4, 51, 120]


@pytest.mark.parametrize("place", [2, 90])
def test_a_record_that_comes_twice_is_refused_however_far_apart(world: World, place: int) -> None:
    batch = _stream(world, [*RECORDS[:place], RECORDS[0], *RECORDS[place:]])
    before = world.rows()
    with pytest.raises(Rejected, match="a record before this one has the same _id"):
        world.send(batch)
    assert world.rows() == before


def test_a_stream_without_records_changes_nothing(world: World) -> None:
    batch = _stream(world, [])
    before = world.rows()
    receipt = world.send(batch)
    assert not receipt.changed_anything
    assert world.rows() == before


def test_a_long_list_that_replaces_all_records_removes_the_others(world: World) -> None:
    world.send(channels(*RECORDS))
    key = DataSetKey("allowance", "transactions-by-channel")
    receipt = world.send(Batch(key, RECORDS[:80], emptied=True))
    count = receipt.counts["records"]
    assert (count.new, count.same, count.removed) == (0, 80, 40)
    assert world.total("month", "2018-01-01", "non-digital") == (465, "reported", 31, 31, "day")


@pytest.mark.sqlite
def test_what_shares_a_start_is_found_by_the_index_of_times_not_among_all_records(
    world: World,
) -> None:
    world.send(channels(*RECORDS))
    with world.engine.connect() as connection:
        stored = find(connection, "allowance", "transactions-by-channel")
        assert stored is not None
        kept = StoredRecords(connection, stored.id, stored.entry)
        with statements() as asked:
            found = kept.at_starts([1514764800, 1514937600])
        (statement,) = asked.values()
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement.words}", statement.parameters
        ).all()
    # 1 and 3 January 2018, on three channels.
    assert len(found) == 6
    assert [str(row[3]) for row in plan] == [
        "SEARCH record USING INDEX ix_record_data_set_at (data_set_id=? AND at>? AND at<?)"
    ]

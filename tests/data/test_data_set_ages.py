"""How old data sets are is found without looking through their records."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bench.plans import statements
from config import Settings
from data.data_set_ages import newest
from data.data_sets import put
from data.deliveries import Sender, deliver
from data.engine import migrate, open_engine
from data.entries import Batch, DataSetEntry, Delivery, Record
from tests.fixtures.databases import Databases

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SENDER = Sender("ages", now=NOON)


@pytest.fixture
def engine(databases: Databases, tmp_path: Path) -> Engine:
    opened = open_engine(Settings(database_url=databases.url(tmp_path / "ages")))
    migrate(opened)
    return opened


def sent(engine: Engine, group: str, records: list[Record]) -> int:
    """The id of a data set with these records."""
    stored = put(engine, DataSetEntry(group, "queue-lengths"), SENDER)
    deliver(engine, Delivery(batches=[Batch(stored.entry.key, records)]), SENDER)
    return stored.id


def at(moment: datetime, key: str) -> Record:
    return {"_id": key, "_timestamp": moment.isoformat(), "length": 1}


def test_the_newest_record_of_each_is_found_to_its_millionth_of_a_second(engine: Engine) -> None:
    late = NOON - timedelta(days=3, microseconds=7)
    same_second = late.replace(microsecond=5)
    # A greater part of a second, of an earlier one.
    earlier = late.replace(microsecond=999_999) - timedelta(seconds=1)
    records = [at(late, "b"), at(same_second, "a"), at(earlier, "c")]
    timed, empty = sent(engine, "timed", records), sent(engine, "empty", [])
    untimed = sent(engine, "untimed", [{"_id": "a", "length": 1}])
    both = sent(engine, "both", [at(late, "a"), {"_id": "b", "length": 1}])
    with engine.connect() as connection:
        found = newest(connection)
    assert found == {timed: late, untimed: NOON, both: NOON}
    assert empty not in found


@pytest.mark.sqlite
def test_sqlite_finds_it_by_the_index_of_times_not_among_all_records(engine: Engine) -> None:
    sent(engine, "timed", [at(NOON, "a")])
    with engine.connect() as connection:
        with statements() as asked:
            newest(connection)
        (words,) = asked
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}").all()
    searched = [str(row[3]) for row in plan if "record" in row[3] or "beside" in row[3]]
    assert len(searched) == 6
    assert not [step for step in searched if step.endswith("PRIMARY KEY (data_set_id=?)")]

"""A generated platform is what the one way in would have made of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine, MetaData, Table, inspect, select
from sqlalchemy.schema import CreateIndex, CreateTable

from bench.bulk import hasty
from bench.daily import CHANNELS, DailyReport, DailySet, runs
from bench.daily_writing import generate
from config import Settings
from data.deliveries import Sender, deliver
from data.engine import migrate, open_engine
from data.tables import metadata, record
from tests.fixtures.databases import Databases

SMALL = DailySet(services=2, days=60)
# The first has ratings and a journey as well; the tenth misses a day.
TEN = DailySet(services=10, days=95)
SENDER = Sender("bench", now=datetime(2026, 11, 29, tzinfo=UTC))


@pytest.fixture
def engines(databases: Databases, tmp_path: Path) -> Iterator[tuple[Engine, Engine]]:
    urls = [databases.url(tmp_path / name) for name in ("delivered", "generated")]
    opened = [open_engine(Settings(database_url=url)) for url in urls]
    for engine in opened:
        migrate(engine)
    yield opened[0], opened[1]
    for engine in opened:
        engine.dispose()


def rows(engine: Engine, table: Table) -> list[Any]:
    """A table as the engine stores it, without what the code makes of texts and numbers."""
    plain = Table(table.name, MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        found = connection.execute(select(plain).order_by(*plain.primary_key)).all()
    return [tuple(row) for row in found]


def delivered(engine: Engine, wanted: DailySet) -> None:
    deliver(engine, wanted.catalogue(), SENDER)
    for numbers in runs(wanted.services, 50):
        deliver(engine, wanted.months(numbers), SENDER)
    for numbers in runs(wanted.services, 50):
        deliver(engine, wanted.transactions(numbers), SENDER)


@pytest.mark.parametrize("wanted", [SMALL, TEN], ids=["two services", "one misses a day"])
def test_what_is_generated_is_row_for_row_what_the_one_way_in_writes(
    engines: tuple[Engine, Engine], wanted: DailySet
) -> None:
    assert differing(engines, wanted) == []


@pytest.mark.postgresql
def test_so_it_is_on_postgresql_past_its_log(engines: tuple[Engine, Engine]) -> None:
    assert differing(engines, TEN) == []


def differing(engines: tuple[Engine, Engine], wanted: DailySet) -> list[str]:
    """The tables whose rows are not the same once a set was delivered to one, made in the other."""
    one_way, generated = engines
    delivered(one_way, wanted)
    generate(generated, wanted, SENDER, lambda _line: None)
    assert len(rows(generated, record)) > 2 * 60 * 4
    tables = metadata.sorted_tables
    return [each.name for each in tables if rows(generated, each) != rows(one_way, each)]


def test_the_indexes_are_there_again(engines: tuple[Engine, Engine]) -> None:
    assert told(engines[1]) == told(engines[0])
    generate(engines[1], DailySet(services=1, days=1), SENDER, lambda _line: None)
    assert told(engines[1]) == told(engines[0])


@pytest.mark.postgresql
def test_the_keys_are_there_again_on_postgresql(engines: tuple[Engine, Engine]) -> None:
    test_the_indexes_are_there_again(engines)
    # Nor does whoever makes the tables later in this process make them without.
    for each in metadata.sorted_tables:
        assert "PRIMARY KEY" in str(CreateTable(each).compile(engines[0]))


def told(engine: Engine) -> dict[str, str]:
    """The key and the indexes of every table as the engine has them, in words."""
    plain = [Table(each.name, MetaData(), autoload_with=engine) for each in metadata.sorted_tables]
    return {
        each.name: str(inspect(engine).get_pk_constraint(each.name))
        + "".join(sorted(str(CreateIndex(index).compile(engine)) for index in each.indexes))
        for each in plain
    }


@pytest.mark.sqlite
def test_sqlite_keeps_for_a_crash_what_it_kept_before(engines: tuple[Engine, Engine]) -> None:
    def kept() -> list[Any]:
        asked = [f"PRAGMA {name}" for name in ("journal_mode", "synchronous", "cache_size")]
        with engines[0].connect() as connection:
            return [connection.exec_driver_sql(words).scalar_one() for words in asked]

    before = kept()
    with hasty(engines[0]):
        assert kept()[:2] == ["off", 0]
    assert kept() == before
    assert before[0] == "wal"


def test_every_day_of_ten_years_has_four_channels_and_every_tenth_service_misses_one() -> None:
    assert DailySet().records == 2000 * 3653 * 4 == 29_224_000
    assert [len(DailyReport(number, 3653).starts()) for number in (8, 9)] == [3653, 3652]
    assert DailyReport(8, 3653).counts().shape == (3653, len(CHANNELS))


def test_the_same_figures_are_made_each_time() -> None:
    first, second = DailyReport(3, 50), DailyReport(3, 50)
    assert np.array_equal(first.counts(), second.counts())
    assert (first.counts() >= 0).all()

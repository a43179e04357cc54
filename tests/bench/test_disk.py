"""What a database costs in disk."""

from __future__ import annotations

from sqlalchemy import func, select

from bench.databases import Database
from bench.disk import rooms
from config import Settings
from data.engine import open_engine
from data.tables import measurement


def test_tables_and_their_indexes_are_as_large_as_the_file(tiny: Database) -> None:
    engine = open_engine(Settings(database_url=tiny.url))
    found = list(rooms(engine, least=1))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = connection.execute(select(func.count()).select_from(measurement)).scalar_one()
    engine.dispose()
    # The rest is what Alembic and the engine keep for themselves, and pages that are free.
    whole = sum(one.whole for one in found)
    assert 0.9 * tiny.path.stat().st_size < whole <= tiny.path.stat().st_size
    largest = next(one for one in found if one.table == "measurement")
    assert largest.rows == rows
    assert set(largest.indexes) == {"ix_measurement_across_services"}
    assert "ix_measurement_across_services" in str(largest)


def test_tables_of_almost_nothing_are_left_out(tiny: Database) -> None:
    engine = open_engine(Settings(database_url=tiny.url))
    assert [one.table for one in rooms(engine, least=10**12)] == []
    engine.dispose()

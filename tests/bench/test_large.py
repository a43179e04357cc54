"""The generated set: as large as it says, the same each time, kept and gone on with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from bench.databases import Database, large_database
from bench.large import LargeSet
from config import Settings
from data.engine import open_engine
from data.tables import measurement, service
from tests.bench.conftest import TINY


def _counts(database: Database) -> tuple[int, int]:
    engine = open_engine(Settings(database_url=database.url))
    with engine.connect() as connection:
        services = connection.execute(select(func.count()).select_from(service)).scalar_one()
        figures = connection.execute(select(func.count()).select_from(measurement)).scalar_one()
    engine.dispose()
    return services, figures


def test_ten_years_of_months_end_with_december() -> None:
    periods = LargeSet().periods
    assert len(periods) == 120
    assert periods[-1].end == date(2025, 1, 1)


def test_services_come_a_few_hundred_at_a_time_and_none_twice() -> None:
    slugs = [
        [entry.slug for entry in delivery.services]
        for delivery in LargeSet(services=600, months=0).deliveries()
    ]
    assert [len(some) for some in slugs] == [250, 250, 100]
    assert len({slug for some in slugs for slug in some}) == 600


def test_the_same_figures_are_generated_each_time() -> None:
    first, second = (
        [batch.records for delivery in TINY.deliveries() for batch in delivery.batches]
        for _ in range(2)
    )
    assert first == second


def test_a_kept_set_is_not_generated_again(tiny: Database) -> None:
    said: list[str] = []
    again = large_database(TINY, said.append, tiny.path.parent)
    assert (again.path, again.seconds, said) == (tiny.path, tiny.seconds, [])
    assert again.seconds > 0


def test_a_set_that_was_left_off_is_gone_on_with() -> None:
    rest = list(LargeSet(services=400, months=1).deliveries(done=250))
    assert [len(list(delivery.services)) for delivery in rest] == [150]
    assert next(entry.slug for entry in rest[0].services) == "service-250"


def test_every_service_of_the_set_has_figures(tiny: Database) -> None:
    services, figures = _counts(tiny)
    assert services == 12
    assert figures > 12 * 26

"""PostgreSQL itself stops or is killed: who was told that it is written finds it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config import Settings
from data import absence
from data.deliveries import Sender, deliver
from data.dialect import DatabaseFault
from data.engine import Engine, open_engine
from data.entries import Batch, Delivery
from data.health import look
from tests.faults.batches import KEY, assert_whole, batch, world_with_nothing_sent
from tests.faults.writers import Writers
from tests.fixtures.databases import NAME
from tests.fixtures.postgresql import Postgresql, postgresql

pytestmark = pytest.mark.postgresql
KILLS, BATCHES = 3, 4
# As PostgreSQL is unless someone says otherwise: what is committed is on the disk.
CAREFUL = {"listen_addresses": "", "shared_buffers": "16MB"}


@pytest.fixture(scope="module")
def careful() -> Iterator[Postgresql]:
    with postgresql(CAREFUL) as server:
        yield server


def engine_of(server: Postgresql, name: str) -> Engine:
    return open_engine(Settings(database_url=server.url(Path("/", name, NAME))))


def test_a_killed_postgresql_keeps_what_was_acknowledged_and_writers_find_it_again(
    careful: Postgresql,
) -> None:
    world = world_with_nothing_sent(engine_of(careful, "killed"))
    url = world.engine.url.render_as_string(hide_password=False)
    writers = Writers(url, ["a", "b"])
    for number in range(KILLS):
        writers.run((number + 1) * BATCHES, 0.02)
        careful.server.kill()
        careful.server.start()
    writers.run((KILLS + 1) * BATCHES, 0)
    told = writers.kill()
    there = assert_whole(world.engine, told.acknowledged)
    assert len(told.open - there) >= KILLS, "nobody was interrupted"
    world.engine.dispose()


def test_a_postgresql_that_stops_is_told_and_found_again_by_whoever_asks_next(
    careful: Postgresql,
) -> None:
    world = world_with_nothing_sent(engine_of(careful, "stopped"))
    engine, delivery = world.engine, Delivery(batches=[Batch(KEY, batch("meanwhile"))])
    careful.server.stop()
    for ask in (lambda: look(engine), lambda: deliver(engine, delivery, Sender("a test"))):
        with pytest.raises(DatabaseFault) as raised:
            ask()
        assert absence.absence(raised.value) == absence.AWAY
    careful.server.start()
    assert look(engine).migrated
    deliver(engine, Delivery(batches=[Batch(KEY, batch("after"))]), Sender("a test"))
    assert assert_whole(engine, ["after"]) == {"after"}
    engine.dispose()

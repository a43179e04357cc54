"""The served platform is killed while clients post to it: one of its workers, or all of it."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from data import tokens
from data.data_sets import find
from data.deliveries import Sender
from tests.api.records.writing import TOKEN
from tests.faults.batches import KEY, assert_whole, world_with_nothing_sent
from tests.faults.server import Gunicorn, posting
from tests.faults.writers import Told
from tests.fixtures.databases import database_url

CLIENTS, KILLS = 4, 3
# Of so many kills the last one is of all processes at once.
OF = 3


def test_a_server_that_is_killed_loses_no_batch_that_it_acknowledged(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    world, chance = world_with_nothing_sent(tmp_path), random.Random(20261129)
    with world.engine.connect() as connection:
        data_set = find(connection, KEY.group, KEY.type)
    assert data_set is not None
    tokens.create(world.engine, data_set.id, "collector", None, Sender("a test"), text=TOKEN)
    kills = pytestconfig.getoption("kills") or KILLS
    server = Gunicorn(database_url(tmp_path))
    try:
        with posting(server.port, CLIENTS) as told:
            for number in range(1, kills + 1):
                wait_for(told, chance.randint(1, 6))
                time.sleep(chance.uniform(0, 0.1))
                if number % OF:
                    server.kill_worker(chance)
                else:
                    server.kill()
                assert_whole(world.engine, set(told.acknowledged))
                if number % OF == 0:
                    server.start()
            wait_for(told, 1)
    finally:
        server.close()
    there = assert_whole(world.engine, told.acknowledged)
    lost = told.open - there
    print(
        f"\n{kills} kills of the server: {len(told.acknowledged)} batches acknowledged, none "
        f"lost; {len(told.open)} without an answer, {len(lost)} of them not there, none half there"
    )
    assert lost, "nobody was interrupted"
    world.engine.dispose()


def wait_for(told: Told, more: int) -> None:
    """Wait until so many more batches are acknowledged."""
    wanted = len(told.acknowledged) + more
    while len(told.acknowledged) < wanted:
        time.sleep(0.01)

"""Writers that are killed: what they had been told is written stays, and no batch is half there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.batches import assert_whole, world_with_nothing_sent
from tests.faults.writers import Writers
from tests.fixtures.databases import database_url

AT_ONCE = 2
# `--kills` has it otherwise: `make faults` kills a hundred on each engine.
KILLS = {"sqlite": 100, "postgresql": 40}
# The most batches that they write until they are killed, and the most seconds after that.
BATCHES, LONGEST = 2, 0.1


def test_kills_lose_nothing_that_was_acknowledged_and_leave_no_half_batch(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    world, chance = world_with_nothing_sent(tmp_path), random.Random(20261129)
    acknowledged: set[str] = set()
    half_way = 0
    kills = pytestconfig.getoption("kills") or KILLS[world.engine.dialect.name]
    for number in range(kills // AT_ONCE):
        writers = Writers(database_url(tmp_path), [f"{number}.{n}" for n in range(AT_ONCE)])
        writers.run(chance.randint(0, BATCHES), chance.uniform(0, LONGEST))
        told = writers.kill()
        acknowledged |= told.acknowledged
        there = assert_whole(world.engine, acknowledged)
        half_way += len(told.open - there)
    print(
        f"\n{kills} writers killed: {len(acknowledged)} batches acknowledged, none lost; "
        f"{half_way} that were not, none of them half there"
    )
    # Otherwise nobody was killed in the middle of anything, or nobody wrote.
    assert half_way > kills / 10
    assert len(acknowledged) > kills / 10
    world.engine.dispose()

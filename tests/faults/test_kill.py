"""Writers that are killed: what they had been told is written stays, and no batch is half there."""

from __future__ import annotations

import random
from pathlib import Path

from tests.faults.batches import assert_whole, world_with_nothing_sent
from tests.faults.writers import Writers
from tests.fixtures.databases import database_url

KILLS, AT_ONCE = 100, 2
# The most batches that they write until they are killed, and the most seconds after that.
BATCHES, LONGEST = 2, 0.1


def test_a_hundred_kills_lose_nothing_that_was_acknowledged_and_leave_no_half_batch(
    tmp_path: Path,
) -> None:
    world, chance = world_with_nothing_sent(tmp_path), random.Random(20261129)
    acknowledged: set[str] = set()
    half_way = 0
    for number in range(KILLS // AT_ONCE):
        writers = Writers(database_url(tmp_path), [f"{number}.{n}" for n in range(AT_ONCE)])
        writers.run(chance.randint(0, BATCHES), chance.uniform(0, LONGEST))
        told = writers.kill()
        acknowledged |= told.acknowledged
        there = assert_whole(world.engine, acknowledged)
        half_way += len(told.open - there)
    print(
        f"\n{KILLS} writers killed: {len(acknowledged)} batches acknowledged, none lost; "
        f"{half_way} that were not, none of them half there"
    )
    # Otherwise nobody was killed in the middle of anything, or nobody wrote.
    assert half_way > KILLS / 3
    assert len(acknowledged) > KILLS / 3
    world.engine.dispose()

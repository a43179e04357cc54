"""Two processes write the same records at once: what is there is what one after the other gives."""

from __future__ import annotations

from contextlib import suppress
from itertools import permutations
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from config import Settings
from data import audits
from data.deliveries import Sender, deliver
from data.engine import open_engine
from data.entries import Batch, Delivery, Record
from tests.faults.batches import KEY, added_up, batch, held, world_with_nothing_sent
from tests.fixtures.databases import database_url

ROUNDS = 10
_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])
NAMES = ("first", "second")


def records_of(name: str, number: int) -> list[Record]:
    """The same twelve `_id`s from both, of which the last two from one alone; in another order."""
    records = [{**item, "_id": f"r.{n}"} for n, item in enumerate(batch(f"{name} {number}", 12))]
    first = name == NAMES[0]
    return records[2:] if first else records[:-2][::-1]


def write(url: str, name: str, pipe: Connection) -> None:
    """Write a delivery for each number that comes, and answer with what it was told."""
    engine = open_engine(Settings(database_url=url))
    with suppress(EOFError):
        while True:
            number = pipe.recv()
            records = records_of(name, number)
            deliver(engine, Delivery(batches=[Batch(KEY, records)]), Sender(name))
            pipe.send(number)


@pytest.fixture
def pipes(tmp_path: Path) -> list[Connection]:
    world_with_nothing_sent(tmp_path).engine.dispose()
    pairs = [_CONTEXT.Pipe() for _ in NAMES]
    for name, (_, theirs) in zip(NAMES, pairs, strict=True):
        arguments = (database_url(tmp_path), name, theirs)
        _CONTEXT.Process(target=write, args=arguments, daemon=True).start()
    return [ours for ours, _ in pairs]


def test_two_processes_that_write_the_same_records_leave_one_order_and_both_audits(
    pipes: list[Connection], tmp_path: Path
) -> None:
    engine = open_engine(Settings(database_url=database_url(tmp_path)))
    before = held(engine)
    kept: dict[str, Record] = {}
    for number in range(ROUNDS):
        for pipe in pipes:
            pipe.send(number)
        assert [pipe.recv() for pipe in pipes] == [number, number]
        found = held(engine)
        now = {item["_id"]: item for item in found.records}
        assert now in [laid_over(kept, order, number) for order in permutations(NAMES)]
        assert found.figures == added_up(found.records)
        assert found.revision == before.revision + 2 * (number + 1)
        assert len(found.audits) == len(before.audits) + 2 * (number + 1)
        kept = now
    with engine.connect() as connection:
        actors = [entry.actor for entry in audits.newest(connection, 2 * ROUNDS)]
    assert sorted(actors) == sorted(NAMES * ROUNDS)
    engine.dispose()


def laid_over(kept: dict[str, Record], order: tuple[str, ...], number: int) -> dict[str, Record]:
    """What is there after both, one after the other."""
    laid = dict(kept)
    for name in order:
        laid |= {item["_id"]: item for item in records_of(name, number)}
    return laid

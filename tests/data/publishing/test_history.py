"""The history of corrections says nothing of a service that is not published."""

from __future__ import annotations

from data.data_sets import find
from data.entries import ServiceEntry
from data.publishing.history import history
from tests.data.world import World, record, summaries

SECRET = ServiceEntry("secret", "A secret", "carers", published=False)
START = "2016-10-01"


def told(world: World) -> str:
    with world.engine.connect() as connection:
        stored = find(connection, "transactional-services", "summaries")
        assert stored
        return repr(history(connection, stored, 10))


def year(service: str, transactions: int) -> dict[str, object]:
    return record(START, "year", key="one", service=service, transactions=transactions)


def test_a_correction_of_a_published_service_is_told(world: World) -> None:
    world.send(summaries(year("pension", 500)))
    world.send(summaries(year("pension", 512)))
    assert "512" in told(world)


def test_a_record_that_became_one_of_a_hidden_service_is_not_told(world: World) -> None:
    world.send(services=[SECRET])
    world.send(summaries(year("pension", 500)))
    world.send(summaries(year("secret", 987)))
    assert "secret" not in told(world)
    assert "987" not in told(world)
    world.send(summaries(year("pension", 501)))
    assert "987" not in told(world)

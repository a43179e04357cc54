"""Pages and API with a cache in Redis that workers share, and without it while it is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks.platform import EXTENSION
from config import Settings
from data import people_changes
from data.deliveries import Sender
from data.people import ADMIN, PersonEntry
from data.reader import Reader
from tests.api.sign_in.office import ADA, PASSWORD, sign_in
from tests.callbacks.conftest import Content
from tests.fixtures.databases import database_url
from tests.fixtures.redis_server import RedisServer, redis_server
from tests.fixtures.small_world import report, small_world, summary

KPIS = "/api/kpis?period=year&start_at=2016-10-01&end_at=2017-10-01&kpi=transactions"
Workers = tuple[FlaskClient, FlaskClient, FlaskClient]
PAGES = ("/", "/services/tax-a-vehicle")


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def workers(tmp_path: Path, redis: RedisServer) -> Workers:
    """Two workers that share a cache, and one that keeps its own."""
    engine = small_world(tmp_path)
    people_changes.add(engine, PersonEntry(ADA, "Ada", ADMIN), Sender("a test"))
    people_changes.set_password(engine, ADA, PASSWORD, Sender("a test"))
    engine.dispose()
    here, there, alone = (
        create_app(
            Settings(database_url=database_url(tmp_path), cache_url=url, secret_key="a key")
        ).server.test_client()
        for url in (redis.url, redis.url, "")
    )
    return here, there, alone


def test_they_give_the_same_answers_with_redis_without_it_and_when_it_is_back(
    workers: Workers, redis: RedisServer, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reader, "clock", lambda _: datetime(2019, 5, 1, 12, tzinfo=UTC))
    here, there, alone = workers

    def told(client: FlaskClient) -> list[str]:
        return [client.get(KPIS).text, *(content(client, path) for path in PAGES)]

    expected = told(alone)
    assert told(here) == told(there) == told(here) == expected
    assert redis.client().dbsize() > 0
    redis.stop()
    assert told(here) == told(there) == expected
    redis.start()
    assert told(here) == expected


def test_a_delivery_by_one_is_told_by_the_other(
    workers: Workers,
) -> None:
    here, there, _ = workers
    assert [_transactions(client) for client in (here, there)] == [1500, 1500]
    engine = here.application.extensions[EXTENSION].engine
    more = summary("tax-a-vehicle", "year", "2016-10-01", transactions=1100)
    report(engine, "summaries", [more])
    assert [_transactions(client) for client in (there, here)] == [1600, 1600]


def _transactions(client: FlaskClient) -> int:
    answer: Any = client.get(KPIS).json
    return int(answer["data"][0]["value"])


def test_people_can_sign_in_while_redis_is_away(workers: Workers, redis: RedisServer) -> None:
    redis.stop()
    refused = sign_in(workers[0], "not her password")
    assert refused.status_code == 403
    assert sign_in(workers[0]).status_code == 303

"""Answers are shared by way of Redis, and made anew while it is away."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask import Flask
from flask_caching import Cache

from config import Settings
from data import cache
from data.cache import open_cache
from data.entries import ServiceEntry
from data.queries import CatalogueQuery
from data.reader import Reader
from tests.data.world import World
from tests.fixtures.redis_server import RedisServer, redis_server

DAY = 86_400


@pytest.fixture(scope="module")
def running() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def server(running: RedisServer) -> RedisServer:
    """A Redis with nothing in it."""
    running.client().flushall()
    return running


def cache_at(url: str, **settings: Any) -> Cache:
    """A cache as the platform opens it, in a worker of its own."""
    opened = open_cache(Settings(cache_url=url, **settings))
    opened.init_app(Flask("worker"))
    return opened


def rests(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let a Redis that is away be left alone for so long."""
    monkeypatch.setattr(cache, "_REST", seconds)


def test_what_one_worker_keeps_another_finds(server: RedisServer) -> None:
    frame = pd.DataFrame({"slug": pd.Categorical(["a", "b"]), "value": [1.5, None]})
    cache_at(server.url).set("answer", frame)
    found = cache_at(server.url).get("answer")
    pd.testing.assert_frame_equal(found, frame)


def test_who_gets_an_answer_may_change_it(server: RedisServer) -> None:
    kept = cache_at(server.url)
    kept.set("answer", pd.DataFrame({"value": [1]}))
    found = kept.get("answer")
    found.loc[0, "value"] = 2
    assert kept.get("answer").loc[0, "value"] == 1


def test_platforms_of_other_databases_do_not_read_each_others_answers(server: RedisServer) -> None:
    cache_at(server.url, database_url="sqlite:///one").set("answer", 1)
    assert cache_at(server.url, database_url="sqlite:///two").get("answer") is None


def test_a_delivery_makes_every_worker_ask_again(server: RedisServer, world: World) -> None:
    here, there = (Reader(world.engine, cache_at(server.url)) for _ in range(2))
    before = here.run(CatalogueQuery())
    pd.testing.assert_frame_equal(there.run(CatalogueQuery()), before)
    world.send(services=(ServiceEntry("licence", "Fishing licence", "work"),))
    for reader in (there, here):
        after = reader.run(CatalogueQuery())
        assert sorted(after["slug"]) == ["allowance", "licence", "pension"]


def test_every_key_comes_to_an_end_within_a_day(server: RedisServer, world: World) -> None:
    reader = Reader(world.engine, cache_at(server.url))
    reader.run(CatalogueQuery())
    reader.keep("a page", lambda: "drawn")
    reader.keep("a page with ages", reader.now)
    client = server.client()
    ends = sorted(client.ttl(key) for key in client.scan_iter("pp:*"))
    assert len(ends) == client.dbsize() >= 3
    assert 0 < ends[0] <= 60 < ends[1] <= 600 < ends[-1] <= DAY


def test_a_redis_that_may_hold_little_forgets_what_was_not_asked_for_lately() -> None:
    with redis_server("--maxmemory", "3mb", "--maxmemory-policy", "allkeys-lru") as small:
        kept = cache_at(small.url)
        for number in range(100):
            kept.set(str(number), b"x" * 100_000)
        assert kept.get("99") == b"x" * 100_000
        assert kept.get("0") is None


def test_a_redis_that_is_full_keeps_nothing_and_stops_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with redis_server("--maxmemory", "1mb", "--maxmemory-policy", "noeviction") as full:
        kept = cache_at(full.url)
        with caplog.at_level(logging.WARNING):
            kept.set("answer", b"x" * 2_000_000)
        assert kept.get("answer") is None
    assert "The cache refused" in caplog.text


def test_without_redis_answers_are_made_anew_until_it_is_back(
    server: RedisServer, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests(monkeypatch, 0)
    reader = Reader(world.engine, cache_at(server.url))
    with_it = reader.run(CatalogueQuery())
    server.stop()
    pd.testing.assert_frame_equal(reader.run(CatalogueQuery()), with_it)
    server.start()
    assert server.client().dbsize() == 0
    pd.testing.assert_frame_equal(reader.run(CatalogueQuery()), with_it)
    assert server.client().dbsize() > 0


def test_a_redis_that_is_away_is_left_alone_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rests(monkeypatch, 3600)
    kept = cache_at(f"unix://{tmp_path / 'nobody'}")
    with caplog.at_level(logging.WARNING):
        for _ in range(10):
            kept.set("answer", 1)
            assert kept.get("answer") is None
    assert caplog.text.count("The cache is away, answers are made anew") == 1


def test_a_redis_that_takes_a_question_and_does_not_answer_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests(monkeypatch, 3600)
    with socket.socket(socket.AF_UNIX) as mute:
        mute.bind(str(tmp_path / "mute"))
        mute.listen()
        kept = cache_at(f"unix://{tmp_path / 'mute'}")
        assert kept.get("answer") is None

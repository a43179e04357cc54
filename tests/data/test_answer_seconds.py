"""A question that takes too long is stopped by the engine, on pages and under /api alike."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from app import create_app
from config import Settings
from data.services import ServiceQuery
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import small_world

# Counts for hours, unless it is stopped.
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000000000)"
    " SELECT max(i) FROM n"
)
SENTENCE = (
    "The answer took longer than 1 second, which is the longest that one may take. Ask for less, "
    "or try again when there is less to do."
)


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A platform in which questions about services never end, and may take a second."""

    def execute(_: ServiceQuery, connection: Connection, *_more: object) -> pd.DataFrame:
        return pd.DataFrame(connection.execute(text(ENDLESS)))

    engine = small_world(tmp_path)
    monkeypatch.setattr(ServiceQuery, "execute", execute)
    # A clock that goes on by half a second each time that someone looks.
    clock = itertools.count(0, 0.5)
    monkeypatch.setattr("data.dialect.time.monotonic", lambda: next(clock))
    url = database_url(tmp_path)
    settings = Settings(database_url=url, answer_seconds=1, reads_per_minute=0)
    yield create_app(settings).server.test_client()
    engine.dispose()


def test_under_the_api_it_is_told_in_json_with_when_to_try_again(slow: FlaskClient) -> None:
    answer = slow.get("/api/services")
    assert answer.status_code == 503
    assert answer.json == {"status": "error", "message": SENTENCE}
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_next_question_is_answered(slow: FlaskClient) -> None:
    assert slow.get("/api/services").status_code == 503
    assert slow.get("/api/kpis/definitions").status_code == 200
    assert slow.get("/_status").status_code == 200

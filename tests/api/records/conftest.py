"""A record API with a data set that anybody may read as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from data import data_sets
from data.entries import DataSetKey
from data.reader import Reader
from tests.api.records.writing import TEST, Api

# Wednesday 20 March 2013.
NOW = datetime(2013, 3, 20, 12, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API with the data set group/weather, raw queries allowed."""
    made = Api(tmp_path_factory.mktemp("readable"))
    made.make(raw_queries_allowed=True)
    yield made
    made.engine.dispose()


@pytest.fixture
def readable(shared: Api) -> Iterator[Api]:
    """The same; group/weather has no records yet, and there is no other data set."""
    yield shared
    data_sets.empty(shared.engine, DataSetKey("group", "weather"), TEST)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment that it is for readers."""
    monkeypatch.setattr(Reader, "clock", lambda _: NOW)
    return NOW

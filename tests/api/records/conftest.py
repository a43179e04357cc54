"""A record API with a data set that anybody may read as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.reader import Reader
from tests.api.records.writing import Api

# Wednesday 20 March 2013.
NOW = datetime(2013, 3, 20, 12, 30, tzinfo=UTC)


@pytest.fixture
def readable(tmp_path: Path) -> Iterator[Api]:
    """The API with the data set group/weather, raw queries allowed."""
    made = Api(tmp_path)
    made.make(raw_queries_allowed=True)
    yield made
    made.engine.dispose()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment that it is for readers."""
    monkeypatch.setattr(Reader, "now", lambda _: NOW)
    return NOW

"""A tiny set, generated as the large one is."""

from __future__ import annotations

import pytest

from bench.databases import Database, large_database
from bench.large import LargeSet
from bench.subject import Subject

TINY = LargeSet(services=12, months=26)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Twelve services that have reported for two years and two months."""
    return large_database(TINY, lambda _line: None, tmp_path_factory.mktemp("bench"))


@pytest.fixture(scope="session")
def subject(tiny: Database) -> Subject:
    """The app over the tiny set."""
    return Subject(tiny)

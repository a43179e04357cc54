"""Databases for the tests of data/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.world import ALLOWANCE, PENSION, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A database with two services and no figures."""
    made = World(tmp_path, ALLOWANCE, PENSION)
    yield made
    made.engine.dispose()


@pytest.fixture
def nothing(tmp_path: Path) -> Iterator[World]:
    """A database with tables and nothing in them."""
    made = World(tmp_path)
    yield made
    made.engine.dispose()

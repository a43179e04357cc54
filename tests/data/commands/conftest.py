"""A command line for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.commands.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """The commands on an empty database."""
    made = Shell(tmp_path)
    yield made
    made.engine.dispose()

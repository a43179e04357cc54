"""A service with weekly claims on two channels, to publish to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.publishing.desk import Desk
from tests.data.world import ALLOWANCE, World, channels, counted


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Someone who publishes the weeks of 14 and 21 October 2013: 1,472 and 1,763 digital claims,
    3,546 and 3,183 on paper."""
    world = World(tmp_path, ALLOWANCE)
    world.send(
        channels(
            counted("2013-10-14", "digital", 1472, "week", "14.d"),
            counted("2013-10-14", "paper", 3546, "week", "14.p"),
            counted("2013-10-21", "digital", 1763, "week", "21.d"),
            counted("2013-10-21", "paper", 3183, "week", "21.p"),
        )
    )
    yield Desk(world)
    world.engine.dispose()

"""A platform whose service book-a-test has a dashboard with every type of module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from callbacks.embeds.page import _content
from layouts.embed import build_frame
from tests.callbacks.conftest import client_of
from tests.fixtures.dashboards import EVERY_TYPE, SERVICE, declare_dashboard, deliver_everything
from tests.fixtures.small_world import small_world

NOW = datetime(2017, 10, 2, 12, 0, tzinfo=UTC)
# `embed(place, **query)`: what is shown at /embed/ and that place.
Embed = Callable[..., Component]


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of that platform."""
    folder = tmp_path_factory.mktemp("embeds")
    engine = small_world(folder)
    deliver_everything(engine, SERVICE, NOW)
    declare_dashboard(engine, EVERY_TYPE)
    yield client_of(folder)
    engine.dispose()


@pytest.fixture(scope="module")
def embed(platform: FlaskClient) -> Embed:
    """`embed(place, **query)`: what an embed shows."""

    def shown(place: str, **query: Any) -> Component:
        with platform.application.test_request_context(f"/embed/{place}"):
            return build_frame(_content(place, **query))

    return shown

"""The OpenAPI document as it is served, and the platform that its examples are sent to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.openapi.world import client_of, copy_of, make_world

Document = dict[str, Any]


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that examples speak of; it is only read."""
    return make_world(tmp_path_factory.mktemp("openapi"))


@pytest.fixture(scope="session")
def client(database: Path) -> FlaskClient:
    """A client that reads."""
    return client_of(database)


@pytest.fixture
def writer(database: Path, tmp_path: Path) -> Callable[[], FlaskClient]:
    """`writer()`: a client of a copy that may be written to."""
    return lambda: client_of(copy_of(database, tmp_path))


@pytest.fixture(scope="session")
def document(client: FlaskClient) -> Document:
    """The document."""
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200, answer.text
    found = answer.json
    assert isinstance(found, dict)
    return found

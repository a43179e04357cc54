"""The OpenAPI document as it is served, and the platform that its examples are sent to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.openapi.world import client_of, make_world
from tests.fixtures.databases import copied_database

Document = dict[str, Any]


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the database that examples speak of, to be copied."""
    return make_world(tmp_path_factory.mktemp("openapi"))


@pytest.fixture(scope="session")
def client(database: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client that reads."""
    return client_of(copy_of(database, tmp_path_factory.mktemp("openapi-read")))


@pytest.fixture
def writer(database: Path, tmp_path: Path) -> Callable[[], FlaskClient]:
    """`writer()`: a client of a copy that may be written to."""
    return lambda: client_of(copy_of(database, tmp_path))


def copy_of(database: Path, folder: Path) -> Path:
    """The folder of a copy, to be written to."""
    copied_database(database, folder).dispose()
    return folder


@pytest.fixture(scope="session")
def document(client: FlaskClient) -> Document:
    """The document."""
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200, answer.text
    found = answer.json
    assert isinstance(found, dict)
    return found

"""The whole platform in a test's own process: empty, over the small world, and what it shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from config import Settings
from layouts.fixed import loosened
from tests.fixtures.databases import database_url, database_with_tables
from tests.fixtures.small_world import small_world

Content = Callable[..., str]


def client_of(folder: Path) -> FlaskClient:
    """A client of a platform over the database in a folder."""
    settings = Settings(database_url=database_url(folder))
    return create_app(settings).server.test_client()


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a platform over the small world."""
    folder = tmp_path_factory.mktemp("callbacks")
    engine = small_world(folder)
    yield client_of(folder)
    engine.dispose()


@pytest.fixture(scope="session")
def empty_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a platform over an empty database."""
    folder = tmp_path_factory.mktemp("empty")
    database_with_tables(folder).dispose()
    return client_of(folder)


@pytest.fixture
def content() -> Content:
    """`content(client, path, search)`: the words of the page that a browser asks for."""
    return _content


def _content(client: FlaskClient, path: str, search: str = "") -> str:
    question = _router(client)
    values = {"pathname": path, "search": search}
    inputs = [{**given, "value": values[given["property"]]} for given in question["inputs"]]
    states = [{**given, "value": None} for given in question["state"]]
    asked = {
        "output": question["output"],
        "outputs": _outputs(question["output"]),
        "inputs": inputs,
        "state": states,
        "changedPropIds": ["_pages_location.pathname"],
    }
    cookie = client.get_cookie("_csrf_token")
    names = {"X-CSRFToken": cookie.value} if cookie else {}
    answer = client.post("/_dash-update-component", json=asked, headers=names)
    assert answer.status_code == 200, answer.text
    shown = json.loads(answer.text)["response"]["_pages_content"]["children"]
    return " ".join(_words(loosened(shown)))


def _router(client: FlaskClient) -> dict[str, Any]:
    callbacks = json.loads(client.get("/_dash-dependencies").text)
    found: dict[str, Any] = next(one for one in callbacks if "_pages_content" in one["output"])
    return found


def _outputs(text: str) -> list[dict[str, str]]:
    names = text.strip(".").split("...")
    return [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]


def _words(component: Any) -> Iterator[str]:
    if isinstance(component, str):
        yield component
    elif isinstance(component, list):
        for one in component:
            yield from _words(one)
    elif isinstance(component, dict):
        yield from _words(component.get("props", {}).get("children"))

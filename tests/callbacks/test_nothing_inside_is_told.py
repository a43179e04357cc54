"""No answer tells what is inside: no traceback, no path, no name and release of a library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.records import reads
from config import ROOT
from data.reader import Reader
from tests.callbacks.conftest import client_of
from tests.fuzz.calls import bodies

LIBRARIES = ("dash", "Flask", "Werkzeug", "gunicorn", "plotly", "SQLAlchemy", "pandas", "limits")
TELLTALE = re.compile(
    r"Traceback|File \"|\.py\b.*line \d|werkzeug|gunicorn|sqlalchemy|Python/|flask\b(?! --app)",
    re.IGNORECASE,
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Scripts and styles of others say whose they are, as their licences ask.
FILES = ("/_dash-component-suites/", "/assets/", "/swagger-ui", "/bootstrap.min.css", "/_favicon")
# What it takes to send us data is told there, our own commands among it.
SECRET = "a secret of the code"


def addresses(server: Flask) -> Iterator[str]:
    """An address of each rule, with something that is there in it or nothing."""
    for rule in server.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", "tax-a-vehicle", str(rule))
        if not path.startswith(FILES):
            yield path


def check(answer: TestResponse) -> None:
    """An answer's headers and body."""
    told = "\n".join(f"{name}: {text}" for name, text in answer.headers)
    for text in (told, answer.text):
        assert not TELLTALE.search(text), (answer.request.path, TELLTALE.findall(text))
        for library in LIBRARIES:
            release = re.escape(version(library)).replace(r"\.", "[._]")
            assert not re.search(rf"(v|{library}.?){release}", text, re.IGNORECASE), library
        assert SECRET not in text
        assert str(ROOT) not in text
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
@pytest.mark.parametrize("method", METHODS)
def test_whatever_is_asked(client: FlaskClient, method: str, accept: str) -> None:
    for path in [*addresses(client.application), "/nowhere", "/api/nowhere", "/data/no/where"]:
        answer = client.open(path, method=method, headers={"Accept": accept})
        check(answer)
        answer.close()


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of a platform in which everything that reads fails."""
    error = RuntimeError(SECRET)
    with (
        patch.object(Reader, "run", side_effect=error),
        patch.object(Reader, "revision", side_effect=error),
        patch.object(reads, "readable", side_effect=error),
    ):
        yield client_of(tmp_path)


def test_a_failure_says_what_the_log_knows_it_by_and_no_more(broken: FlaskClient) -> None:
    for path in ("/api/services", "/data/tolls/journey", "/api/kpis?format=csv"):
        answer = broken.get(path)
        check(answer)
        assert answer.status_code == 500
        told = json.loads(answer.text)
        assert told["request_id"] == answer.headers["X-Request-ID"]


def test_a_page_that_fails_does_so_too(broken: FlaskClient) -> None:
    answer = broken.get("/services/tax-a-vehicle", headers={"Accept": "text/html"})
    check(answer)
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    assert f"this number: {answer.headers['X-Request-ID']}" in answer.text


def test_a_callback_that_fails_tells_the_scripts_what_to_show(broken: FlaskClient) -> None:
    *_others, router = bodies(broken, {})
    answer = broken.post("/_dash-update-component", json=router)
    check(answer)
    assert answer.status_code == 500
    assert answer.json is not None
    assert answer.json["message"].startswith("Sorry, this page could not be shown.")


def test_what_a_page_sends_that_is_too_large_is_refused_in_words(client: FlaskClient) -> None:
    sent = b"x" * (20 * 1024**2)
    answer = client.post("/_dash-update-component", data=sent, content_type="application/json")
    check(answer)
    assert (answer.status_code, answer.mimetype) == (413, "application/json")

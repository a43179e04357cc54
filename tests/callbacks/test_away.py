"""Pages while the database is away or busy, and while there is something else wrong with it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from callbacks.platform import EXTENSION
from data import absence, people_changes, write_locks
from data.deliveries import Sender
from data.dialect import Stopped
from data.engine import migrate
from data.people import ADMIN, PersonEntry
from data.reader import Reader
from tests.callbacks.conftest import Content, client_of
from tests.fixtures.databases import remove_databases, written_to

EMAIL, SENDER = "ann@example.com", Sender("a test")


def platform_in(folder: Path) -> FlaskClient:
    """A platform over a database without tables."""
    return client_of(folder)


@pytest.mark.parametrize("path", ["/services/tax-a-vehicle", "/organisations/transport"])
def test_a_page_without_its_database_says_when_to_try_again(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    client = platform_in(folder)
    remove_databases(folder)
    shutil.rmtree(folder, ignore_errors=True)
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "Nothing was written. Try again in 30 seconds." in answer.text
    assert str(folder) not in answer.text


# On PostgreSQL those who write something else are not waited for.
@pytest.mark.sqlite
def test_who_signs_in_while_others_write_for_long_is_told_to_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_locks, "PATIENCE", 1)
    client = platform_in(tmp_path)
    engine = client.application.extensions[EXTENSION].engine
    migrate(engine)
    people_changes.add(engine, PersonEntry(EMAIL, role=ADMIN), SENDER)
    people_changes.set_password(engine, EMAIL, "a long password of hers", SENDER)
    (field,) = re.findall(r'<input[^>]*name="csrf_token"[^>]*>', client.get("/sign-in").text)
    token = field.partition('value="')[2].partition('"')[0]
    form = {"email": EMAIL, "password": "guess", "csrf_token": token}
    with written_to(engine):
        answer = client.post("/sign-in", data=form)
    assert answer.status_code == 503
    assert "Try again soon" in answer.text


def test_a_database_with_the_tables_of_another_release_is_told_in_a_sentence(
    tmp_path: Path,
) -> None:
    client = platform_in(tmp_path)
    page = client.get("/services/tax-a-vehicle", headers={"Accept": "text/html"})
    told = client.get("/api/services")
    assert (page.status_code, told.status_code) == (503, 503)
    assert absence.BEHIND in page.text
    assert told.json is not None and told.json["message"] == absence.BEHIND
    assert client.get("/_status").status_code == 503
    migrate(client.application.extensions[EXTENSION].engine)
    assert client.get("/api/services").status_code == 200


def test_a_page_that_takes_too_long_says_so(
    client: FlaskClient, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise Stopped(30)

    monkeypatch.setattr(Reader, "_answer", never)
    shown = content(client, "/services", "?q=never-asked-before")
    assert "The answer took longer than 30 seconds" in shown

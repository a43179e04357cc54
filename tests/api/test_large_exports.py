"""Everything that was asked for is taken away, however much it is, or it is told that it is not."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from http.client import HTTPConnection, IncompleteRead

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from api.answers import Answer
from api.blueprint import ANSWERS
from api.cells import rows_of
from api.kpis import page
from api.questions import Call
from api.routes import LIVE_ROW
from config import ROOT, Settings
from tests.api.conftest import client_of
from tests.api.reading import csv_of
from tests.api.reading import rows_of as json_of
from tests.fixtures.databases import database_url, database_with_tables

ROWS = 60_000
NOON = pd.Timestamp("2017-10-01T12:00:00")


def many(call: Call) -> Answer:
    """More rows than a call for JSON may ask for."""
    people = -np.arange(ROWS, dtype=float)
    frame = pd.DataFrame({"people": people, "start_at": NOON, "status": "so many words " * 15})
    shown = page(frame, {**call.question, "sort_by": None})
    return Answer(rows_of(shown, LIVE_ROW), ROWS)


@pytest.fixture
def large(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setitem(ANSWERS, "live", many)
    return client_of(engine, Settings(api_limit=3))


def test_a_csv_holds_more_rows_than_one_call_for_json_may(large: FlaskClient) -> None:
    lines = csv_of(large, "/live?format=csv")
    assert len(lines) == 1 + ROWS
    place = lines[0].index("people")
    assert [line[place] for line in (lines[2], lines[2001], lines[-1])] == ["-1", "-2000", "-59999"]
    assert len(json_of(large, "/live")) == 3


def test_a_long_csv_is_never_held_as_text(large: FlaskClient) -> None:
    answer = large.get("/api/live?format=csv", buffered=False)
    assert answer.is_streamed
    tracemalloc.start()
    try:
        size = sum(len(piece) for piece in answer.iter_encoded())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        answer.close()
    assert size > 10_000_000
    assert most < size / 3


def test_the_head_of_a_long_csv_is_there_without_it(large: FlaskClient) -> None:
    head = large.head("/api/live?format=csv")
    assert (head.status_code, head.data, head.headers["X-Total-Count"]) == (200, b"", str(ROWS))
    tag = {"If-None-Match": head.headers["ETag"]}
    assert large.get("/api/live?format=csv", headers=tag).status_code == 304


@pytest.mark.parametrize("format", ["json", "csv", "xlsx"])
def test_a_limit_that_cuts_says_so_and_where_the_rest_is(client: FlaskClient, format: str) -> None:
    answer = client.get(f"/api/services?format={format}&limit=2&sort_by=name:descending&offset=1")
    assert answer.headers["X-Total-Count"] == "4"
    following = (
        f"<http://localhost/api/services?format={format}&limit=2&sort_by=name:descending&offset=3>"
        '; rel="next"'
    )
    assert following in answer.headers.getlist("Link")
    rest = client.get(f"/api/services?format={format}&limit=2&sort_by=name:descending&offset=3")
    assert not any("next" in link for link in rest.headers.getlist("Link"))


def test_without_a_limit_nothing_is_left(client: FlaskClient) -> None:
    answer = client.get("/api/services?format=csv")
    assert answer.headers["X-Total-Count"] == "4"
    assert not any("next" in link for link in answer.headers.getlist("Link"))


@pytest.fixture(scope="module")
def breaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of gunicorn, as the platform is served, over an answer that breaks off."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    folder = tmp_path_factory.mktemp("breaking")
    database_with_tables(folder).dispose()
    more = {"PORT": str(port), "WEB_CONCURRENCY": "1", "DATABASE_URL": database_url(folder)}
    command = [sys.executable, "-m", "gunicorn", "tests.api.breaking:made()"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **more})
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn ended.")


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_download_that_breaks_off_cannot_be_taken_for_a_whole_file(
    breaking: int, encoding: str
) -> None:
    connection = HTTPConnection("127.0.0.1", breaking)
    headers = {"Accept-Encoding": encoding}
    connection.request("GET", "/api/kpis/definitions?format=csv", headers=headers)
    answer = connection.getresponse()
    assert answer.status == 200
    with pytest.raises(IncompleteRead) as broken:
        answer.read()
    assert broken.value.partial


def test_a_workbook_that_breaks_off_is_an_error_and_no_file(breaking: int) -> None:
    connection = HTTPConnection("127.0.0.1", breaking)
    connection.request("GET", "/api/kpis/definitions?format=xlsx")
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Content-Type")) == (500, "application/json")
    assert b"Something went wrong here" in answer.read()

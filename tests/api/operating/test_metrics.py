"""What Prometheus is told: counts by routes and outcomes, of all processes, and only if asked."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks.platform import EXTENSION
from config import ROOT, Settings
from data import deliveries
from tests.api.operating.conftest import Told, told
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import report, small_world, summary


def platform(folder: Path, **more: str) -> FlaskClient:
    """A client of the platform over the small world, with metrics."""
    engine = small_world(folder)
    engine.dispose()
    url = database_url(folder)
    settings = {"metrics": "yes", **more}
    return create_app(Settings(database_url=url, **settings)).server.test_client()  # type: ignore[arg-type]


def scraped(client: FlaskClient) -> Told:
    return told(client.get("/metrics").text)


def test_requests_are_counted_by_route_however_many_addresses_there_are(tmp_path: Path) -> None:
    client = platform(tmp_path)
    for slug in ("tax-a-vehicle", "book-a-test"):
        client.get(f"/services/{slug}")
        client.get(f"/api/services/{slug}")
    for n in range(5):
        client.get(f"/made/up/{n}")
        client.get(f"/api/services/made-up-{n}")
        client.open("/about", method=f"MADE{n}")
    found = scraped(client)
    requests = {
        labels: n for (name, labels), n in found.items() if name == "platform_requests_total"
    }
    assert requests == {
        (("method", "GET"), ("route", "/services/<slug>"), ("status", "200")): 2,
        (("method", "GET"), ("route", "/api/services/<slug>"), ("status", "200")): 2,
        (("method", "GET"), ("route", "other"), ("status", "404")): 10,
        (("method", "other"), ("route", "other"), ("status", "405")): 5,
    }
    timed = (("method", "GET"), ("route", "/services/<slug>"))
    assert found["platform_request_seconds_count", timed] == 2


def test_records_the_cache_and_the_revision_are_counted(tmp_path: Path) -> None:
    client = platform(tmp_path)
    engine = client.application.extensions[EXTENSION].engine
    before = scraped(client)
    record = summary("report-a-death", "year", "2016-10-01", transactions=7)
    report(engine, "summaries", [record])
    report(engine, "summaries", [record])
    client.get("/api/kpis")
    client.get("/api/kpis?limit=2")
    found = scraped(client)
    assert found["platform_records_total", (("outcome", "new"),)] == 1
    assert found["platform_records_total", (("outcome", "same"),)] == 1
    assert found["platform_cache_total", (("outcome", "miss"),)] > 0
    assert found["platform_cache_total", (("outcome", "hit"),)] > 0
    assert found["platform_revision", ()] == before["platform_revision", ()] + 1
    # The one that reads the revision, to tell it, is in use by itself.
    assert found["platform_database_connections", ()] == 0


def test_a_delivery_that_is_refused_counts_nothing(tmp_path: Path) -> None:
    client = platform(tmp_path)
    engine = client.application.extensions[EXTENSION].engine
    with pytest.raises(deliveries.Rejected):
        report(engine, "summaries", [{"service_slug": "no-such"}])
    assert ("platform_records_total", (("outcome", "new"),)) not in scraped(client)


def test_there_is_nothing_unless_it_is_switched_on(tmp_path: Path) -> None:
    assert platform(tmp_path, metrics="no").get("/metrics").status_code == 404


def test_a_token_keeps_others_out(tmp_path: Path) -> None:
    client = platform(tmp_path, metrics_token="the-token")
    answers = [
        client.get("/metrics", headers={"Authorization": text} if text else {})
        for text in ("", "Bearer wrong", "Bearer the-token")
    ]
    assert [answer.status_code for answer in answers] == [401, 401, 200]
    assert answers[0].headers["WWW-Authenticate"] == "bearer"
    assert b"platform_" not in answers[0].data


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The port of gunicorn with two processes that count."""
    small_world(tmp_path).dispose()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(tmp_path),
        "PORT": str(number),
        "WEB_CONCURRENCY": "2",
        "METRICS": "yes",
        "TMPDIR": str(tmp_path),
    }
    command = [sys.executable, "-m", "gunicorn", "app:server"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)
    try:
        yield number
    finally:
        process.terminate()
        process.wait(timeout=90)
    assert list(tmp_path.glob("platform-metrics-*")) == []


def get(port: int, path: str) -> str:
    """An answer over a connection of its own, which any of the processes may take."""
    until = time.monotonic() + 60
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        except ConnectionError:
            assert time.monotonic() < until
            time.sleep(0.2)
        finally:
            connection.close()


def test_two_processes_count_together(port: int, tmp_path: Path) -> None:
    get(port, "/_status")
    booted = re.compile("Booting worker")
    while len(booted.findall((tmp_path / "log").read_text())) < 2:
        time.sleep(0.1)
    folder, asked = next(tmp_path.glob("platform-metrics-*")), 1
    with ThreadPoolExecutor(8) as at_once:
        # Until both have been asked: which of them answers is nobody's to say.
        while len({path.stem.rpartition("_")[2] for path in folder.glob("counter_*.db")}) < 2:
            assert asked < 3_000
            asked += len(list(at_once.map(lambda _: get(port, "/_status"), range(29))))
    found = told(get(port, "/metrics"))
    labels = (("method", "GET"), ("route", "/_status"), ("status", "200"))
    assert found["platform_requests_total", labels] == asked

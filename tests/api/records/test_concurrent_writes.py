"""Many writers at once: nothing is lost, nothing is half written, and the sums are right."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from config import ROOT
from tests.api.records.writing import TOKEN, Api, told

WRITERS, BATCHES, SIZE = 6, 5, 4
ADDRESS = "/data/allowance/transactions-by-channel"
Record = dict[str, Any]


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    made = Api(tmp_path)
    made.make("allowance", "transactions-by-channel", service="allowance")
    made.make("pension", "transactions-by-channel", service="pension")
    made.make()
    yield made
    made.engine.dispose()


def batch(writer: int, number: int) -> list[Record]:
    """Records of one week, each of a channel of its own: 1 + 2 + 3 + 4 = 10 transactions."""
    return [
        {
            "_id": f"{writer}.{number}.{n}",
            "_timestamp": "2013-03-11T00:00:00Z",
            "period": "week",
            "channel": f"channel {writer} {number} {n}",
            "count": n,
        }
        for n in range(1, SIZE + 1)
    ]


def at_once(write: Callable[[int], list[int]]) -> list[int]:
    """What all writers were answered, each from a thread of its own."""
    with ThreadPoolExecutor(WRITERS) as pool:
        return [status for statuses in pool.map(write, range(WRITERS)) for status in statuses]


def test_writers_to_one_data_set_lose_nothing(api: Api) -> None:
    def write(writer: int) -> list[int]:
        return [api.post(batch(writer, n), ADDRESS).status_code for n in range(BATCHES)]

    assert at_once(write) == [200] * WRITERS * BATCHES
    assert len(api.stored("allowance", "transactions-by-channel")) == WRITERS * BATCHES * SIZE
    assert api.world.total("week", "2013-03-11") == (300, "reported", 1, 1, "week")


def test_writers_to_different_data_sets_of_a_service_and_of_none_lose_nothing(api: Api) -> None:
    addresses = [ADDRESS, "/data/pension/transactions-by-channel", "/data/group/weather"]

    def write(writer: int) -> list[int]:
        address = addresses[writer % 3]
        return [api.post(batch(writer, n), address).status_code for n in range(BATCHES)]

    assert at_once(write) == [200] * WRITERS * BATCHES
    for group, type in ((*ADDRESS.split("/")[2:],), ("group", "weather")):
        assert len(api.stored(group, type)) == 2 * BATCHES * SIZE
    told = api.world.told(measure="transactions", category="", period="week")
    assert {about[0]: figure[0] for about, figure in told.items()} == {
        "allowance": 100,
        "pension": 100,
    }


def test_the_same_batch_from_all_of_them_is_written_once(api: Api) -> None:
    def write(_: int) -> list[int]:
        return [api.post(batch(0, 0), ADDRESS).status_code for _ in range(BATCHES)]

    revision = api.world.revision()
    assert at_once(write) == [200] * WRITERS * BATCHES
    assert len(api.stored("allowance", "transactions-by-channel")) == SIZE
    assert api.world.total("week", "2013-03-11") == (10, "reported", 1, 1, "week")
    assert api.world.revision() == revision + 1


def test_batches_that_are_refused_leave_nothing_among_those_that_are_not(api: Api) -> None:
    def write(writer: int) -> list[int]:
        bad = {"_id": "bad", "_timestamp": "2013-03-11", "period": "week", "count": 1000}
        spoilt = [*batch(writer, 9), bad]
        batches = [spoilt if n % 2 else batch(writer, n) for n in range(BATCHES)]
        return [api.post(records, ADDRESS).status_code for records in batches]

    assert at_once(write) == [200, 400, 200, 400, 200] * WRITERS
    assert len(api.stored("allowance", "transactions-by-channel")) == WRITERS * 3 * SIZE
    assert api.world.total("week", "2013-03-11") == (180, "reported", 1, 1, "week")


def test_fields_that_are_patched_at_once_all_stay(api: Api) -> None:
    api.post({"_id": "a"})

    def write(writer: int) -> list[int]:
        changes = [{f"field_{writer}_{n}": n} for n in range(BATCHES)]
        return [
            api.send("PATCH", "/data/group/weather/a", fields).status_code for fields in changes
        ]

    assert at_once(write) == [200] * WRITERS * BATCHES
    expected = {f"field_{writer}_{n}": n for writer in range(WRITERS) for n in range(BATCHES)}
    assert api.stored()["a"] == {"_id": "a", **expected}


def test_of_those_who_delete_one_record_one_does(api: Api) -> None:
    api.post([{"_id": str(n)} for n in range(BATCHES)])

    def write(_: int) -> list[int]:
        return [told(api.send("DELETE", f"/data/group/weather/{n}"))[0] for n in range(BATCHES)]

    statuses = at_once(write)
    assert (statuses.count(200), statuses.count(400)) == (BATCHES, (WRITERS - 1) * BATCHES)
    assert api.stored() == {}


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(url: str) -> Iterator[int]:
    """The port of the platform, served by two processes of gunicorn on this database."""
    port = _free_port()
    environment = {**os.environ, "DATABASE_URL": url, "WEB_CONCURRENCY": "2", "PORT": str(port)}
    command = [sys.executable, "-m", "gunicorn", "--log-level", "error", "app:server"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            while send(port, "GET", "/_status") != 200:
                assert process.poll() is None, "gunicorn has ended"
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()


def send(port: int, method: str, address: str, body: object = None) -> int:
    """The status of an answer; 0 while nobody listens."""
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        try:
            connection.request(method, address, json.dumps(body), headers)
            return connection.getresponse().status
        except ConnectionError:
            return 0


def test_writers_to_several_processes_lose_nothing(api: Api) -> None:
    with serving(str(api.engine.url)) as port:

        def write(writer: int) -> list[int]:
            return [send(port, "POST", ADDRESS, batch(writer, n)) for n in range(BATCHES)]

        assert at_once(write) == [200] * WRITERS * BATCHES
    assert len(api.stored("allowance", "transactions-by-channel")) == WRITERS * BATCHES * SIZE
    assert api.world.total("week", "2013-03-11") == (300, "reported", 1, 1, "week")
    assert api.world.total("month", "2013-03-01") == (300, "partial", 1, 4, "week")

"""Every example of how to send data is run against a live platform, as a reader would run it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests

from config import ROOT
from layouts.sending import DATA_SET, FILES, REFUSAL, WRONG
from tests.examples.conftest import TOKEN

EXAMPLES = ROOT / "examples"
FOUR = {
    ("2017-10-02", "digital"): 1472,
    ("2017-10-02", "paper"): 528,
    ("2017-10-09", "digital"): 1560,
    ("2017-10-09", "paper"): 390,
}
Environment = dict[str, str]
Counts = Callable[[], dict[tuple[str, str], Any]]


def run(
    command: list[str], environment: Mapping[str, str], folder: Path = EXAMPLES, sent: str = ""
) -> subprocess.CompletedProcess[str]:
    # `python3` is this Python, wherever it is.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment, "PATH": path},
        input=sent,
        capture_output=True,
        text=True,
        check=False,
    )


def python(*given: str) -> list[str]:
    return [sys.executable, "send.py", *given]


def scheduled() -> list[str]:
    """The commands that cron and systemd run."""
    cron = re.search(r"^15 6 \* \* 1  cd /opt/sending && (.*)$", _text("crontab"), re.MULTILINE)
    unit = re.search(r'^ExecStart=/bin/sh -c "(.*)"$', _text("last-week.service"), re.MULTILINE)
    assert cron
    assert unit
    return [cron[1], unit[1]]


def _text(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")


def test_curl_sends_a_file(environment: Environment, counts: Counts) -> None:
    done = run(["sh", "send.sh", DATA_SET, "records.json"], environment)
    assert json.loads(done.stdout) == {"status": "ok"}, done.stderr
    assert counts() == FOUR


def test_curl_fails_and_says_why_when_the_token_is_wrong(
    environment: Environment, counts: Counts
) -> None:
    done = run(["sh", "send.sh", DATA_SET, "records.json"], {**environment, "TOKEN": "wrong"})
    assert done.returncode != 0
    assert "Unauthorized" in done.stdout
    assert counts() == {}


def test_python_sends_a_file(environment: Environment, counts: Counts) -> None:
    done = run(python(DATA_SET, "records.json"), environment)
    assert (done.returncode, done.stdout) == (0, "4 records sent\n"), done.stderr
    assert counts() == FOUR


def test_sending_the_same_again_changes_nothing(environment: Environment, counts: Counts) -> None:
    for _ in range(2):
        run(python(DATA_SET, "records.json"), environment)
    assert counts() == FOUR


def test_a_corrected_figure_takes_the_place_of_the_old_one(
    environment: Environment, counts: Counts
) -> None:
    run(python(DATA_SET, "records.json"), environment)
    corrected = {**json.loads(_text("records.json"))[0], "count": 1500}
    run(python(DATA_SET, "-"), environment, sent=json.dumps([corrected]))
    assert counts() == {**FOUR, ("2017-10-02", "digital"): 1500}


def test_python_names_the_record_that_is_wrong_by_its_place_in_the_file(
    environment: Environment, counts: Counts
) -> None:
    good = json.loads(_text("records.json"))[0]
    records = [{**good, "channel": f"channel {n}"} for n in range(1001)]
    records[1000]["count"] = "many"
    done = run(python(DATA_SET, "-"), environment, sent=json.dumps(records))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "400: refused after 1000 records",
        "record 1001, count: count must be a number, not 'many'.",
    ]
    assert len(counts()) == 1000


@pytest.mark.parametrize("command", scheduled(), ids=["cron", "systemd"])
def test_a_scheduled_job_sends_last_week(
    command: str, environment: Environment, counts: Counts, folder: Path
) -> None:
    monday = date.today() - timedelta(days=date.today().weekday() + 7)
    days = [monday - timedelta(days=1), monday, monday + timedelta(days=6), date.today()]
    lines = [f"{day}T12:00:00,{channel}" for day in days for channel in ("digital", "paper")]
    (folder / "transactions.csv").write_text("\n".join(["completed_at,channel", *lines]))
    for name in ("send.py", "last_week.py"):
        shutil.copy(EXAMPLES / name, folder)
    done = run(["sh", "-c", command], environment, folder)
    assert (done.returncode, done.stdout) == (0, "2 records sent\n"), done.stderr
    # Of the four days only the Monday and the Sunday are in the week.
    assert counts() == {(str(monday), "digital"): 2, (str(monday), "paper"): 2}


def test_cron_and_systemd_run_the_same() -> None:
    cron, systemd = scheduled()
    assert cron == systemd


def test_a_channel_that_nobody_used_is_reported_as_nought(folder: Path) -> None:
    (folder / "log.csv").write_text("completed_at,channel\n")
    done = run([sys.executable, "last_week.py", str(folder / "log.csv")], {})
    assert [record["count"] for record in json.loads(done.stdout)] == [0, 0]


class Busy(BaseHTTPRequestHandler):
    """Answers 503 to the first request, and 200 to those after it."""

    asked = 0

    def do_POST(self) -> None:
        Busy.asked += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(503 if Busy.asked == 1 else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def busy() -> Iterator[str]:
    Busy.asked = 0
    server = HTTPServer(("127.0.0.1", 0), Busy)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "command",
    [python(DATA_SET, "records.json"), ["sh", "send.sh", DATA_SET, "records.json"]],
    ids=["python", "curl"],
)
def test_a_platform_that_is_busy_is_tried_again(command: list[str]) -> None:
    with busy() as address:
        done = run(command, {"PLATFORM": address, "TOKEN": TOKEN})
    assert (done.returncode, Busy.asked) == (0, 2), done.stderr


def test_a_record_that_is_wrong_is_answered_as_the_page_says(platform: str) -> None:
    answer = requests.post(
        f"{platform}/data/{DATA_SET}",
        data=WRONG,
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
        timeout=20,
    )
    assert answer.status_code == 400
    assert answer.json() == json.loads(REFUSAL)


def test_every_example_is_shown_on_the_page() -> None:
    assert {path.name for path in EXAMPLES.iterdir() if path.is_file()} == set(FILES)

"""The platform behind gunicorn, on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from bench.databases import Database
from config import ROOT

_PATIENCE = 60.0


@contextmanager
def served(
    database: Database, workers: int = 2, application: str = "app:server", log: str = "WARNING"
) -> Iterator[int]:
    """The port that gunicorn serves a database on; it is ended by its own process.

    log: from which level on it logs, to nowhere where that is each request.
    """
    port = _free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "DATABASE_URL": database.url,
        "WEB_CONCURRENCY": str(workers),
        "LOG_LEVEL": log,
        "LOG_FORMAT": "json",
        # All of it comes from one address: it is counted, and none of it refused.
        "READS_PER_MINUTE": "100000000",
        "WRITES_PER_MINUTE": "100000000",
    }
    command = [sys.executable, "-m", "gunicorn", application]
    told = subprocess.DEVNULL if log == "INFO" else None
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=told)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=90)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """:raises RuntimeError: when the server ends, or does not answer in a minute."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/api/kpis/definitions")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("gunicorn did not answer.")

"""The platform as its users get it: served by gunicorn, over a database of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO

import requests

ROOT = Path(__file__).parents[2]
PATIENCE = 180


@contextmanager
def served(database: str, root: Path = ROOT) -> Iterator[str]:
    """The address of a platform over a database; what it logs is held to be without errors.

    database: its URL.

    root: the folder of its code.
    """
    with TemporaryFile("w+", encoding="utf-8") as log, _running(database, root, log) as address:
        yield address
        log.seek(0)
        said = log.read()
        assert "Traceback" not in said, said


@contextmanager
def _running(database: str, root: Path, log: TextIO) -> Iterator[str]:
    with _listening() as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        process = _gunicorn(listener, database, log.fileno(), root)
    try:
        # Connections wait in the socket until gunicorn takes them.
        requests.get(address, timeout=PATIENCE).raise_for_status()
        yield address
    finally:
        # At once: it would wait for the browser to close its connections.
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


class Interrupted:
    """A platform that is stopped and started again at the same address; its log in a folder."""

    def __init__(self, database: str, folder: Path) -> None:
        self._database = database
        self._log = folder / "log"
        self._port = 0
        self.start()

    @property
    def address(self) -> str:
        """Where it is, when it is up."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Serve, as before."""
        with _listening(self._port) as listener, self._log.open("a", encoding="utf-8") as out:
            self._port = listener.getsockname()[1]
            self._process = _gunicorn(listener, self._database, out.fileno(), ROOT)
        requests.get(self.address, timeout=PATIENCE).raise_for_status()

    def stop(self) -> None:
        """Serve no more."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(PATIENCE)


def _listening(port: int = 0) -> socket.socket:
    """A socket on a port, a free one where none is given, of which nobody can get in the way."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen()
    return listener


def _gunicorn(
    listener: socket.socket, database: str, out: int, root: Path
) -> subprocess.Popen[bytes]:
    number = listener.fileno()
    settings = {"DATABASE_URL": database, "WEB_CONCURRENCY": "1"}
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--bind",
            f"fd://{number}",
            "--keep-alive",
            "1",
            "app:server",
        ],
        cwd=root,
        env={**os.environ, **settings},
        pass_fds=(number,),
        stdout=out,
        stderr=subprocess.STDOUT,
    )

"""The platform as Procfile serves it, to be killed, and clients that post batches to it."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from threading import Event, Thread

from config import ROOT
from tests.api.records.writing import TOKEN
from tests.faults.batches import ENTRY, batch
from tests.faults.writers import Told
from tests.fixtures.servers import PATIENCE, children

WORKERS = 2
ADDRESS = f"/data/{ENTRY.group}/{ENTRY.type}"


class Gunicorn:
    """A master and its workers in a group of their own, on a socket that outlives them."""

    def __init__(self, url: str) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._environment = {
            **os.environ,
            "DATABASE_URL": url,
            "ENVIRONMENT": "production",
            "SECRET_KEY": "of a test, and long enough for it",
            "WEB_CONCURRENCY": str(WORKERS),
            "WRITES_PER_MINUTE": "0",
            "LOG_LEVEL": "ERROR",
        }
        self.start()

    def start(self) -> None:
        """Start it; who asks meanwhile waits."""
        number = self._listener.fileno()
        command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{number}", "app:server"]
        self._master = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self._environment,
            pass_fds=(number,),
            start_new_session=True,
            # It says of each worker that it was killed.
            stderr=subprocess.DEVNULL,
        )

    def kill_worker(self, chance: random.Random) -> None:
        """Kill one worker, if there is one just now; its master starts another."""
        with suppress(ProcessLookupError, IndexError):
            os.kill(chance.choice(children(self._master.pid)), signal.SIGKILL)

    def kill(self) -> None:
        """Kill the master and all its workers."""
        os.killpg(self._master.pid, signal.SIGKILL)
        self._master.wait(PATIENCE)

    def close(self) -> None:
        """Kill it, and let nobody wait for another."""
        self.kill()
        self._listener.close()


class Client(Thread):
    """Posts batches, one after another; what is not answered is not sent again."""

    def __init__(self, name: str, port: int, told: Told, stop: Event) -> None:
        super().__init__(daemon=True)
        self._name, self._port, self._told, self._stopped = name, port, told, stop

    def run(self) -> None:
        """Post until it is told to stop."""
        for number in count():
            if self._stopped.is_set():
                return
            made = f"{self._name}.{number}"
            self._told.began.add(made)
            if self._post(made) == 200:
                self._told.acknowledged.add(made)

    def _post(self, name: str) -> int:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        with closing(connection):
            try:
                connection.request("POST", ADDRESS, json.dumps(batch(name)), headers)
                return connection.getresponse().status
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                return 0


@contextmanager
def posting(port: int, clients: int) -> Iterator[Told]:
    """Meanwhile so many clients post batches; what they know of them."""
    told, stop = Told(), Event()
    started = [Client(f"client-{n}", port, told, stop) for n in range(clients)]
    for client in started:
        client.start()
    try:
        yield told
    finally:
        stop.set()
        for client in started:
            client.join(PATIENCE)

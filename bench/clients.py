"""Clients that ask the server one question after another, as fast as it answers."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from itertools import count

from bench.traffic import Kind, Request

THREADS = 8


@dataclass(frozen=True)
class Load:
    """What came of it: seconds of each answer, errors, and how long it went on."""

    taken: tuple[float, ...]
    errors: tuple[str, ...]
    seconds: float

    @property
    def rate(self) -> float:
        """Answers a second that were as they should be."""
        return (len(self.taken) - len(self.errors)) / self.seconds

    def within(self, percent: int) -> float:
        """Milliseconds within which that share of answers came; 0 where there are too few."""
        return self._cuts[percent - 1] * 1000

    @cached_property
    def _cuts(self) -> list[float]:
        return statistics.quantiles(self.taken, n=100) if len(self.taken) > 1 else [0.0] * 99


class Client:
    """A connection that is opened anew when it breaks."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.taken: list[float] = []
        self.errors: list[str] = []

    def ask(self, request: Request, since: float | None = None) -> None:
        """Ask, and note how long that took, or has taken since a moment of the clock."""
        started = time.perf_counter() if since is None else since
        try:
            error = request.send(self._connection)
        except (OSError, HTTPException) as problem:
            self._connection.close()
            error = f"{request.path}: {problem!r}"
        self.taken.append(time.perf_counter() - started)
        self.errors += [error] if error else []

    def give_up(self, since: float) -> None:
        """Note that what was due at a moment of the clock was never asked."""
        self.taken.append(time.perf_counter() - since)
        self.errors.append("not asked, as the server was too far behind")

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def load(port: int, kind: Kind, seconds: float, most: int, threads: int = THREADS) -> Load:
    """Ask from several threads for some seconds, and no more often than ``most`` altogether."""
    started = time.perf_counter()
    turns = _Turns(started + seconds, most)
    clients = [Client(port) for _ in range(threads)]
    run_all([lambda client=client: _ask_all(client, kind, turns) for client in clients])
    return load_of(clients, time.perf_counter() - started)


def load_of(clients: list[Client], seconds: float) -> Load:
    """What came of several clients."""
    taken = tuple(one for client in clients for one in client.taken)
    errors = tuple(one for client in clients for one in client.errors)
    return Load(taken, errors, seconds)


def run_all(works: list) -> None:
    """Do several things at once, until all are done."""
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class _Turns:
    """Numbers in turn, whoever asks, until time or count is up."""

    def __init__(self, until: float, most: int) -> None:
        self._until, self._most, self._number = until, most, count()

    def __iter__(self) -> Iterator[int]:
        while time.perf_counter() < self._until and (number := next(self._number)) < self._most:
            yield number


def _ask_all(client: Client, kind: Kind, turns: _Turns) -> None:
    for number in turns:
        client.ask(kind.request(number))
    client.close()

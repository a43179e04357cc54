"""The server under load: `python -m bench.load` asks pages and API from several threads at once."""

from __future__ import annotations

import argparse
import json
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count

from bench import polls
from bench.asks import page_asks, route_asks
from bench.databases import FOLDER, Database, large_database
from bench.figures import Figure
from bench.large import LargeSet
from bench.server import served
from bench.subject import Ask, Subject, drawing

THREADS, SECONDS, MOST = 8, 20.0, 20_000


@dataclass(frozen=True)
class Load:
    """What came of it: seconds of each answer, errors, and how long it went on."""

    taken: tuple[float, ...]
    errors: tuple[str, ...]
    seconds: float

    @property
    def figures(self) -> list[Figure]:
        """Requests a second, and how long the slower ones took."""
        cuts = statistics.quantiles(self.taken, n=100) if len(self.taken) > 1 else [0.0] * 99
        shares = [(name, cuts[name - 1] * 1000) for name in (50, 95, 99)]
        return [
            Figure("Requests", len(self.taken), ""),
            Figure("Requests a second", len(self.taken) / self.seconds, "/s"),
            *(Figure(f"… {name} of 100 within", value, "ms") for name, value in shares),
            Figure("Errors", len(self.errors), "", 0),
        ]


class _Client(threading.Thread):
    """One client that asks one question after another, of those that are next in turn."""

    def __init__(self, run: _Run) -> None:
        super().__init__(daemon=True)
        self.run_of = run
        self.taken: list[float] = []
        self.errors: list[str] = []

    def run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.run_of.port, timeout=60)
        for ask in self.run_of.turns():
            started = time.perf_counter()
            try:
                error = _ask(connection, ask, self.run_of.output)
            except OSError as problem:
                connection.close()
                error = repr(problem)
            self.taken.append(time.perf_counter() - started)
            self.errors += [f"{ask.path}{ask.search}: {error}"] if error else []
        connection.close()


@dataclass(frozen=True)
class _Run:
    """One bounded run over a port: its questions in turn until time or count is up."""

    port: int
    asks: Sequence[Ask]
    output: str
    until: float
    most: int
    _number: Iterator[int]

    def turns(self) -> Iterator[Ask]:
        """The next question, whichever client asks."""
        while time.monotonic() < self.until and (number := next(self._number)) < self.most:
            yield self.asks[number % len(self.asks)]


def load(
    port: int,
    asks: Sequence[Ask],
    output: str,
    *,
    seconds: float = SECONDS,
    most: int = MOST,
    threads: int = THREADS,
) -> Load:
    """Ask questions from several threads for some seconds, and no more of them than ``most``."""
    started = time.monotonic()
    run = _Run(port, asks, output, started + seconds, most, count())
    clients = [_Client(run) for _ in range(threads)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    taken = tuple(one for client in clients for one in client.taken)
    errors = tuple(one for client in clients for one in client.errors)
    return Load(taken, errors, time.monotonic() - started)


def mixture(subject: Subject) -> list[Ask]:
    """Pages and API in turn; the answers of many megabytes are left out."""
    pages = page_asks(subject.examples)
    routes = [ask for ask in route_asks(subject.examples) if "limit=50000" not in ask.search]
    return [ask for pair in zip(pages, routes, strict=False) for ask in pair]


def _ask(connection: HTTPConnection, ask: Ask, output: str) -> str:
    """Send a question and read the answer; what was wrong with it, or ''."""
    headers = {"Accept-Encoding": "gzip"}
    if ask.page:
        body = json.dumps(drawing(output, ask.path, ask.search))
        headers["Content-Type"] = "application/json"
        connection.request("POST", "/_dash-update-component", body, headers)
    else:
        connection.request("GET", ask.path + ask.search, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return "" if answer.status == 200 else f"{answer.status} {answer.reason}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long (20)")
    parser.add_argument("--threads", type=int, default=THREADS, help="how many at once (8)")
    parser.add_argument("--services", type=int, default=LargeSet.services, help="how large (5000)")
    return parser.parse_args()


def _print_load(database: Database, seconds: float, threads: int) -> None:
    subject = Subject(database)
    asks, output = mixture(subject), subject.output
    with served(database) as port:
        load(port, asks, output, seconds=seconds, most=2 * len(asks), threads=2)
        found = load(port, asks, output, seconds=seconds, threads=threads)
        open_pages = [*polls.statements(subject), *polls.polled(port, threads=threads)]
    print(f"{database.name}: {threads} threads over {len(asks)} pages and routes, 2 workers")
    for figure in found.figures:
        print(f"  {figure}")
    for error in found.errors[:10]:
        print(f"  {error}")
    print("Open dashboards that ask who is there now, while nothing else is asked")
    for figure in open_pages:
        print(f"  {figure}")


if __name__ == "__main__":
    given = _arguments()
    made = large_database(LargeSet(services=given.services), print, FOLDER)
    _print_load(made, given.seconds, given.threads)

"""Pages asked for at a steady pace, whether the server keeps up or not, while others write.

Each answer's time counts from the moment at which it was to be asked for: a server that falls
behind cannot make its queue look short.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from bench.clients import Client, Load, load_of, run_all
from bench.traffic import MOST_USED, Request, Traffic

SECONDS = 60.0
# Each of them may wait for an answer while the others go on.
_PAGE_CLIENTS, _WRITE_CLIENTS = 24, 8
# How far behind the server may be, in seconds, before what is left is asked no more.
_BEHIND = 5.0


@dataclass(frozen=True)
class Pace:
    """How many pages and how many writes a second."""

    pages: float = 50.0
    writes: float = 20.0

    @property
    def in_words(self) -> str:
        """'50 a second, 20 writes a second'."""
        return f"{self.pages:g} a second, {self.writes:g} writes a second"


def paced(
    port: int, traffic: Traffic, services: Sequence[str], pace: Pace, seconds: float
) -> tuple[Load, Load]:
    """What came of the pages of these services, and of writes to any service at random.

    Before, each worker draws the pages of those that are used most once.
    """
    readers = [Client(port) for _ in range(_PAGE_CLIENTS)]
    opened = [traffic.page(f"/services/{slug}") for slug in services[:MOST_USED]]
    run_all([lambda client=client: _open(client, opened) for client in readers])
    chance = Random(1)
    places = [chance.randrange(len(services)) for _ in range(int(pace.pages * seconds))]
    writers = [chance.randrange(10**6) for _ in range(int(pace.writes * seconds))]
    pages = [traffic.page(f"/services/{services[place]}") for place in places]
    writes = [traffic.write(number) for number in writers]
    start = time.perf_counter() + 0.2
    lines = (
        _Line(pages, pace.pages, readers, start),
        _Line(writes, pace.writes, [Client(port) for _ in range(_WRITE_CLIENTS)], start),
    )
    run_all([work for line in lines for work in line.works])
    took = time.perf_counter() - start
    return load_of(lines[0].clients, took), load_of(lines[1].clients, took)


def _open(client: Client, opened: Sequence[Request]) -> None:
    """Ask for each page once; how long that takes is not noted."""
    for request in opened:
        client.ask(request)
    client.taken.clear()
    # It may wait for the others for longer than the server leaves a connection open.
    client.close()


@dataclass(frozen=True)
class _Line:
    """Requests, so many a second from a moment on, that clients share out among them."""

    requests: Sequence[Request]
    rate: float
    clients: list[Client]
    start: float

    @property
    def works(self) -> list[Callable[[], None]]:
        """What each client does: every request of its own at its moment."""
        return [
            lambda client=client, place=place: self._send(client, place)  # type: ignore[misc]
            for place, client in enumerate(self.clients)
        ]

    def _send(self, client: Client, place: int) -> None:
        for number in range(place, len(self.requests), len(self.clients)):
            due = self.start + number / self.rate
            wait = due - time.perf_counter()
            if wait < -_BEHIND:
                client.give_up(due)
            else:
                time.sleep(max(0.0, wait))
                client.ask(self.requests[number], due)
        client.close()

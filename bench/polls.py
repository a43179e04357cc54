"""Open dashboards: how many of them can ask who is there now, and what they ask the database."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection

from bench.figures import Figure
from bench.subject import Subject
from data.engine import watch_connections
from layouts.addresses import live_address

THREADS, SECONDS = 8, 5.0
# An open page asks every four and a half seconds, on average.
_EVERY = 4.5
DASHBOARDS, ASKED_AIM = 1000, 10


def statements(subject: Subject, polls: int = DASHBOARDS) -> Iterator[Figure]:
    """What so many polls ask the database, one after another, half of them of one service."""
    addresses = (live_address(), live_address({"service": subject.examples.service}))
    tags = [subject.client.get(address).headers["ETag"] for address in addresses]
    taken_or_given_back: list[int] = []
    watch_connections(subject.platform.engine, taken_or_given_back.append)
    started = time.perf_counter()
    for number in range(polls):
        headers = {"If-None-Match": tags[number % 2]}
        answer = subject.client.get(addresses[number % 2], headers=headers)
        if answer.status_code != 304:
            raise RuntimeError(f"{addresses[number % 2]}: {answer.status}")
    taken = time.perf_counter() - started
    asked = taken_or_given_back.count(1)
    yield Figure("Polls a second, in this process", polls / taken, "/s")
    yield Figure(
        "Times a second that they ask the database", asked / max(taken, 1), "/s", ASKED_AIM
    )


def polled(port: int, *, seconds: float = SECONDS, threads: int = THREADS) -> Iterator[Figure]:
    """How many polls are answered by 304 over HTTP, and how many open dashboards that is."""
    until = time.monotonic() + seconds
    counts: list[int] = []
    clients = [
        threading.Thread(target=lambda: counts.append(_poll(port, until)), daemon=True)
        for _ in range(threads)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    rate = sum(counts) / seconds
    yield Figure("Polls a second that are answered by 304", rate, "/s")
    yield Figure("… which is as many open dashboards", rate * _EVERY, "")


def _poll(port: int, until: float) -> int:
    """Ask until then; how many answers were 304."""
    connection, tag, unchanged = HTTPConnection("127.0.0.1", port, timeout=60), "", 0
    while time.monotonic() < until:
        headers = {"If-None-Match": tag} if tag else {}
        connection.request("GET", live_address(), headers=headers)
        answer = connection.getresponse()
        answer.read()
        tag = answer.headers["ETag"]
        unchanged += answer.status == 304
    connection.close()
    return unchanged

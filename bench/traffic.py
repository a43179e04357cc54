"""What the server is put under load with: kinds of requests, each of them a turn of a number."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from http.client import HTTPConnection

from bench.subject import Subject, drawing
from bench.writers import TOKEN
from data.services import ServiceQuery
from layouts.addresses import live_address

MOST_USED = 20
# The route of bench.empty_route, which is imported by the server alone.
EMPTY = "/empty"
_FIRST_ASKED, _FIRST_WRITTEN = date(1980, 1, 1), date(2001, 1, 1)
# Not so many days that they leave the years that figures may be of.
_DAYS = 5000
# The counts that are written, and how far those of one seed are from those of the next.
_COUNTS, _SEEDED = 97, 31


@dataclass(frozen=True)
class Request:
    """One request, and which status its answer may have."""

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    statuses: tuple[int, ...] = (200,)

    def send(self, connection: HTTPConnection) -> str:
        """Send it and read the answer; what was wrong with that, or ''."""
        headers = {"Accept-Encoding": "gzip", **self.headers}
        connection.request(self.method, self.path, self.body, headers)
        answer = connection.getresponse()
        told = answer.read()
        if answer.status in self.statuses:
            return ""
        return f"{self.method} {self.path}: {answer.status} {told[:200]!r}"


@dataclass(frozen=True)
class Kind:
    """Requests of one kind: the one of a number. records: how many it writes."""

    name: str
    request: Callable[[int], Request]
    records: int = 0


class Traffic:
    """Every kind, over a platform whose database is this one."""

    def __init__(self, subject: Subject, writers: Sequence[str], seed: int = 0) -> None:
        """seed: of another one the same days have other counts, so that each write is a change."""
        run = subject.platform.reader.run
        most_used = ServiceQuery(sort_by="transactions", descending=True)
        self.services: list[str] = run(most_used)["slug"].tolist()
        self.output, self.writers, self._seed = subject.output, writers, seed
        self.example = subject.examples.service

    def kinds(self, port: int) -> list[Kind]:
        """All of them, the empty route first."""
        alone = [
            Kind("An empty Flask route", lambda _: Request("GET", EMPTY)),
            self.cached(port),
            Kind("KPI API, asked before", lambda _: Request("GET", self._kpis())),
            Kind("KPI API, never asked before", self._never_asked),
            Kind("Overview", lambda _: self.page("/")),
            Kind("A service's page", lambda _: self.page(f"/services/{self.example}")),
            Kind("Live figures, polled", self._polled(port)),
            Kind("Writes of 1 record", self.write, 1),
            Kind("Writes of 1,000 records", lambda n: self.write(n, 1000), 1000),
        ]
        return [*alone, Kind("The mix", lambda n: _one_of(alone[1:], n))]

    def cached(self, port: int) -> Kind:
        """A question that is asked again by whoever has the answer."""
        return Kind("KPI API, cached (304)", _again(port, self._kpis()))

    def page(self, path: str) -> Request:
        """The callback that draws a page."""
        body = json.dumps(drawing(self.output, path, "")).encode()
        headers = {"Content-Type": "application/json"}
        return Request("POST", "/_dash-update-component", body, headers)

    def write(self, number: int, records: int = 1) -> Request:
        """Days of one channel, to each service in turn."""
        address = self.writers[number % len(self.writers)]
        body = json.dumps(self._records(number * records, records)).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"}
        return Request("POST", f"/data/{address}", body, headers)

    def _records(self, first: int, many: int) -> list[dict[str, object]]:
        return [_record(number, self._seed) for number in range(first, first + many)]

    def _kpis(self) -> str:
        return f"/api/services/{self.example}/kpis?period=month"

    def _never_asked(self, number: int) -> Request:
        start = _FIRST_ASKED + timedelta(days=number % _DAYS)
        slug = self.services[number // _DAYS % len(self.services)]
        return Request("GET", f"/api/services/{slug}/kpis?period=month&start_at={start}")

    def _polled(self, port: int) -> Callable[[int], Request]:
        return _again(port, live_address())


def _again(port: int, path: str) -> Callable[[int], Request]:
    """A question with the tag of its answer; it has another one after each write."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    tag = answer.headers["ETag"]
    connection.close()
    return lambda _: Request("GET", path, headers={"If-None-Match": tag}, statuses=(304,))


def _one_of(kinds: Sequence[Kind], number: int) -> Request:
    """Each kind in turn, but for one write of very many records in a hundred requests."""
    few = [kind for kind in kinds if kind.records <= 1]
    many = [kind for kind in kinds if kind.records > 1]
    chosen = many[0] if number % 100 == 0 else few[number % len(few)]
    # What was cached is another answer after a write.
    return replace(chosen.request(number), statuses=(200, 304))


def _record(number: int, seed: int) -> dict[str, object]:
    day = _FIRST_WRITTEN + timedelta(days=number % _DAYS)
    about = {"_id": f"load-{day}", "_timestamp": f"{day}T00:00:00+00:00", "period": "day"}
    return {**about, "channel": "digital", "count": 1 + (number + seed * _SEEDED) % _COUNTS}

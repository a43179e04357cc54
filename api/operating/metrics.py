"""What Prometheus may ask for at /metrics, where it is switched on: requests, records, the cache.

Under gunicorn the counts of all processes are added up, by files in a folder that they share; its
configuration makes that folder, and clears up after a process that ends.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from api.bearer import bearer
from api.operating.requests import took
from config import Settings
from data.deliveries import delivered
from data.dialect import DatabaseFault
from data.engine import Engine, watch_connections
from data.reader import Keeper, Reader
from data.receipts import Receipt

PATH = "/metrics"
OTHER = "other"
_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_OUTCOMES = ("new", "changed", "removed", "same")


def measure(
    server: Flask, settings: Settings, engine: Engine, cache: Keeper, page: Callable[[str], str]
) -> Reader:
    """A reader of the database by way of the cache; with metrics if they are switched on.

    page: the route of the page at an address; '' where there is none.
    """
    if settings.metrics != "yes":
        return Reader(engine, cache, settings.answer_seconds)
    metrics = Metrics(settings)
    reader = Reader(engine, metrics.keeper(cache), settings.answer_seconds)
    metrics.watch_database(engine)
    metrics.watch_requests(server, page)
    metrics.serve(server, reader)
    # It counts for as long as there is a server.
    server.extensions["metrics"] = metrics
    return reader


class Metrics:
    """The counts of one process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        own = self.registry = CollectorRegistry()
        by = ("route", "method")
        self.requests = Counter("platform_requests", "Requests.", (*by, "status"), registry=own)
        self.seconds = Histogram(
            "platform_request_seconds",
            "Until an answer began.",
            by,
            buckets=_SECONDS,
            registry=own,
        )
        self.records = Counter("platform_records", "Records written.", ("outcome",), registry=own)
        self.cache = Counter(
            "platform_cache", "Questions that the cache was asked.", ("outcome",), registry=own
        )
        self.connections = Gauge(
            "platform_database_connections",
            "Connections in use.",
            multiprocess_mode="livesum",
            registry=own,
        )

    def keeper(self, cache: Keeper) -> Keeper:
        """The cache, with every question to it counted."""
        return _Counted(cache, self.cache)

    def watch_database(self, engine: Engine) -> None:
        """Count connections and records of an engine."""
        watch_connections(engine, self.connections.inc)
        # Kept here, as what is sent only reaches who is there.
        self._delivered = self._count_records
        delivered.connect(self._delivered, sender=engine)

    def watch_requests(self, server: Flask, page: Callable[[str], str]) -> None:
        """Count requests. page: the route of the page at an address; '' where there is none."""

        @server.after_request
        def _count(response: Response) -> Response:
            method = request.method if request.method in _METHODS else OTHER
            by = {"route": _route(response, page), "method": method}
            self.requests.labels(**by, status=response.status_code).inc()
            self.seconds.labels(**by).observe(took())
            return response

    def serve(self, server: Flask, reader: Reader) -> None:
        """Answer at /metrics."""

        @server.get(PATH)
        def metrics() -> Response:
            if not self._may_read():
                return Response("", 401, {"WWW-Authenticate": "bearer"}, mimetype="text/plain")
            text = generate_latest(self._collected()) + generate_latest(_figures(reader))
            headers = {"Cache-Control": "no-store"}
            return Response(text, headers=headers, content_type=CONTENT_TYPE_LATEST)

    def _may_read(self) -> bool:
        wanted, given = self.settings.metrics_token, bearer() or ""
        return not wanted or hmac.compare_digest(wanted.encode(), given.encode())

    def _collected(self) -> CollectorRegistry:
        if not os.environ.get(_FOLDER):
            return self.registry
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)
        return everyone

    def _count_records(self, _engine: Engine, receipt: Receipt) -> None:
        count = receipt.counts["records"]
        for outcome in _OUTCOMES:
            self.records.labels(outcome=outcome).inc(getattr(count, outcome))


class _Counted:
    def __init__(self, cache: Keeper, counter: Counter) -> None:
        self._cache = cache
        self._hits = counter.labels(outcome="hit")
        self._misses = counter.labels(outcome="miss")

    def get(self, key: str) -> Any:
        """What was kept under a key, or None."""
        found = self._cache.get(key)
        (self._misses if found is None else self._hits).inc()
        return found

    def set(self, key: str, value: Any, timeout: int | None = None) -> Any:
        """Keep a value under a key."""
        return self._cache.set(key, value, timeout=timeout)


def _route(response: Response, page: Callable[[str], str]) -> str:
    """What was asked, of as many names as there are routes and pages."""
    if request.url_rule is None or response.status_code == 404:
        return OTHER
    rule = str(request.url_rule)
    return (page(request.path) or OTHER) if rule in ("/", "/<path:path>") else rule


def _figures(reader: Reader) -> CollectorRegistry:
    """What is the same in every process; nothing while the database is away."""
    made = CollectorRegistry()
    try:
        number = reader.revision().number
    except DatabaseFault:
        return made
    Gauge("platform_revision", "The revision of the figures.", registry=made).set(number)
    return made

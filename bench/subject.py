"""The platform over one database, in this process: asked as a browser or a client would ask."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from unittest.mock import patch

from dash import Dash
from flask import g
from flask.testing import FlaskClient
from flask_caching import Cache

from app import create_app
from bench.databases import Database
from bench.rows import COUNT
from callbacks.platform import EXTENSION, Platform
from config import Settings
from data.organisations import DataSetQuery, OrganisationQuery
from data.overview import choices
from data.people import ADMIN, Viewer
from data.reader import Reader
from data.services import ServiceQuery
from kpi.comparisons import MOST

CONTENT = "_pages_content"
_ADMIN = Viewer(0, "Bench", "bench@example.com", ADMIN)


@dataclass(frozen=True)
class Ask:
    """One request: what it is called, its page or route, and where it goes.

    page: whether it is the callback that draws a page rather than a plain GET. signed_in: whether
    an admin asks.
    """

    name: str
    of: str
    path: str
    search: str = ""
    page: bool = False
    signed_in: bool = False


@dataclass(frozen=True)
class Examples:
    """What is asked about: a service with much data, a department and an agency with many.

    data_set: one of the service's own, as in an address. compared: the most used services.
    """

    service: str
    data_set: str
    department: str
    agency: str
    period: str
    compared: tuple[str, ...] = ()


class Subject:
    """The app over a database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.app: Dash = create_app(Settings(database_url=database.url, log_level="WARNING"))
        # What is asked in this process is not worth a line each.
        logging.getLogger("request").setLevel(logging.WARNING)
        self.client: FlaskClient = self.app.server.test_client()
        self._viewer: Viewer | None = None

        @self.app.server.before_request
        def _identify() -> None:
            g.viewer = self._viewer

        self.client.get("/")

    @property
    def platform(self) -> Platform:
        """The reader and the settings of the app."""
        found = self.app.server.extensions[EXTENSION]
        assert isinstance(found, Platform)
        return found

    def forget(self) -> None:
        """Empty the cache."""
        for cache in self.app.server.extensions["cache"]:
            assert isinstance(cache, Cache)
            cache.clear()

    @contextmanager
    def later(self, minutes: int) -> Iterator[None]:
        """The same in some minutes."""
        moment = datetime.now(UTC) + timedelta(minutes=minutes)
        with patch.object(Reader, "clock", lambda _reader: moment):
            yield

    def ask(self, wanted: Ask) -> tuple[bytes, int]:
        """The answer, and how many rows were read for it.

        :raises RuntimeError: when the answer is an error.
        """
        COUNT.rows = 0
        self._viewer = _ADMIN if wanted.signed_in else None
        if wanted.page:
            body = drawing(self.output, wanted.path, wanted.search)
            response = self.client.post("/_dash-update-component", json=body)
        else:
            response = self.client.get(wanted.path + wanted.search)
        if response.status_code != 200:
            raise RuntimeError(f"{wanted.path}{wanted.search}: {response.status}")
        return response.data, COUNT.rows

    @cached_property
    def output(self) -> str:
        """What the callback that draws pages writes to."""
        return next(output for output in self.app.callback_map if CONTENT in output)

    @cached_property
    def examples(self) -> Examples:
        """What is asked about in this database."""
        run = self.platform.reader.run
        organisations = run(OrganisationQuery()).sort_values("services", ascending=False)
        is_department = organisations["department"] == ""
        periods = choices(run)
        last = periods[-1].period if periods else None
        service = self._busy_service()
        known = run(DataSetQuery(service))
        # Published figures come in one data set of many services.
        own = (run(DataSetQuery()) if known.empty else known).iloc[0]
        return Examples(
            service=service,
            data_set=f"{own['group']}/{own['type']}",
            department=str(organisations["slug"][is_department].iloc[0]),
            agency=str(organisations["slug"][~is_department].iloc[0]),
            period=f"{last.name}:{last.start}" if last else "",
            compared=tuple(
                run(ServiceQuery(sort_by="transactions", descending=True, limit=MOST))["slug"]
            ),
        )

    def _busy_service(self) -> str:
        """Of the services with most data sets the one that is used most."""
        run = self.platform.reader.run
        counts = run(DataSetQuery())["service"].value_counts()
        services = run(ServiceQuery(sort_by="transactions", descending=True))["slug"]
        most = services.map(counts).fillna(0)
        return str(services[most == most.max()].iloc[0])


def drawing(output: str, path: str, search: str) -> dict[str, Any]:
    """The body that a browser sends for a page to be drawn."""
    names = output.strip(".").split("...")
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]
    location = "_pages_location"
    given = (("pathname", path), ("search", search))
    return {
        "output": output,
        "outputs": outputs,
        "inputs": [{"id": location, "property": name, "value": value} for name, value in given],
        "changedPropIds": [f"{location}.{name}" for name, _ in given],
    }

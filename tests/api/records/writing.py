"""Sends records to the record API, and looks at what is then stored."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from api.records.blueprint import record_blueprint
from config import Settings
from data import tokens
from data.data_sets import StoredDataSet, find, put
from data.deliveries import Sender
from data.entries import DataSetEntry, Record
from data.reader import Reader
from data.tables import record
from tests.data.world import ALLOWANCE, PENSION, World
from tests.fixtures.databases import NAME
from tests.fixtures.kept import Kept

TEST = Sender("a test")
TOKEN, ADMIN_TOKEN = "the-token", "the-admin-token"
# A data set of a type that the platform does not know: only the contract holds.
WEATHER = "/data/group/weather"


class Api:
    """The record API over a database of its own, with an admin's token."""

    def __init__(self, folder: Path, settings: Settings | None = None, name: str = NAME) -> None:
        self.world = World(folder, ALLOWANCE, PENSION, name=name)
        self.engine = self.world.engine
        tokens.create(self.engine, None, "boss", None, TEST, text=ADMIN_TOKEN)
        app = Flask("test")
        reader = Reader(self.engine, Kept())
        page = "a page".__str__
        app.register_blueprint(record_blueprint(reader, self.engine, settings or Settings(), page))
        self.client = app.test_client()

    def make(
        self, group: str = "group", type: str = "weather", token: str | None = TOKEN, **more: Any
    ) -> StoredDataSet:
        """A data set with these settings, and a token named `collector`."""
        stored = put(self.engine, DataSetEntry(group, type, **more), TEST)
        if token is not None:
            tokens.create(self.engine, stored.id, "collector", None, TEST, text=token)
        return stored

    def send(
        self,
        method: str,
        address: str = WEATHER,
        body: object = None,
        token: str | None = TOKEN,
        **headers: str,
    ) -> TestResponse:
        """An answer; bytes are sent as they are, None is no body, and all else goes as JSON."""
        told = {"Content-Type": "application/json"} if body is not None else {}
        told |= {"Authorization": f"Bearer {token}"} if token is not None else {}
        told |= {name.replace("_", "-"): text for name, text in headers.items()}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        return self.client.open(address, method=method, data=data, headers=told)

    def post(self, body: object, address: str = WEATHER, **more: Any) -> TestResponse:
        """An answer to records."""
        return self.send("POST", address, body, **more)

    def stored(self, group: str = "group", type: str = "weather") -> dict[str, Record]:
        """The bodies of a data set's records by their _id."""
        with self.engine.connect() as connection:
            found = find(connection, group, type)
            assert found is not None
            own = select(record.c.key, record.c.body).where(record.c.data_set_id == found.id)
            return {row.key: row.body for row in connection.execute(own)}


def told(answer: TestResponse) -> tuple[int, Any]:
    """The status and the body of an answer, holding what is true of every answer to a write."""
    assert answer.content_type == "application/json"
    assert "Access-Control-Allow-Origin" not in answer.headers
    body = json.loads(answer.get_data())
    unkept = answer.status_code == 200 or "messages" in body
    assert answer.headers.get("Cache-Control") == ("no-cache" if unkept else None)
    assert answer.status_code != 403
    return answer.status_code, body


def error(message: str) -> dict[str, str]:
    """The body of an error that is not about records."""
    return {"status": "error", "message": message}


def messages(answer: TestResponse) -> Any:
    """What is wrong with records."""
    status, body = told(answer)
    assert status == 400
    assert set(body) <= {"messages", "faults"}
    return body["messages"]


def packed(body: object) -> bytes:
    """A body as JSON in gzip."""
    # Without the time: tests are named by what they send, alike in each process that runs some.
    return gzip.compress(json.dumps(body).encode(), mtime=0)

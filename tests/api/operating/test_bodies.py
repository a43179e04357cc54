"""Whatever route is sent a body without end, it stops reading."""

from __future__ import annotations

import gzip
import io
import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from app import create_app
from config import Settings
from data import tokens
from data.deliveries import Sender
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import small_world

MOST = 100_000
# A client that sends too much is heard out up to four times as much; a callback may carry a page's
# own state beside a file, a mebibyte of it.
READ_MOST = 2 * 1024**2
ENOUGH = 4 * 1024**2
WRITING = {"POST", "PUT", "PATCH", "DELETE"}
TYPES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")


class Endless(io.RawIOBase):
    """A body that ends only when far too much was read."""

    def __init__(self) -> None:
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        if self.count > ENOUGH:
            return 0
        into[:] = b"a" * len(into)
        self.count += len(into)
        return len(into)


def send(server: Flask, method: str, path: str, type: str) -> tuple[int, int]:
    """The status of an answer to a body in parts without end, and how much of it was read."""
    headers = Headers({"Authorization": "Bearer the-token"})
    environ = EnvironBuilder(path, method=method, content_type=type, headers=headers).get_environ()
    environ.pop("CONTENT_LENGTH", None)
    body = Endless()
    more = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    told: list[str] = []
    environ |= {**more, "wsgi.input": io.BufferedReader(body)}
    b"".join(server.wsgi_app(environ, lambda status, *_: told.append(status)))  # type: ignore[arg-type]
    return int(told[0][:3]), body.count


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The whole platform, which takes little, and an admin's token."""
    folder = tmp_path_factory.mktemp("bodies")
    engine = small_world(folder)
    tokens.create(engine, None, "boss", None, Sender("a test"), text="the-token")
    engine.dispose()
    url = database_url(folder)
    bounds = Settings(database_url=url, body_bytes_most=MOST, upload_bytes_most=MOST)
    return create_app(bounds).server


@pytest.mark.parametrize("type", TYPES)
def test_no_route_reads_a_body_without_end(server: Flask, type: str) -> None:
    routes = [
        (method, re.sub(r"<(?:\w+:)?(\w+)>", "tax-a-vehicle", str(rule)))
        for rule in server.url_map.iter_rules()
        for method in (rule.methods or set()) & WRITING
    ]
    assert ("POST", "/sign-in") in routes
    for method, path in routes:
        status, count = send(server, method, path, type)
        assert count <= READ_MOST, (method, path, count)
        assert status < 500, (method, path)


def test_a_form_that_is_too_large_is_refused_in_words(server: Flask) -> None:
    answer = server.test_client().post("/sign-in", data={"email": "a" * 2 * MOST})
    assert (answer.status_code, answer.mimetype) == (413, "text/html")
    assert "<h1>Too large</h1>" in answer.text


def test_little_that_unpacks_to_much_is_refused(server: Flask) -> None:
    client = server.test_client()
    headers = {"Authorization": "Bearer the-token"}
    put = client.put("/api/data-sets/group/weather", json={"token": "own"}, headers=headers)
    assert put.status_code == 201
    bomb = gzip.compress(b"[" + b" " * 20_000_000 + b"]")
    assert len(bomb) < MOST
    answer = client.post(
        "/data/group/weather",
        data=bomb,
        headers={
            "Authorization": "Bearer own",
            "Content-Type": "application/json",
            "Content-Encoding": "gzip",
        },
    )
    assert answer.status_code == 413

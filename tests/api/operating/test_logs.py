"""What is logged: a line for each request, found by its id, without secrets, and none forged."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from api.operating.logs import JsonLog, TextLog, formatter
from api.operating.requests import watch_requests
from config import Settings

ID = re.compile(r"[0-9a-f]{32}")


@contextmanager
def logged(form: logging.Formatter) -> Iterator[io.StringIO]:
    """What is logged meanwhile, as it is written."""
    out, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(out), root.level
    handler.setFormatter(form)
    root.addHandler(handler)
    root.setLevel("INFO")
    try:
        yield out
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def client_of(settings: Settings) -> FlaskClient:
    """A client of a server that says yes, refuses, or breaks."""
    server = Flask("test")
    watch_requests(server, settings)

    @server.get("/yes")
    def yes() -> str:
        logging.getLogger("ours").warning("thinking")
        return "yes"

    @server.get("/no")
    def no() -> str:
        abort(403)

    @server.get("/broken")
    def broken() -> str:
        raise ValueError("of many\n2026-01-01 INFO request: GET /forged 200")

    return server.test_client()


@pytest.fixture
def client() -> FlaskClient:
    """A client of a server that trusts no proxy."""
    return client_of(Settings())


def objects(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_request_is_an_object_with_what_was_asked_and_how_it_went(client: FlaskClient) -> None:
    with logged(JsonLog()) as out:
        answer = client.get("/yes?period=year", environ_base={"REMOTE_ADDR": "203.0.113.7"})
    thought, told = objects(out)
    assert told.pop("message").startswith("GET /yes?period=year 200 ")
    assert 0 <= told.pop("ms") < 60_000
    assert datetime.fromisoformat(told.pop("time")).utcoffset() is not None
    assert told == {
        "level": "INFO",
        "logger": "request",
        "request_id": answer.headers["X-Request-ID"],
        "method": "GET",
        "path": "/yes?period=year",
        "status": 200,
        "client": "203.0.113.7",
    }
    assert (thought["message"], thought["request_id"]) == ("thinking", told["request_id"])


def test_a_failure_is_logged_with_its_traceback_in_one_line(client: FlaskClient) -> None:
    with logged(JsonLog()) as out:
        answer = client.get("/broken")
    failure, told = objects(out)
    assert (answer.status_code, told["status"]) == (500, 500)
    assert "ValueError: of many\n2026" in failure["exception"]
    assert failure["request_id"] == answer.headers["X-Request-ID"]


def test_in_text_nothing_that_is_sent_begins_a_line(client: FlaskClient) -> None:
    with logged(TextLog()) as out:
        client.get("/%0A2026-01-01%20INFO%20request:%20GET%20/forged%20200%E2%80%A8x")
        client.get("/broken")
    lines = out.getvalue().splitlines()
    own = [line for line in lines if not line.startswith("    ")]
    assert "GET /\\n2026-01-01 INFO request: GET /forged 200\\u2028x 404" in own[0]
    assert [line.split(" ", 2)[2].partition(":")[0] for line in own] == [
        "INFO request",
        "ERROR test",
        "INFO request",
    ]
    assert "    2026-01-01 INFO request: GET /forged 200" in lines


SECRET = [
    "/yes?link=s3cret&period=year",
    "/yes?period=year&token=s3cret",
    "/yes?%6Cink=s3cret",
    "/yes?LINK=s3cret",
    "/no?code=s3cret&state=s3cret",
    "/yes?csrf_token=s3cret;link=s3cret",
]


@pytest.mark.parametrize("form", [JsonLog(), TextLog()], ids=["json", "text"])
@pytest.mark.parametrize("path", SECRET)
def test_what_lets_someone_in_is_not_logged(
    client: FlaskClient, form: logging.Formatter, path: str
) -> None:
    with logged(form) as out:
        client.get(path)
        logging.getLogger("ours").error("The page could not be built from %s", {"link": "s3cret"})
        logging.getLogger("ours").error("%s failed", path)
    assert "s3cret" not in out.getvalue().replace("%6Cink=s3cret failed", "")
    assert "link" in out.getvalue()


def test_an_id_is_made_unless_a_trusted_proxy_gives_one_that_is_well_formed() -> None:
    given = {"X-Request-ID": "proxy-4f2a.17"}
    alone, behind = client_of(Settings()), client_of(Settings(trusted_proxies=1))
    assert ID.fullmatch(alone.get("/yes", headers=given).headers["X-Request-ID"])
    assert behind.get("/yes", headers=given).headers["X-Request-ID"] == "proxy-4f2a.17"
    for text in ("short", "a" * 101, "with space", '"quoted-text"', "<script>"):
        answer = behind.get("/yes", headers={"X-Request-ID": text})
        assert ID.fullmatch(answer.headers["X-Request-ID"]), text


def test_two_requests_have_two_ids(client: FlaskClient) -> None:
    assert len({client.get(path).headers["X-Request-ID"] for path in ("/yes", "/yes", "/no")}) == 3


def test_the_log_is_json_in_production_unless_the_settings_say_otherwise() -> None:
    key = "k" * 32
    assert isinstance(formatter(Settings()), TextLog)
    assert isinstance(formatter(Settings(log_format="json")), JsonLog)
    assert isinstance(formatter(Settings(environment="production", secret_key=key)), JsonLog)
    quiet = Settings(environment="production", secret_key=key, log_format="text")
    assert isinstance(formatter(quiet), TextLog)


def test_what_is_logged_outside_a_request_has_no_id() -> None:
    with logged(JsonLog()) as out:
        logging.getLogger("ours").info("starting")
    assert "request_id" not in objects(out)[0]


def test_a_traceback_is_indented() -> None:
    try:
        raise ValueError("why")
    except ValueError:
        record = logging.LogRecord("ours", 40, "", 1, "it failed", (), sys.exc_info())
    first, *rest = TextLog().format(record).splitlines()
    assert first.endswith("ERROR ours: it failed")
    assert rest[-1] == "    ValueError: why"
    assert all(line.startswith("    ") for line in rest)

"""Reads answers of the API, holding what is true of every one of them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from flask.testing import FlaskClient

Row = dict[str, Any]


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def body_of(client: FlaskClient, address: str) -> dict[str, Any]:
    """The body of a good JSON answer."""
    answer = client.get(f"/api{address}")
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/json"
    body = json.loads(answer.text, parse_constant=_no_constant)
    assert isinstance(body, dict)
    return body


def rows_of(client: FlaskClient, address: str) -> list[Row]:
    """The rows of a list."""
    body = body_of(client, address)
    assert list(body) == ["data", "total", "limit", "offset"]
    return list(body["data"])


def one_of(client: FlaskClient, address: str) -> Row:
    """The one thing of an answer."""
    body = body_of(client, address)
    assert list(body) == ["data"]
    return dict(body["data"])


def kpi_of(client: FlaskClient, address: str) -> Row:
    """The only row of a list."""
    rows = rows_of(client, address)
    assert len(rows) == 1, rows
    return rows[0]


def csv_of(client: FlaskClient, address: str) -> list[list[str]]:
    """The lines of a CSV answer, its header first."""
    answer = client.get(f"/api{address}")
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.text, newline="")))


def refusal(client: FlaskClient, address: str, status: int, method: str = "GET") -> str:
    """The sentence with which a request was refused."""
    answer = client.open(f"/api{address}", method=method)
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/json"
    assert answer.json is not None
    found = ["request_id"] if status == 500 else []
    assert list(answer.json) == ["status", "message", *found]
    assert answer.json["status"] == "error"
    message = answer.json["message"]
    assert isinstance(message, str)
    assert message.endswith(".")
    return message

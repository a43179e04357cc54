"""Asks the record API, holding what is true of every answer to a reader."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from tests.api.records.writing import WEATHER, Api

Row = dict[str, Any]
Given = str | Iterable[str]


def address(path: str = WEATHER, /, **given: Given) -> str:
    """An address with these parameters, an iterable where one is repeated."""
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def read(api: Api, path: str = WEATHER, /, **given: Given) -> TestResponse:
    """An answer, all of it."""
    answer = api.client.get(address(path, **given))
    answer.get_data()
    # As a server does at the end of each answer.
    answer.close()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["ETag"].startswith('"'), "a strong tag"
    assert ("Cache-Control" in answer.headers) == (answer.status_code == 200)
    assert answer.status_code != 403
    return answer


def body(answer: TestResponse) -> Any:
    """The body of a JSON answer."""
    assert answer.content_type == "application/json"
    return json.loads(answer.text, parse_constant=_no_constant)


def rows(api: Api, path: str = WEATHER, /, **given: Given) -> list[Row]:
    """The rows of a good answer."""
    answer = read(api, path, **given)
    assert answer.status_code == 200, answer.text
    found = body(answer)
    assert set(found) == {"data"}
    rows = found["data"]
    assert isinstance(rows, list)
    return rows


def refusal(api: Api, path: str = WEATHER, status: int = 400, /, **given: Given) -> str:
    """Why a query is not answered."""
    answer = read(api, path, **given)
    assert answer.status_code == status, answer.text
    found = body(answer)
    assert set(found) == {"status", "message"}
    assert found["status"] == "error"
    return str(found["message"])


def table(api: Api, path: str = WEATHER, /, **given: Given) -> list[Row]:
    """The rows of a CSV by the names in its header."""
    text = read(api, path, format="csv", **given).text
    return list(csv.DictReader(io.StringIO(text, newline="")))


def day(number: int, clock: str = "00:00:00") -> str:
    """A moment in March 2013: the 4th, 11th, 18th and 25th are Mondays."""
    return f"2013-03-{number:02}T{clock}+00:00"


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")

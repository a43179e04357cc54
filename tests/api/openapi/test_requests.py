"""Every example request of the OpenAPI document is sent, and answered as the document says."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from api import workbooks
from api.openapi.document import document as made
from api.openapi.names import Names
from tests.api.openapi.conftest import Document
from tests.api.openapi.test_document import operations
from tests.api.openapi.world import SENT

Request = dict[str, Any]
# By name, as the examples themselves are found when the platform runs.
ADDRESSES = [(method, path) for method, path, _ in operations(made(Names(), "A platform"))]
READING = ("GET", "OPTIONS")


def send(client: FlaskClient, method: str, request: Request) -> TestResponse:
    headers = {name: SENT.get(value, value) for name, value in request.get("headers", {}).items()}
    more = {"json": request["body"]} if "body" in request else {}
    return client.open(request["address"], method=method, headers=headers, **more)


def check(answer: TestResponse, request: Request, operation: Request, document: Document) -> None:
    assert answer.status_code == request["status"], answer.text
    told = operation["responses"][str(request["status"])]
    if "$ref" in told:
        told = document["components"]["responses"][told["$ref"].rpartition("/")[2]]
    assert set(told.get("headers", {})) <= set(answer.headers.keys())
    content = told.get("content", {})
    if not content:
        assert answer.data == b""
    elif answer.mimetype == "text/csv":
        assert "text/csv" in content
        assert list(csv.reader(io.StringIO(answer.text, newline="")))
    elif answer.mimetype == workbooks.MEDIA_TYPE:
        assert answer.mimetype in content
        assert answer.data.startswith(b"PK")
    else:
        schema = content[answer.mimetype]["schema"]
        whole = {**schema, "components": document["components"]}
        errors = [str(error) for error in Draft202012Validator(whole).iter_errors(answer.json)]
        assert errors == []


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_an_example_is_answered_as_the_document_says(
    *,
    method: str,
    path: str,
    client: FlaskClient,
    writer: Callable[[], FlaskClient],
    document: Document,
) -> None:
    operation = document["paths"][path][method.lower()]
    requests = operation["x-requests"]
    asked = client if method in READING else writer()
    assert any(request["status"] < 300 for request in requests)
    for request in requests:
        check(send(asked, method, request), request, operation, document)


def test_every_answer_but_the_unlikely_has_an_example(document: Document) -> None:
    unlikely = {"304", "413", "429", "503"}
    for method, path, operation in operations(document):
        shown = {str(request["status"]) for request in operation["x-requests"]}
        assert set(operation["responses"]) - unlikely <= shown, f"{method} {path}"


def test_the_form_is_filled_in_with_the_first_example(document: Document) -> None:
    operation = document["paths"]["/api/services/{slug}/kpis"]["get"]
    filled = {
        item["name"]: item["example"] for item in operation["parameters"] if "example" in item
    }
    assert filled == {"slug": "dwp-carers-allowance-new-claims"}


@pytest.mark.parametrize("slug", ["transactions-by-channel", "realtime", "summaries"])
def test_the_example_of_a_data_type_can_be_posted_as_it_is(
    slug: str, writer: Callable[[], FlaskClient], document: Document
) -> None:
    body = document["paths"]["/data/{group}/{type}"]["post"]["requestBody"]
    examples = body["content"]["application/json"]["examples"]
    answer = writer().post(
        f"/data/carers-allowance/{slug}",
        json=examples[slug]["value"],
        headers={"Authorization": "Bearer own"},
    )
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})

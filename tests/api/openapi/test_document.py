"""The OpenAPI document is valid, and says all that the platform takes and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.parameters import parameters_of
from api.records.parameters import NAMES
from api.routes import ROUTES
from data.datatypes import STANDARD_TYPES
from tests.api.openapi.conftest import Document

PLACES = ("/api", "/data", "/data-sets", "/_status", "/oembed")
METHODS = ("get", "put", "post", "delete", "options", "patch")


def operations(document: Document) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert method in METHODS
            yield method.upper(), path, operation


def served(app: Flask) -> Iterator[tuple[str, str]]:
    """Method and address of everything under the API's places, apart from what refuses."""
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", str(rule))
        place = next((one for one in PLACES if path == one or path.startswith(f"{one}/")), None)
        if place is None or "unknown" in rule.endpoint or "not allowed" in rule.endpoint:
            continue
        own = rule.methods or set()
        # Flask adds these by itself; the record API answers OPTIONS in its own way.
        is_automatic = getattr(rule, "provide_automatic_options", True)
        added = {"HEAD", "OPTIONS"} if is_automatic else {"HEAD"}
        yield from ((method, path) for method in own - added)


def parameters(operation: dict[str, Any]) -> list[str]:
    return [item["name"] for item in operation["parameters"] if item["in"] == "query"]


def test_it_is_valid(document: Document) -> None:
    errors = [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()]
    assert errors == []


def test_every_route_that_is_served_is_in_it_and_nothing_else(
    client: FlaskClient, document: Document
) -> None:
    app = client.application
    assert isinstance(app, Flask)
    told = {(method, path) for method, path, _ in operations(document)}
    assert told == set(served(app))


def test_no_two_operations_have_the_same_name(document: Document) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.name))
def test_every_parameter_of_the_figures_is_in_it(route: Any, document: Document) -> None:
    path = f"/api{route.path}".replace("<slug>", "{slug}")
    assert parameters(document["paths"][path]["get"]) == list(parameters_of(route))


def test_every_parameter_of_a_query_for_records_is_in_it(document: Document) -> None:
    assert parameters(document["paths"]["/data/{group}/{type}"]["get"]) == list(NAMES)


def test_everything_in_an_address_is_described(document: Document) -> None:
    for _, path, operation in operations(document):
        named = [item["name"] for item in operation.get("parameters", []) if item["in"] == "path"]
        assert named == re.findall(r"{(\w+)}", path)


def test_what_writes_says_which_token_it_needs(document: Document) -> None:
    writes = [one for one in operations(document) if one[0] not in ("GET", "OPTIONS")]
    assert len(writes) >= 9
    for method, path, operation in writes:
        needed = [name for one in operation["security"] for name in one]
        whose = ["admin-token"] if path.startswith(("/api/", "/data-sets/")) else ["data-set-token"]
        declares = path.startswith("/api/services/")
        assert needed == [*whose, *(["person-token"] if declares else [])], f"{method} {path}"


@pytest.mark.parametrize("item", STANDARD_TYPES, ids=lambda item: str(item.slug))
def test_the_example_of_a_data_type_is_what_its_schema_says(item: Any, document: Document) -> None:
    found = document["components"]["schemas"][item.slug]
    assert found["example"] == item.example
    Draft202012Validator(found).validate(found["example"])
    assert {field.name for field in item.fields} <= set(found["properties"])


def test_a_schema_refuses_what_a_data_type_does_not_take(document: Document) -> None:
    schemas = document["components"]["schemas"]
    good = schemas["digital-take-up"]["example"]
    validator = Draft202012Validator(schemas["digital-take-up"])
    for wrong in ({"rate": 1.5}, {"period": "fortnight"}, {"transactions": "many"}, {"a b": 1}):
        assert not validator.is_valid({**good, **wrong}), wrong
    missing = {name: value for name, value in good.items() if name != "period"}
    assert not validator.is_valid(missing)


def test_a_client_that_has_it_is_not_sent_it_again(client: FlaskClient) -> None:
    first = client.get("/api/openapi.json")
    again = client.get("/api/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Cache-Control"] == "no-cache"


def test_its_examples_name_what_the_platform_holds(document: Document) -> None:
    requests = document["paths"]["/api/services/{slug}"]["get"]["x-requests"]
    assert requests[0]["address"] == "/api/services/dwp-carers-allowance-new-claims"
    queries = document["paths"]["/data/{group}/{type}"]["get"]["x-requests"]
    assert sum(request["status"] == 200 for request in queries) >= 4

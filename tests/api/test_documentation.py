"""The documentation cannot drift from what the API takes and answers."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from api.columns import COLUMNS
from api.documentation import FILE, text
from api.parameters import PARAMETERS, parameters_of
from api.routes import ROUTES
from tests.api.reading import body_of

SLUGS = {"services": "tax-a-vehicle", "organisations": "transport"}


def page() -> str:
    return FILE.read_text(encoding="utf-8")


def section(path: str) -> str:
    """The part of the page about one route."""
    _, _, rest = page().partition(f"### `GET /api{path}`\n")
    return rest.partition("\n### ")[0]


def test_the_page_is_what_the_tables_say() -> None:
    assert page() == text(), "python -m api.documentation writes it anew"


def test_every_route_that_is_served_is_documented(client: FlaskClient) -> None:
    app = client.application
    assert isinstance(app, Flask)
    served = {str(rule) for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    documented = set(re.findall(r"### `GET (/api\S+)`", page()))
    assert served - {"/api/<path:unknown>"} == documented


def test_every_parameter_is_documented_for_each_of_its_routes() -> None:
    for item in PARAMETERS:
        assert f"| `{item.name}` | {item.help}" in page()
    for route in ROUTES:
        line = re.search(r"Parameters: (.*)\.\n", section(route.path))
        assert line is not None, route.path
        assert re.findall(r"`(\w+)`", line[1]) == list(parameters_of(route))


def test_every_field_of_an_answer_is_documented_in_its_order(client: FlaskClient) -> None:
    for route in ROUTES:
        path = route.path.replace("<slug>", SLUGS.get(route.path.split("/")[1], ""))
        period = "?period=year" if route.name == "measurements" else ""
        data = body_of(client, f"{path}{period}")["data"]
        row = data if route.one else data[0]
        nested = list(row["kpis"]["transactions"]) if route.nested else []
        assert [*row, *nested] == re.findall(r"^\| `(\S+)` \|", section(route.path), re.MULTILINE)


def test_every_documented_field_is_one_that_is_answered() -> None:
    answered = {name for route in ROUTES for name in (*route.columns, *route.nested)}
    assert set(COLUMNS) == answered


def test_every_example_works(client: FlaskClient) -> None:
    examples = re.findall(r"http://127.0.0.1:8050/api(\S+)'", page())
    assert examples
    for address in examples:
        body_of(client, address)

"""The documentation cannot drift from what the API takes and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.columns import COLUMNS
from api.data_set_routes import ADMIN_ROUTES
from api.declaration_routes import DECLARATION_ROUTES
from api.documentation import FILE, text
from api.documentation_records import address
from api.parameters import PARAMETERS, parameters_of
from api.records.parameters import RECORD_PARAMETERS
from api.records.routes import RECORD_ROUTES
from api.routes import ROUTES
from data.datatypes import STANDARD_TYPES
from tests.api.conftest import LIVE, client_of
from tests.api.reading import body_of
from tests.fixtures.small_world import report, small_world

SLUGS = {"services": "tax-a-vehicle", "organisations": "transport"}


def page() -> str:
    return FILE.read_text(encoding="utf-8")


def section(path: str) -> str:
    """The part of the page about one route."""
    _, _, rest = page().partition(f"### `GET /api{path}`\n")
    return re.split(r"\n###? ", rest)[0]


def test_the_page_is_what_the_tables_say() -> None:
    assert page() == text(), "python -m api.documentation writes it anew"


def test_every_route_is_documented() -> None:
    # The OpenAPI document is held to have every route that is served, from the same tables.
    told = set(re.findall(r"### `(\w+) (/\S+)`", page()))
    declared = {(one.method, f"/api{one.path}") for one in DECLARATION_ROUTES}
    assert told == {
        *(("GET", f"/api{route.path}") for route in ROUTES),
        *((route.method, f"/api{address(route.path)}") for route in ADMIN_ROUTES),
        *((route.method, address(route.path)) for route in RECORD_ROUTES),
        *declared,
        ("GET", "/api/schemas/<kind>"),
        ("GET", "/api/openapi.json"),
    }


def test_every_parameter_of_a_query_is_documented() -> None:
    for item in RECORD_PARAMETERS:
        assert f"| `{item.name}` | {item.help}" in page()


def test_every_field_of_a_data_type_is_documented() -> None:
    for kind in STANDARD_TYPES:
        _, _, rest = page().partition(f"\n### {kind.slug}\n")
        fields = re.findall(r"^\| `(\S+)` \|", re.split(r"\n###? ", rest)[0], re.MULTILINE)
        assert fields == [field.name for field in kind.fields]


def test_every_field_that_admins_send_or_get_is_documented() -> None:
    for route in ADMIN_ROUTES:
        _, _, rest = page().partition(f"### `{route.method} /api{address(route.path)}`\n")
        told = re.findall(r"^\| `(\S+)` \|", re.split(r"\n###? ", rest)[0], re.MULTILINE)
        assert told == [item.name for item in (*route.fields, *route.answered, *route.told)]


def test_every_parameter_is_documented_for_each_of_its_routes() -> None:
    for item in PARAMETERS:
        assert f"| `{item.name}` | {item.help}" in page()
    for route in ROUTES:
        line = re.search(r"Parameters: (.*)\.\n", section(route.path))
        assert line is not None, route.path
        assert re.findall(r"`(\w+)`", line[1]) == list(parameters_of(route))


@pytest.fixture
def travelled(tmp_path: Path) -> Iterator[FlaskClient]:
    """The small world with a week of a journey and an error in it."""
    made = small_world(tmp_path)
    about = {"group": "tax", "service": "tax-a-vehicle"}
    week = {"_timestamp": "2017-09-04T00:00:00Z", "period": "week", "count": 9}
    stages = [{**week, "stage": stage} for stage in ("start", "paid")]
    report(made, "journey", stages, stages=("start", "paid"), **about)
    report(made, "errors", [{**week, "stage": "start", "error": "no card"}], **about)
    report(made, "realtime", LIVE, realtime=True, **about)
    yield client_of(made)
    made.dispose()


def test_every_field_of_an_answer_is_documented_in_its_order(
    travelled: FlaskClient, coming: FlaskClient
) -> None:
    for route in ROUTES:
        path = route.path.replace("<slug>", SLUGS.get(route.path.split("/")[1], ""))
        asked = {
            "measurements": "?period=year",
            "compare": "?service=tax-a-vehicle",
            "projections": "?period=quarter",
        }
        over = coming if route.name == "projections" else travelled
        data = body_of(over, f"{path}{asked.get(route.name, '')}")["data"]
        row = data if route.one else data[0]
        nested = list(row["kpis"]["transactions"]) if route.nested else []
        assert [*row, *nested] == re.findall(r"^\| `(\S+)` \|", section(route.path), re.MULTILINE)


def test_every_documented_field_is_one_that_is_answered() -> None:
    answered = {name for route in ROUTES for name in (*route.columns, *route.nested)}
    assert set(COLUMNS) == answered


def test_every_example_works(client: FlaskClient) -> None:
    examples = re.findall(r"http://127.0.0.1:8050/api(\S+)'", page())
    assert examples
    for example in examples:
        body_of(client, example)

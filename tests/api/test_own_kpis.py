"""A KPI of a service's own over HTTP: defined, fed with records, read, and withdrawn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from config import Settings
from data import tokens
from data.deliveries import Sender
from data.engine import open_engine
from kpi.definitions import SLUGS
from tests.api.reading import csv_of, refusal, rows_of
from tests.fixtures.hidden_world import hide_services
from tests.fixtures.small_world import small_world

SERVICE = "/services/tax-a-vehicle"
KPI = f"{SERVICE}/own-kpis/answered-in-time"
RECORDS = "/data/help-desk/calls"
BODY: dict[str, Any] = {
    "name": "Calls answered in time",
    "description": "The share of calls that were answered within a minute.",
    "unit": "proportion",
    "format": "percentage",
    "better": "higher",
    "data_set": "calls",
    "numerator": {"field": "in_time"},
    "denominator": {"field": "calls"},
    "group": "team",
}
OCTOBER = {"_timestamp": "2017-10-01T00:00:00+00:00", "period": "month"}
CALLS = [
    {**OCTOBER, "_id": "north", "team": "north", "in_time": 30, "calls": 40},
    {**OCTOBER, "_id": "south", "team": "south", "in_time": 5, "calls": 10},
]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """A platform over the small world, with a data set for the calls of a help desk."""
    engine = small_world(tmp_path)
    hide_services(engine)
    tokens.create(engine, None, "admin", None, Sender("test"), text="admin")
    settings = Settings(database_url=str(engine.url))
    engine.dispose()
    made = create_app(settings).server.test_client()
    for service, group in (("tax-a-vehicle", "help-desk"), ("apply-for-a-visa", "visas")):
        wanted = {"service": service, "token": f"{group}-token"}
        assert ask(made, "PUT", f"/api/data-sets/{group}/calls", wanted).status_code == 201
    yield made
    open_engine(settings).dispose()


def ask(
    client: FlaskClient, method: str, address: str, body: Any = None, token: str = "admin"
) -> TestResponse:
    headers = {"Authorization": f"Bearer {token}"}
    data = None if body is None else json.dumps(body)
    kind = "application/json" if data else None
    return client.open(address, method=method, data=data, headers=headers, content_type=kind)


def declare(client: FlaskClient, body: dict[str, Any] = BODY) -> TestResponse:
    return ask(client, "PUT", f"/api{KPI}", body)


def send(client: FlaskClient, records: list[dict[str, Any]]) -> None:
    answer = ask(client, "POST", RECORDS, records, "help-desk-token")
    assert answer.status_code == 200, answer.text


def test_a_kpi_is_defined_fed_read_and_withdrawn(client: FlaskClient) -> None:
    assert declare(client).status_code == 201
    send(client, CALLS)
    asked = f"{SERVICE}/kpis?kpi=answered-in-time&period=month"
    (row,) = rows_of(client, asked)
    # 30 + 5 of 40 + 10 calls.
    assert row == {
        "kpi": "answered-in-time",
        "period": "month",
        "start_at": "2017-10-01",
        "end_at": "2017-11-01",
        "value": 0.7,
        "numerator": 35,
        "denominator": 50,
        "status": "reported",
        "unit": "proportion",
        "parts": 1,
        "expected": 1,
        "part": "month",
        # Of a single month nobody can say what would be usual.
        "normal_low": None,
        "normal_high": None,
        "verdict": None,
        "annotations": None,
    }
    header, line = csv_of(client, f"{asked}&format=csv")
    assert dict(zip(header, line, strict=True))["value"] == "0.7"
    assert ask(client, "DELETE", f"/api{KPI}").status_code == 200
    assert "kpi must be one of" in refusal(client, asked, 400)


def test_the_default_answer_has_own_kpis_after_those_of_all_services(client: FlaskClient) -> None:
    declare(client)
    send(client, CALLS)
    kpis = [row["kpi"] for row in rows_of(client, f"{SERVICE}/kpis?period=month")]
    assert kpis == [*SLUGS, "answered-in-time"]


def test_the_same_answer_is_another_one_once_the_definition_is(client: FlaskClient) -> None:
    declare(client)
    send(client, CALLS)
    asked = f"/api{SERVICE}/kpis?kpi=answered-in-time&period=month"
    tag = client.get(asked).headers["ETag"]
    assert client.get(asked, headers={"If-None-Match": tag}).status_code == 304
    north = {"field": "in_time", "filter": {"team": "north"}}
    declare(client, {**BODY, "numerator": north})
    answer = client.get(asked, headers={"If-None-Match": tag})
    # 30 of all 50 calls were answered in time by the north.
    assert json.loads(answer.text)["data"][0]["value"] == 0.6


def test_an_unknown_kpi_is_refused_with_those_that_the_service_has(client: FlaskClient) -> None:
    declare(client)
    words = refusal(client, f"{SERVICE}/kpis?kpi=answered", 400)
    assert words == (f"kpi must be one of {', '.join(SLUGS)}, answered-in-time, not 'answered'.")
    other = refusal(client, "/services/book-a-test/kpis?kpi=answered-in-time", 400)
    assert other == f"kpi must be one of {', '.join(SLUGS)}, not 'answered-in-time'."
    assert "kpi must be" in refusal(client, "/kpis?kpi=answered-in-time", 400)


def test_definitions_of_a_service_are_those_of_all_and_its_own(client: FlaskClient) -> None:
    declare(client)
    rows = rows_of(client, f"{SERVICE}/kpis/definitions")
    assert [row["slug"] for row in rows] == [*SLUGS, "answered-in-time"]
    assert rows[-1] == {
        "slug": "answered-in-time",
        "name": "Calls answered in time",
        "unit": "proportion",
        "format": "percentage",
        "better": "higher",
        "numerator": "own:answered-in-time:n",
        "denominator": "own:answered-in-time:d",
        "formula": "in_time divided by calls, each added up.",
        "definition": "The share of calls that were answered within a minute.",
        "decimals": 1,
        "by_channel": False,
        "least_base": 0,
        "data_set": "calls",
        "group": "team",
    }
    assert len(rows_of(client, f"{SERVICE}/kpis/definitions?limit=2&offset=5")) == 2


def test_a_kpi_is_split_by_its_group(client: FlaskClient) -> None:
    declare(client)
    send(client, CALLS)
    rows = rows_of(client, f"{SERVICE}/kpis/parts?period=month")
    assert [(row["group"], row["kpi"], row["value"]) for row in rows] == [
        ("north", "answered-in-time", 0.75),
        ("south", "answered-in-time", 0.5),
    ]
    one = f"{SERVICE}/kpis/parts?period=month&kpi=answered-in-time&sort_by=value&limit=1"
    assert [row["group"] for row in rows_of(client, one)] == ["south"]
    wrong = refusal(client, f"{SERVICE}/kpis/parts?kpi=digital-take-up", 400)
    assert wrong == "kpi must be one of answered-in-time, not 'digital-take-up'."
    none = refusal(client, "/services/book-a-test/kpis/parts?kpi=x", 400)
    assert none == "book-a-test has no KPI with a group, so none can be split."
    assert rows_of(client, "/services/book-a-test/kpis/parts") == []


def test_a_wrong_definition_is_refused_with_place_and_reason(client: FlaskClient) -> None:
    answer = declare(client, {**BODY, "numerator": {"feild": "in_time"}, "unit": "percent"})
    assert answer.status_code == 400
    faults = [(item["field"], item["message"]) for item in json.loads(answer.text)["faults"]]
    assert [field for field, _ in faults] == ["numerator", "numerator"]
    assert "'feild' was unexpected" in faults[1][1]
    again = json.loads(declare(client, {**BODY, "unit": "percent"}).text)
    assert again["faults"] == [
        {
            "field": "unit",
            "message": "unit must be 'proportion' with the format percentage, not 'percent'.",
        }
    ]


def test_the_schema_is_published(client: FlaskClient) -> None:
    schema = json.loads(client.get("/api/schemas/kpi").text)
    assert schema["title"] == "A KPI of a service's own"
    assert all(item["description"] for item in schema["properties"].values())


def test_own_kpis_of_a_service_that_is_not_published_are_as_if_not_there(
    client: FlaskClient,
) -> None:
    hidden = "/services/apply-for-a-visa"
    answer = ask(client, "PUT", f"/api{hidden}/own-kpis/answered-in-time", BODY)
    assert answer.status_code == 201
    for address in ("kpis?kpi=answered-in-time", "kpis/parts", "kpis/definitions"):
        assert refusal(client, f"{hidden}/{address}", 404).startswith("There is no service")
    assert "answered-in-time" not in client.get("/api/kpis").text

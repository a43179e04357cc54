"""The CSV is read by what its metadata says, by a library that knows nothing of ours."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.request import urlopen

import pytest
from csvw import CSVW
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from api.columns import COLUMNS
from api.csvw import MEDIA_TYPE
from config import Settings
from tests.api.conftest import client_of
from tests.api.reading import body_of
from tests.api.serving import serving
from tests.api.test_csv import flattened

ADDRESSES = (
    "/services?sort_by=transactions:descending",
    "/services/report-a-death?",
    "/services/tax-a-vehicle/kpis?",
    "/services/tax-a-vehicle/kpis/parts?",
    "/services/tax-a-vehicle/kpis/definitions?",
    "/services/pay-a-toll/measurements?",
    "/services/tax-a-vehicle/measurements?measure=live-users",
    "/organisations?",
    "/organisations/transport/kpis?",
    "/compare?service=tax-a-vehicle&service=pay-a-toll&period=month",
    "/kpis?by=department&start_at=2016-10-01",
    "/kpis/definitions?",
    "/live?",
)


@pytest.fixture(scope="module")
def served(client: FlaskClient) -> Iterator[str]:
    assert isinstance(client.application, Flask)
    with serving(client.application) as root:
        yield f"{root}/api"


def metadata_of(client: FlaskClient, address: str) -> dict[str, Any]:
    answer = client.get(f"/api{address}")
    assert (answer.status_code, answer.mimetype) == (200, MEDIA_TYPE), answer.text
    assert isinstance(answer.json, dict)
    return answer.json


def typed(value: Any, told: Any) -> Any:
    """What JSON has, as the kind that the metadata says it is."""
    base = told["base"] if isinstance(told, dict) else told
    if value is None or base in ("string", "boolean"):
        return value
    if base in ("date", "dateTime"):
        # The library has no days without a time.
        return datetime.fromisoformat(value)
    return pytest.approx(value)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_csv_is_found_and_read_by_its_metadata(
    client: FlaskClient, served: str, address: str
) -> None:
    # The library follows the Link header of the CSV, and refuses metadata of another address.
    table = CSVW(f"{served}{address}&format=csv".replace("?&", "?"), validate=True)
    assert table.is_valid
    (described,) = table.tables
    read = list(described)
    data = body_of(client, address)["data"]
    rows = [flattened(row) for row in (data if isinstance(data, list) else [data])]
    columns = described.tableSchema.columns
    kinds = metadata_of(client, f"{address}&format=csvw")["tableSchema"]["columns"]
    assert [str(column.titles) for column in columns] == list(rows[0])
    assert len(read) == len(rows) > 0
    for found, row in zip(read, rows, strict=True):
        for told, (name, value) in zip(kinds, row.items(), strict=True):
            text = found[told["name"]]
            # As a spreadsheet gets it.
            expected = f"'{value}" if isinstance(value, str) and value[:1] in "=-" else value
            assert text == typed(expected, told["datatype"]), name


def test_what_a_column_says_is_what_the_table_of_columns_says(client: FlaskClient) -> None:
    columns = metadata_of(client, "/kpis?format=csvw")["tableSchema"]["columns"]
    told = {column["titles"]: column for column in columns}
    for name, column in told.items():
        assert column["dc:description"] == COLUMNS[name].help.replace("`", "")
    assert told["start_at"]["datatype"] == {"base": "date", "format": "yyyy-MM-dd"}
    assert (told["value"]["datatype"], told["value"]["required"]) == ("number", False)
    assert told["value"]["schema:unitText"] == "as unit says"
    assert (told["services"]["datatype"], told["services"]["required"]) == ("integer", True)
    assert (told["status"]["datatype"], told["status"]["null"]) == ("string", "")


def test_each_kpi_of_a_service_is_in_its_own_unit(client: FlaskClient) -> None:
    columns = metadata_of(client, "/services?format=csvw")["tableSchema"]["columns"]
    told = {column["titles"]: column for column in columns}
    assert told["cost-per-transaction"]["schema:unitText"] == "pounds"
    assert told["digital-take-up"]["schema:unitText"] == "proportion"
    assert told["digital-take-up"]["name"] == "digital_take_up"
    assert "schema:unitText" not in told["digital-take-up_status"]
    assert len({column["name"] for column in columns}) == len(columns)


def test_it_says_what_was_asked_of_whom_and_under_which_licence(engine: Engine) -> None:
    settings = Settings(site_name="Our figures", data_licence="https://example.org/licence")
    client = client_of(engine, settings)
    address = "/services/tax-a-vehicle/kpis?period=year&kpi=transactions&start_at=2016-10-01"
    told = metadata_of(client, f"{address}&format=csvw")
    assert told["dc:title"] == "Tax a vehicle: a service's KPIs, period by period"
    assert told["url"] == told["dc:identifier"] == f"http://localhost/api{address}&format=csv"
    assert told["dc:source"] == {"@id": "http://localhost/services/tax-a-vehicle"}
    assert told["dc:publisher"] == {"schema:name": "Our figures"}
    assert told["dc:license"] == {"@id": "https://example.org/licence"}
    assert [(one["schema:name"], one["schema:value"]) for one in told["notes"]] == [
        ("kpi", "transactions"),
        ("period", "year"),
        ("start_at", "2016-10-01"),
    ]
    assert told["notes"][2]["schema:description"] == "Only periods that start on this day or later"


def test_nobody_is_told_a_licence_that_nobody_gave(client: FlaskClient) -> None:
    assert "dc:license" not in metadata_of(client, "/services?format=csvw")


def test_it_says_when_the_figures_last_changed(client: FlaskClient, engine: Engine) -> None:
    told = metadata_of(client, "/kpis?format=csvw")["dc:modified"]
    assert told["@type"] == "xsd:dateTime"
    with engine.connect() as connection:
        (second,) = connection.exec_driver_sql("SELECT updated_at FROM revision").one()
    assert datetime.fromisoformat(told["@value"]) == datetime.fromtimestamp(second, UTC)


def test_live_users_are_as_old_as_their_newest_count(client: FlaskClient) -> None:
    address = "/services/tax-a-vehicle/measurements?measure=live-users&format=csvw"
    assert metadata_of(client, address)["dc:modified"]["@value"] == "2017-10-01T12:02:00+00:00"


def test_a_csv_says_where_its_metadata_is(client: FlaskClient) -> None:
    answer = client.get("/api/services?q=a%20b&format=csv&limit=3")
    assert answer.headers["Link"] == (
        '<http://localhost/api/services?q=a%20b&format=csvw&limit=3>; rel="describedby"; '
        f'type="{MEDIA_TYPE}"'
    )
    assert "Link" in answer.headers["Access-Control-Expose-Headers"]


def test_metadata_are_asked_with_the_same_care(client: FlaskClient) -> None:
    assert client.get("/api/services/no-such?format=csvw").status_code == 404
    assert client.get("/api/services?format=csvw&colour=blue").status_code == 400


def test_the_dialect_is_that_of_the_csv(served: str) -> None:
    with urlopen(f"{served}/services/report-a-death?format=csv") as answer:
        text = answer.read().decode()
    with urlopen(f"{served}/services/report-a-death?format=csvw") as answer:
        dialect = json.load(answer)["dialect"]
    assert dialect["lineTerminators"] == ["\r\n"]
    assert dialect["headerRowCount"] == 1
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=dialect["delimiter"]))
    assert len(lines) == 2
    assert text.endswith("\r\n")

"""The CSV of a question is its JSON, row by row."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from api.csv_text import pieces
from config import Settings
from tests.api.conftest import client_of
from tests.api.reading import Row, body_of, csv_of, rows_of

ADDRESSES = (
    "/services?sort_by=transactions:descending",
    "/services?limit=2&offset=1",
    "/services/tax-a-vehicle?",
    "/services/tax-a-vehicle/kpis?",
    "/services/pay-a-toll/kpis?period=month",
    "/services/pay-a-toll/measurements?",
    "/services/tax-a-vehicle/measurements?measure=live-users",
    "/organisations?",
    "/organisations/transport?",
    "/organisations/transport/kpis?",
    "/kpis?sort_by=value",
    "/kpis/definitions?",
)


def flattened(row: Row) -> Row:
    flat = {name: value for name, value in row.items() if name != "kpis"}
    for slug, figure in row.get("kpis", {}).items():
        flat[slug] = figure["value"]
        flat |= {f"{slug}_{name}": cell for name, cell in figure.items() if name != "value"}
    return flat


def written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[0] in "=+-@" else text


def same(client: FlaskClient, address: str) -> int:
    """Hold that both formats say the same; how many rows they say it in."""
    data = body_of(client, address)["data"]
    rows = [flattened(row) for row in (data if isinstance(data, list) else [data])]
    header, *lines = csv_of(client, f"{address}&format=csv")
    assert header == list(rows[0])
    assert lines == [[written(cell) for cell in row.values()] for row in rows]
    return len(lines)


@pytest.mark.parametrize("address", ADDRESSES)
def test_csv_equals_json_row_by_row(client: FlaskClient, address: str) -> None:
    assert same(client, address) > 0


def test_kpis_of_a_service_have_columns_of_their_own(client: FlaskClient) -> None:
    header, line = csv_of(client, "/services/tax-a-vehicle?format=csv")
    cells = dict(zip(header, line, strict=True))
    assert cells["cost-per-transaction"] == "0.5"
    assert cells["cost-per-transaction_start_at"] == "2016-10-01"
    assert cells["completion-rate_status"] == "not reported"
    assert cells["completion-rate"] == ""


def test_no_rows_leave_the_header(client: FlaskClient) -> None:
    lines = csv_of(client, "/services?department=nowhere&format=csv")
    assert lines == [csv_of(client, "/services?format=csv")[0]]


def test_text_that_a_spreadsheet_would_run_is_escaped(client: FlaskClient) -> None:
    header, line = csv_of(client, "/services/report-a-death?format=csv")
    cells = dict(zip(header, line, strict=True))
    assert cells["name"] == "'=Report a death"
    assert cells["description"] == '\'-1, "quoted"\nline'


def test_numbers_are_no_formulas_even_below_zero() -> None:
    cells = [-0.5, "-0.5", "+44", "-1+1", "@here", "a=b"]
    names = [str(n) for n in range(len(cells))]
    text = "".join(pieces(names, [dict(zip(names, cells, strict=True))], size=10))
    assert text == "0,1,2,3,4,5\r\n-0.5,-0.5,+44,'-1+1,'@here,a=b\r\n"


def test_a_csv_holds_every_row_unless_a_limit_is_given(engine: Engine) -> None:
    client = client_of(engine, Settings(api_limit=2))
    assert len(rows_of(client, "/services")) == 2
    assert len(csv_of(client, "/services?format=csv")) == 1 + 4
    assert len(csv_of(client, "/services?format=csv&limit=3")) == 1 + 3


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/services?format=csv&limit=5", "services.csv"),
        ("/services/tax-a-vehicle/kpis?format=csv", "services-tax-a-vehicle-kpis.csv"),
        (
            "/kpis?period=year&start_at=2016-10-01&end_at=2017-10-01&format=csv",
            "kpis-year-2016-10-01-2017-10-01.csv",
        ),
        ("/services?q=%22%0D%0Aroad/..%5C&format=csv", "services-road.csv"),
    ],
)
def test_the_file_is_named_for_the_question(client: FlaskClient, address: str, name: str) -> None:
    disposition = client.get(f"/api{address}").headers["Content-Disposition"]
    assert disposition == f'attachment; filename="{name}"'

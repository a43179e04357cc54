"""The Excel workbook of a question is its JSON, row by row, and says what it is."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from api import workbooks
from api.columns import COLUMNS
from api.errors import BadRequest
from api.explanations import Explanation, ExportColumn, Kind
from config import Settings
from data.spreadsheets.files import read_book
from tests.api.conftest import client_of
from tests.api.reading import body_of, csv_of, refusal
from tests.api.test_csv import ADDRESSES, flattened
from tests.data.spreadsheets.workbooks import LIMITS

NUMBERS = st.floats(-1e15, 1e15).map(lambda number: round(number, 6))
# What XML can hold; a carriage return comes back as one, as the library escapes it.
TEXT = st.text(st.sampled_from("'=+-@\t <>&r/_x0041é😀\"\x01"), min_size=1, max_size=12)


def book_of(client: FlaskClient, address: str) -> CalamineWorkbook:
    answer = client.get(f"/api{address}")
    assert (answer.status_code, answer.mimetype) == (200, workbooks.MEDIA_TYPE), answer.text
    assert answer.content_length == len(answer.data)
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.data))


def sheet_of(book: CalamineWorkbook, name: str = workbooks.FIGURES) -> list[list[Any]]:
    return book.get_sheet_by_name(name).to_python()


def explained(**kinds: Kind) -> Explanation:
    columns = tuple(ExportColumn(name, f"What {name} is.", kind) for name, kind in kinds.items())
    return Explanation("A title", "", (), columns, "", "Us", "", None, "")


def written(rows: list[dict[str, Any]], **kinds: Kind) -> bytes:
    out = io.BytesIO()
    workbooks.write(out, explained(**kinds), rows)
    return out.getvalue()


def as_cell(value: Any) -> Any:
    """What JSON has, as a cell has it: empty, a day, a moment without its zone, a number."""
    if value is None:
        return ""
    if isinstance(value, str) and value[:3] == "201":
        moment = datetime.fromisoformat(value).replace(tzinfo=None)
        return moment if "T" in value else moment.date()
    return pytest.approx(value, rel=1e-15) if type(value) in (int, float) else value


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_workbook_equals_json_row_by_row(client: FlaskClient, address: str) -> None:
    data = body_of(client, address)["data"]
    rows = [flattened(row) for row in (data if isinstance(data, list) else [data])]
    header, *lines = sheet_of(book_of(client, f"{address}&format=xlsx"))
    assert header == list(rows[0])
    assert lines == [[as_cell(value) for value in row.values()] for row in rows]


def test_numbers_and_days_are_numbers_and_days(client: FlaskClient) -> None:
    header, *lines = sheet_of(book_of(client, "/services?q=tax&format=xlsx"))
    cells = dict(zip(header, lines[0], strict=True))
    assert (cells["cost-per-transaction"], cells["high_volume"]) == (0.5, True)
    assert cells["cost-per-transaction_start_at"] == date(2016, 10, 1)
    assert cells["completion-rate"] == ""


def test_text_is_as_it_was_sent_and_never_a_formula(client: FlaskClient) -> None:
    answer = client.get("/api/services/report-a-death?format=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    header, line = sheet_of(book)
    cells = dict(zip(header, line, strict=True))
    assert cells["name"] == "=Report a death"
    assert cells["description"] == '-1, "quoted"\nline'
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        for part in archive.namelist():
            assert b"<f>" not in archive.read(part)
            assert b"<hyperlink" not in archive.read(part)


def test_the_header_stays_in_sight(client: FlaskClient) -> None:
    answer = client.get("/api/services?format=xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'ySplit="1"' in sheet
    assert 'state="frozen"' in sheet


def test_the_second_sheet_says_what_the_figures_are(client: FlaskClient) -> None:
    address = "/services/tax-a-vehicle/kpis?start_at=2016-10-01&format=xlsx"
    about = sheet_of(book_of(client, address), workbooks.ABOUT)
    told = {row[0]: row[1:] for row in about if row[0]}
    assert told["Title"][0] == "Tax a vehicle: a service's KPIs, period by period"
    assert told["Asked: start_at"][0] == (
        "Only periods that start on this day or later: 2016-10-01"
    )
    assert told["Permanent address (CSV)"][0].endswith("/kpis?start_at=2016-10-01&format=csv")
    assert told["Source"][0] == ("Performance Platform, http://localhost/services/tax-a-vehicle")
    assert told["Licence"][0] == "None is named."
    assert datetime.fromisoformat(told["Figures last changed"][0]).year >= 2024
    assert told["start_at"] == [COLUMNS["start_at"].help, "day", "", "yes"]
    assert told["value"][1:] == ["number", "as unit says", "yes"]
    assert told["status"][1:] == ["text", "", "no"]


def test_the_file_is_named_for_the_question(client: FlaskClient) -> None:
    answer = client.get("/api/kpis?period=year&start_at=2016-10-01&format=xlsx")
    name = "kpis-year-2016-10-01.xlsx"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_workbook_that_is_known_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/api/services?format=xlsx").headers["ETag"]
    again = client.get("/api/services?format=xlsx", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head("/api/services?format=xlsx")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)


def test_more_rows_than_a_sheet_holds_are_refused_in_a_sentence(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "ROWS_MOST", 3)
    assert refusal(client, "/services?format=xlsx", 400) == (
        "The answer has 4 rows, and a sheet of Excel's can hold 3 below their header. Take it as "
        "CSV: format=csv has no such bound."
    )
    assert client.get("/api/services?format=xlsx&limit=3").status_code == 200


def test_more_cells_than_a_workbook_may_have_are_refused_in_a_sentence(engine: Engine) -> None:
    columns = len(csv_of(client_of(engine, Settings()), "/services?format=csv")[0])
    few = client_of(engine, Settings(workbook_cells_most=3 * columns))
    assert refusal(few, "/services?format=xlsx", 413) == (
        f"The workbook would have {4 * columns} cells or more, and one may have {3 * columns} (the "
        "setting WORKBOOK_CELLS_MOST), as it is made whole before it is sent. Ask for less, or "
        "take it as CSV: format=csv is sent while it is made."
    )
    assert few.get("/api/services?format=xlsx&limit=3").status_code == 200
    assert len(csv_of(few, "/services?format=csv")) == 1 + 4


def test_longer_text_than_a_cell_holds_is_refused_in_a_sentence() -> None:
    assert written([{"a": "x" * 32_767}], a="text")
    with pytest.raises(BadRequest, match=r"text of 32,768 characters in a, row 2, .* as CSV"):
        written([{"a": ""}, {"a": "x" * 32_768}], a="text")


def test_a_whole_number_that_excel_would_round_is_text() -> None:
    whole = 2**53 + 1
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(written([{"a": whole, "b": 5}], a="whole", b="whole"))
    )
    assert sheet_of(book)[1] == [str(whole), 5]


def test_a_day_before_excel_counts_is_text() -> None:
    rows = [{"a": "1899-12-31"}, {"a": "1900-03-01"}]
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(rows, a="day")))
    assert sheet_of(book)[1:] == [["1899-12-31"], [date(1900, 3, 1)]]


@pytest.mark.parametrize("text", ["<r></r>", "<r><t>x</t></r>", "<r></sheetData></r>", "_x0041_"])
def test_text_that_looks_like_markup_is_text(text: str) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written([{"a": text}], a="text")))
    assert sheet_of(book)[1] == [text]


@given(st.lists(st.tuples(TEXT, st.integers(-(2**53), 2**53), NUMBERS), min_size=1, max_size=5))
def test_any_text_and_number_comes_back_through_an_upload(
    cells: list[tuple[str, int, float]],
) -> None:
    rows = [dict(zip(("text", "whole", "part"), row, strict=True)) for row in cells]
    data = written(rows, text="text", whole="whole", part="number")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for row, (text, whole, part) in zip(sheet_of(book)[1:], cells, strict=True):
        assert row[0] == text
        assert row[1:] == [whole, pytest.approx(part, rel=1e-15)]


def test_our_own_upload_reads_text_as_it_was() -> None:
    rows = [{"channel": text, "count": -1} for text in ("=1", "'tis", "'=1", "-x", "@y")]
    book = read_book(written(rows, channel="text", count="whole"), "figures.xlsx", LIMITS)
    read = book.sheets[0].rows
    assert read == [["channel", "count"], *([row["channel"], -1] for row in rows)]

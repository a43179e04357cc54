"""The same figures, from every kind of file that people have."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.spreadsheets.files import Limits, read_book
from data.spreadsheets.text import WINDOWS_NOTE
from tests.data.spreadsheets.workbooks import (
    HEADER,
    ods,
    ods_sheet,
    read,
    rows_xls,
    rows_xlsx,
    said,
    xlsx,
)

MONDAY = date(2013, 10, 14)
ROWS = [HEADER, (MONDAY, "digital", 1472), (MONDAY, "paper", 3546)]
FIGURES = [("2013-10-14", "digital", 1472), ("2013-10-14", "paper", 3546)]
TEXT = "Date,Channel,Count\n14/10/2013,digital,1472\n14/10/2013,paper,3546\n"


@pytest.mark.parametrize(
    "data",
    [
        rows_xlsx(ROWS),
        rows_xlsx(ROWS, date_1904=True),
        rows_xls(ROWS),
        rows_xls(ROWS, from_1904=True),
        ods(ods_sheet(ROWS)),
    ],
    ids=["xlsx", "xlsx from 1904", "xls", "xls from 1904", "ods"],
)
def test_dates_in_cells_of_dates_are_the_same_in_every_kind_of_workbook(data: bytes) -> None:
    assert said(read(data)) == FIGURES


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace(",", "|").encode(),
        ("sep=;\n" + TEXT.replace(",", ";")).encode(),
        TEXT.replace("1472", '"1,472"').encode(),
    ],
)
def test_text_is_read_whatever_its_encoding_and_separator(data: bytes) -> None:
    assert said(read(data)) == FIGURES


def test_windows_text_is_read_and_said_to_be_a_guess() -> None:
    found = read("Date,Channel,Count\n14/10/2013,café £,5\n".encode("cp1252"))
    assert said(found) == [("2013-10-14", "café £", 5)]
    assert WINDOWS_NOTE in found.notes


def test_text_in_utf_8_is_no_guess() -> None:
    assert read("Date,Channel,Count\n14/10/2013,café £,5\n").notes == ()


def test_the_line_that_names_the_separator_counts_as_a_row() -> None:
    found = read("sep=;\nDate;Channel;Count\n14/10/2013;digital;abc\n")
    assert [fault.row for fault in found.faults] == [3]


def test_a_name_that_says_another_kind_than_the_content_is_told() -> None:
    found = read(rows_xlsx(ROWS), name="figures.csv")
    assert found.notes == (
        "The name ends in .csv, but what is inside is Excel: it was read as that.",
    )
    assert said(found) == FIGURES


@pytest.mark.parametrize("name", ["figures.xlsx", "FIGURES.XLSM", "figures"])
def test_a_name_that_fits_or_says_nothing_is_not_told(name: str) -> None:
    assert read(rows_xlsx(ROWS), name=name).notes == ()


def test_hidden_sheets_are_passed_over_and_named() -> None:
    def fill(workbook: Any) -> None:
        old, new = workbook.add_worksheet("Old figures"), workbook.add_worksheet("Figures")
        for number, (_, *rest) in enumerate(ROWS):
            for sheet in (old, new):
                sheet.write_row(number, 0, ["14/10/2013" if number else "Date", *rest])
        new.activate()
        old.hide()

    found = read(xlsx(fill))
    assert said(found) == FIGURES
    assert found.notes == ("Hidden sheets were passed over: ‘Old figures’.",)


def test_hidden_sheets_of_an_opendocument_file_are_passed_over_too() -> None:
    other = ods_sheet([HEADER, (MONDAY, "digital", 1)], "Old")
    found = read(ods(ods_sheet(ROWS), hidden=[other]))
    assert said(found) == FIGURES
    assert found.notes == ("Hidden sheets were passed over: ‘Old’.",)


def test_a_sheet_that_is_far_too_wide_is_passed_over_and_named() -> None:
    def fill(workbook: Any) -> None:
        workbook.add_worksheet("Raw").write_row(0, 0, ["Date"] * 300)
        sheet = workbook.add_worksheet("Figures")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["14/10/2013", "digital", 5])

    found = read(xlsx(fill))
    assert said(found) == [("2013-10-14", "digital", 5)]
    assert found.notes == ("Sheets with more than 250 columns were passed over: ‘Raw’.",)


def test_macros_are_never_run_and_that_is_said(tmp_path: Path) -> None:
    project = tmp_path / "vbaProject.bin"
    project.write_bytes(b"Sub Auto_Open()")

    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["14/10/2013", "digital", 5])
        workbook.add_vba_project(str(project))

    found = read(xlsx(fill))
    assert said(found) == [("2013-10-14", "digital", 5)]
    assert "The workbook has macros. They were not run." in found.notes


def test_rows_beyond_the_most_are_left_and_that_is_said() -> None:
    text = "Date,Channel,Count\n" + "14/10/2013,digital,5\n" * 10
    book = read_book(text.encode(), "", Limits(10**6, 10**6, rows=4))
    assert len(book.sheets[0].rows) == 4
    assert book.sheets[0].cut

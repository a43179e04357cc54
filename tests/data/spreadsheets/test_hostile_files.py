"""Files that are no spreadsheet, or are made to hurt, are refused with a sentence that helps."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odf.table import Table, TableRow

from data.spreadsheets.files import Limits, read_book
from data.spreadsheets.refusals import Refused
from tests.data.spreadsheets.workbooks import (
    LIMITS,
    ods,
    ods_cell,
    ods_text,
    read,
    rows_xls,
    rows_xlsx,
    xlsx,
)

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(Refused) as refused:
        read_book(data, "figures.xls", limits)
    return str(refused.value)


def archive(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts:
            made.writestr(name, content)
    return out.getvalue()


def compound(stream: str) -> bytes:
    """No more of a compound file than how it begins, and the name of what it holds."""
    return COMPOUND + bytes(504) + stream.encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty."),
        (b"\xef\xbb\xbf\r\n \r\n", "This file is empty."),
        (b"MZ\x90\x00\x03", "This is a program, not a spreadsheet."),
        (b"\x7fELF\x02\x01\x01", "This is a program, not a spreadsheet."),
        (b"#!/bin/sh\nrm -rf /\n", "This is a program, not a spreadsheet."),
        (b"%PDF-1.7\n", "This is a PDF."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture."),
        (b"\x1f\x8b\x08\x00", "This is a compressed archive."),
        (b"{\\rtf1 Figures}", "This is a text document (RTF)."),
        (b"<html><table><tr><td>1</td></tr></table></html>", "This is a web page"),
        (b"\xef\xbb\xbf  <!DOCTYPE HTML><p>Sign in</p>", "This is a web page"),
        ("<table><tr><td>1".encode("utf-16"), "This is a web page"),
        (b'<?xml version="1.0"?><html/>', "This is a web page"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "This is a spreadsheet in XML of 2003.",
        ),
        (b'[{"_timestamp": "2013-10-14T00:00:00Z"}]', "This is JSON"),
        (compound("EncryptedPackage"), "This workbook is protected with a password."),
        (compound("WordDocument"), "This is a Word document."),
        (compound("PowerPoint Document"), "This is a presentation."),
        (compound("Nothing known"), "This is a file of another program"),
        (archive(("word/document.xml", b"<x/>")), "This is a Word document."),
        (archive(("ppt/presentation.xml", b"<x/>")), "This is a presentation."),
        (archive(("xl/workbook.bin", b"x")), "This is a binary workbook (.xlsb)."),
        (archive(("Index/Document.iwa", b"x")), "This is an Apple file."),
        (archive(("figures.csv", b"Date,Count\n")), "This is a zip archive. Unpack it"),
        (ods_text(), "This is an OpenDocument file, but not a spreadsheet."),
        (b"PK\x03\x04 and then nothing", "This file is damaged or was cut short."),
        (bytes(range(256)) * 4, "This is not a spreadsheet that can be read."),
        (b"Date;Count\n\x81\x8d\x8f;1\n", "The letters of this file are coded in a way"),
        ("日付,件数\n十月,千".encode("shift-jis"), "The letters of this file are coded in a way"),
    ],
)
def test_what_is_no_spreadsheet_is_told_by_its_content_and_refused(data: bytes, words: str) -> None:
    assert refusal(data).startswith(words)


def test_a_refusal_says_what_to_do() -> None:
    assert refusal(b"<html>") == (
        "This is a web page with the name of a spreadsheet. Open it in a spreadsheet program and "
        "save it as .xlsx or .csv."
    )


def test_a_file_larger_than_may_be_is_not_looked_at() -> None:
    limits = Limits(size=1024**2, unpacked=1024**2, rows=10)
    assert refusal(bytes(3 * 1024**2), limits).startswith("The file has 3.0 MB; the most is 1.0 MB")


def test_an_archive_that_would_burst_is_not_opened() -> None:
    bomb = archive(("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", bytes(300 * 1024**2)))
    assert len(bomb) < 512 * 1024
    assert refusal(bomb).startswith("This file would unpack to 300 MB")


def test_an_archive_that_is_packed_too_well_is_not_opened_either() -> None:
    bomb = archive(("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", bytes(20 * 1024**2)))
    assert refusal(bomb).startswith("This file would unpack to 20 MB")


def test_a_sheet_whose_last_cell_is_the_last_there_can_be_does_not_take_all_memory() -> None:
    def far_apart(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "Date")
        sheet.write(1_048_575, 16_383, 1)

    assert refusal(xlsx(far_apart)).startswith("This workbook could not be opened")


@pytest.mark.parametrize("columns", [40, 16_384])
def test_a_sheet_of_a_million_repeated_rows_does_not_take_all_memory(columns: int) -> None:
    table, row = Table(name="A"), TableRow(numberrowsrepeated=1_048_576)
    row.addElement(ods_cell(1, numbercolumnsrepeated=columns))
    table.addElement(row)
    assert refusal(ods(table)).startswith("This workbook could not be")


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_workbook_that_was_cut_short_is_refused(part: float) -> None:
    whole = rows_xlsx([("Date", "Count"), *(("14/10/2013", n) for n in range(500))])
    assert "damaged" in refusal(whole[: int(len(whole) * part)])


def test_an_old_workbook_of_rubbish_is_refused() -> None:
    whole = rows_xls([("Date", "Count")])
    rubbish = whole[:600] + bytes(reversed(whole[600:]))
    assert refusal(rubbish).startswith(("This workbook", "This is a file of another program"))


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_line() -> None:
    text = 'Date,Count\n14/10/2013,"1\n' + "15/10/2013,2\n" * 20_000
    assert "a quotation mark is opened and never closed" in refusal(text.encode())


def test_more_columns_than_anyone_could_match_are_refused() -> None:
    assert refusal(("a," * 1_000_000).encode()).startswith("The file has more than 250 columns.")


def test_empty_cells_at_the_end_of_rows_are_no_columns() -> None:
    text = "Date,Channel,Count" + "," * 2000 + "\n14/10/2013,digital,5" + "," * 2000
    book = read_book(text.encode(), "figures.csv", LIMITS)
    assert book.sheets[0].width == 3


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_with_a_part_of_rubbish_is_refused_as_damaged(part: str) -> None:
    whole = zipfile.ZipFile(io.BytesIO(rows_xlsx([("Date", "Count")])))
    parts = {name: whole.read(name) for name in whole.namelist()}
    rubbish = archive(*{**parts, part: b"<not <closed"}.items())
    assert refusal(rubbish).startswith("This workbook could not be read: it is damaged")


def test_an_archive_whose_directory_leads_nowhere_is_refused_as_damaged() -> None:
    whole = bytearray(ods(Table(name="A")))
    # The first entry of the directory says where its part begins, 42 bytes in.
    place = whole.index(b"PK\x01\x02") + 42
    whole[place : place + 4] = b"\xff\xff\xff\x7f"
    assert "damaged" in refusal(bytes(whole))


@given(
    st.text(alphabet="0123456789/-,;\"'\n\t .abcOQ£%:()é", max_size=200),
    st.sampled_from(["", "Date,Channel,Count\n", "Date;Digital;Paper\n", "Week ending\tCount\n"]),
)
def test_no_text_whatever_breaks_the_reading(text: str, header: str) -> None:
    for kind in ("transactions-by-channel", "realtime", "a-type-of-its-own"):
        with suppress(Refused):
            read(header + text, kind)

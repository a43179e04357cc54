"""Errors and merged cells in .ods sheets, which the reader leaves out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from data.spreadsheets.marks import Marks

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_EXTENDED = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "Err:")
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
# Nothing that is merged or wrong is looked for below this row.
_ROWS_MOST = 200_000


def marks(data: bytes) -> dict[str, Marks]:
    """The marks of each sheet, by its name."""
    with ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
        return {
            table.get(f"{_TABLE}name", ""): _of(table)
            for _, table in ElementTree.iterparse(content)
            if table.tag == f"{_TABLE}table"
        }


def _of(table: Element) -> Marks:
    found = Marks()
    for row, cells in _rows(table):
        column = 0
        for cell in cells:
            if cell.tag not in _CELLS:
                continue
            _mark(found, cell, row, column)
            column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
    table.clear()
    return found


def _rows(table: Element) -> Iterator[tuple[int, Element]]:
    number = 0
    for row in chain(table.iter(f"{_TABLE}table-row")):
        if number > _ROWS_MOST:
            return
        yield number, row
        number += int(row.get(f"{_TABLE}number-rows-repeated", 1))


def _mark(found: Marks, cell: Element, row: int, column: int) -> None:
    down = int(cell.get(f"{_TABLE}number-rows-spanned", 1))
    across = int(cell.get(f"{_TABLE}number-columns-spanned", 1))
    if down > 1:
        found.merged.append(((row, column), (row + down - 1, column + across - 1)))
    if cell.get(f"{_EXTENDED}value-type") == "error" or cell.get(f"{_TABLE}formula"):
        text = "".join(cell.itertext()).strip()
        if text.startswith(_ERRORS):
            found.errors[row, column] = text
        elif not text and cell.get(f"{_OFFICE}value-type") is None:
            found.errors[row, column] = "a formula without a value"

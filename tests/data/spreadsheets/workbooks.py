"""Workbooks as people make them, written with real libraries into bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from data.datatypes import data_type
from data.spreadsheets.choices import Choices
from data.spreadsheets.files import Limits, read_book
from data.spreadsheets.targets import Known, shape_of
from data.spreadsheets.understanding import Understood, understood

LIMITS = Limits(size=10 * 1024**2, unpacked=100 * 1024**2, rows=50_000)
CHANNELS = {"channel": ("digital", "paper")}
Rows = Sequence[Sequence[Any]]
HEADER = ("Date", "Channel", "Count")


def read(
    data: bytes | str,
    kind: str = "transactions-by-channel",
    choices: Choices | None = None,
    *,
    known: Known | None = None,
    usual_period: str = "",
    name: str = "figures",
) -> Understood:
    """A file as it is understood for a data set of that type."""
    given = data.encode() if isinstance(data, str) else data
    shape = shape_of(data_type(kind), CHANNELS if known is None else known, None, usual_period)
    return understood(read_book(given, name, LIMITS), shape, choices)


def said(found: Understood) -> list[tuple[Any, ...]]:
    """The records as (day, words and figures in order)."""
    return [
        (
            record["_timestamp"][:10],
            *(v for k, v in record.items() if k not in ("_timestamp", "period")),
        )
        for record in found.records
    ]


def faults(found: Understood) -> list[str]:
    """What is wrong, each as a sentence."""
    return [str(fault) for fault in found.faults]


def xlsx(fill: Callable[[xlsxwriter.Workbook], None], **options: Any) -> bytes:
    """A workbook that `fill` fills."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, options)
    fill(workbook)
    workbook.close()
    return out.getvalue()


def rows_xlsx(rows: Rows, **options: Any) -> bytes:
    """A workbook of one sheet; dates are cells of dates."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("Figures")
        dates = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, dates)
                else:
                    sheet.write(number, place, cell)

    return xlsx(fill, **options)


def xls(fill: Callable[[xlwt.Workbook], None]) -> bytes:
    """A workbook of the old kind that `fill` fills."""
    workbook, out = xlwt.Workbook(), io.BytesIO()
    fill(workbook)
    workbook.save(out)
    return out.getvalue()


def rows_xls(rows: Rows, from_1904: bool = False) -> bytes:
    """A workbook of the old kind, of one sheet."""

    def fill(workbook: xlwt.Workbook) -> None:
        workbook.dates_1904 = from_1904
        sheet = workbook.add_sheet("Figures")
        dates = xlwt.easyxf(num_format_str="dd/mm/yyyy")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                style = (dates,) if isinstance(cell, date) else ()
                sheet.write(number, place, cell, *style)

    return xls(fill)


def ods_cell(cell: Any, **about: Any) -> TableCell:
    """A cell of an OpenDocument sheet."""
    if cell is None:
        return TableCell(**about)
    if isinstance(cell, date):
        return TableCell(valuetype="date", datevalue=cell.isoformat(), **about)
    if isinstance(cell, int | float):
        return TableCell(valuetype="float", value=str(cell), **about)
    made = TableCell(valuetype="string", **about)
    made.addElement(P(text=cell))
    return made


def ods(*sheets: Table, hidden: Sequence[Table] = ()) -> bytes:
    """An OpenDocument spreadsheet."""
    document, out = OpenDocumentSpreadsheet(), io.BytesIO()
    style = Style(name="unseen", family="table")
    style.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(style)
    for sheet in hidden:
        sheet.setAttribute("stylename", "unseen")
    for sheet in (*hidden, *sheets):
        document.spreadsheet.addElement(sheet)
    document.save(out)
    return out.getvalue()


def ods_sheet(rows: Sequence[Sequence[Any]], name: str = "Figures") -> Table:
    """A sheet; cells may be made beforehand, and COVERED ones belong to the one above."""
    table = Table(name=name)
    for row in rows:
        made = TableRow()
        for cell in row:
            made.addElement(cell if isinstance(cell, TABLE_CELLS) else ods_cell(cell))
        table.addElement(made)
    return table


def ods_text() -> bytes:
    """An OpenDocument text, which is no spreadsheet."""
    document, out = OpenDocumentText(), io.BytesIO()
    document.text.addElement(P(text="Figures"))
    document.save(out)
    return out.getvalue()


def covered() -> Any:
    """A cell that belongs to the one above it."""
    return CoveredTableCell()


TABLE_CELLS = type(ods_cell("")), type(covered())

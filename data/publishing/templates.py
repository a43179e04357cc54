"""Empty templates: a header that uploads cleanly, and beside it what each column means."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from data.rules import DataType
from data.spreadsheets.targets import LAST_DAY, PERIOD, TIMESTAMP, Target, shape_of
from kpi.periods import PERIODS

_ROWS = 1000
_WIDTH = 18
_HOW = (
    "Fill in the sheet ‘Figures’, one row for each figure. Leave a cell empty, or write ‘n/a’, "
    "where there is no figure: that is ‘not reported’, which is not nought."
)
_NAMES = ("Column", "Must be filled in", "What it holds", "Example")


def columns(kind: DataType) -> list[Target]:
    """The columns of a type's template."""
    return [one for one in shape_of(kind).targets if one.name != LAST_DAY]


def csv_template(kind: DataType) -> str:
    """The header alone."""
    out = io.StringIO()
    csv.writer(out).writerow([one.title for one in columns(kind)])
    return out.getvalue()


def xlsx_template(kind: DataType) -> bytes:
    """A sheet with the header, and one that says what each column means."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out)
    bold = workbook.add_format({"bold": True, "bottom": 1})
    _write_figures(workbook, columns(kind), bold, instant=kind.instant)
    _write_notes(workbook, kind, bold)
    workbook.close()
    return out.getvalue()


def _write_figures(
    workbook: xlsxwriter.Workbook, targets: Sequence[Target], bold: Any, *, instant: bool
) -> None:
    sheet = workbook.add_worksheet("Figures")
    dates = workbook.add_format({"num_format": "d mmm yyyy hh:mm" if instant else "d mmm yyyy"})
    for place, target in enumerate(targets):
        sheet.write(0, place, target.title, bold)
        sheet.set_column(place, place, _WIDTH, dates if target.name == TIMESTAMP else None)
        if rule := _rule(target):
            sheet.data_validation(1, place, _ROWS, place, rule)
    sheet.freeze_panes(1, 0)


def _rule(target: Target) -> dict[str, Any] | None:
    """What a spreadsheet program lets into the column's cells."""
    if target.name == PERIOD:
        return {"validate": "list", "source": list(PERIODS)}
    if target.kind != "number":
        return None
    most = {"maximum": 1} if target.unit == "proportion" else {}
    criteria = {"criteria": "between", "minimum": 0, **most} if most else {"criteria": ">="}
    return {"validate": "decimal", **criteria, **({} if most else {"value": 0})}


def _write_notes(workbook: xlsxwriter.Workbook, kind: DataType, bold: Any) -> None:
    sheet = workbook.add_worksheet("Notes")
    sheet.set_column(0, 1, _WIDTH)
    sheet.set_column(2, 3, 60)
    sheet.write(0, 0, kind.title, bold)
    for number, words in enumerate((kind.notes, _HOW), start=1):
        sheet.write(number, 0, words)
    sheet.write_row(4, 0, _NAMES, bold)
    for number, target in enumerate(columns(kind), start=5):
        sheet.write_row(number, 0, [target.title, "yes" if target.required else "no"])
        sheet.write(number, 2, _help(target))
        sheet.write(number, 3, _example(kind, target))


def _help(target: Target) -> str:
    words = f"{target.help[:1].upper()}{target.help[1:]}"
    return f"{words}; in {target.unit}" if target.unit else words


def _example(kind: DataType, target: Target) -> str:
    value = kind.example.get(target.name, "")
    if target.name == TIMESTAMP and value:
        moment = datetime.fromisoformat(value)
        return (
            f"{moment.day} {moment:%B %Y %H:%M}" if kind.instant else f"{moment.day} {moment:%B %Y}"
        )
    return str(value)

"""Reads one workbook from its input and writes its cells as JSON: see `opening`.

Formulas are taken by the value that they last had, macros are passed over, and so are sheets that
are hidden.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import (
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.spreadsheets import ods_marks, xls_marks, xlsx_marks
from data.spreadsheets.marks import Marks
from data.spreadsheets.sheets import CellError

MEMORY_MOST = 1024**3
SECONDS_MOST = 20
_SHEETS_MOST = 50
_DAMAGED = (
    "This workbook could not be read: it is damaged, was cut short, or holds more cells than a "
    "sheet can. Save it again, and choose it again."
)
_PASSWORD = "This workbook is protected with a password. Save it without one, and choose it again."
_MARKS: dict[str, Callable[[bytes], dict[str, Marks]]] = {
    "xlsx": xlsx_marks.marks,
    "xls": xls_marks.marks,
    "ods": ods_marks.marks,
}
Rows = list[list[Any]]


def main(kind: str, rows_most: int) -> None:
    """Read, and say what was found or why it was refused."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MOST, SECONDS_MOST))
    data = sys.stdin.buffer.read()
    try:
        said = read(data, kind, rows_most)
    except PasswordError:
        said = {"refused": _PASSWORD}
    except MemoryError:
        raise
    except Exception:
        # Each parser stumbles over damage in its own way; this process does nothing but read.
        said = {"refused": _DAMAGED}
    json.dump(said, sys.stdout)


def read(data: bytes, kind: str, rows_most: int) -> dict[str, Any]:
    """The sheets that can be seen, and the names of those that cannot."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        seen = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
        marks = _MARKS[kind](data)
        found = [
            _sheet(workbook, name, marks.get(name, Marks()), rows_most)
            for name in seen[:_SHEETS_MOST]
        ]
        return {"sheets": found, "hidden": _hidden(sheets, seen), "notes": _notes(data, kind, seen)}


def _hidden(sheets: list[SheetMetadata], seen: list[str]) -> list[str]:
    return [one.name for one in sheets if one.name not in seen]


def _notes(data: bytes, kind: str, seen: list[str]) -> list[str]:
    notes = []
    if kind == "xlsx" and b"xl/vbaProject.bin" in data:
        notes.append("The workbook has macros. They were not run.")
    if len(seen) > _SHEETS_MOST:
        notes.append(f"Only the first {_SHEETS_MOST} of {len(seen)} sheets were read.")
    return notes


def _sheet(workbook: CalamineWorkbook, name: str, marks: Marks, rows_most: int) -> dict[str, Any]:
    sheet = workbook.get_sheet_by_name(name)
    rows: Rows = sheet.to_python(skip_empty_area=False, nrows=rows_most + 1)
    for place, text in marks.errors.items():
        _put(rows, place, CellError(text))
    merged = [*marks.merged, *(sheet.merged_cell_ranges or ())]
    filled = sorted(set(_filled(rows, merged)))
    _trim(rows)
    return {
        "name": name,
        "rows": [[_said(cell) for cell in row] for row in rows[:rows_most]],
        "filled": filled,
        "cut": len(rows) > rows_most,
    }


def _put(rows: Rows, place: tuple[int, int], cell: Any) -> None:
    row, column = place
    if row < len(rows):
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = cell


def _filled(rows: Rows, merged: list[Any]) -> Iterator[tuple[int, int]]:
    """Show a value that is merged over rows in each of them, and say where."""
    for (top, left), (bottom, _) in merged:
        if top >= len(rows) or left >= len(rows[top]) or rows[top][left] in ("", None):
            continue
        for row in range(top + 1, min(bottom + 1, len(rows))):
            _put(rows, (row, left), rows[top][left])
            yield row, left


def _trim(rows: Rows) -> None:
    while rows and all(cell in ("", None) for cell in rows[-1]):
        rows.pop()


def _said(cell: Any) -> Any:
    """A cell as JSON has it: text, number, truth, null, or a kind with its text."""
    if cell == "":
        return None
    if isinstance(cell, CellError):
        return ["error", cell.text]
    if isinstance(cell, timedelta):
        return ["span", str(cell.total_seconds())]
    if isinstance(cell, datetime | date | time):
        return [type(cell).__name__, cell.isoformat()]
    return cell


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

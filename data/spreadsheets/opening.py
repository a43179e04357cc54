"""Workbooks are opened in a process of their own, bounded in memory and time.

What makes a parser burst in one is not known until it does: a sheet whose only two cells are its
first and its last, an archive whose directory lies. That process may end; the server does not.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from config import ROOT
from data.spreadsheets.refusals import Refused
from data.spreadsheets.sheets import Book, Cell, CellError, Row, Sheet, trimmed

MODULE = "data.spreadsheets.workbook_process"
_SECONDS_MOST = 30
_TOO_MUCH = (
    "This workbook could not be opened: it takes too much memory or time, though it holds few "
    "figures. Copy the figures alone into a new workbook, or save the sheet as CSV."
)


def read_workbook(data: bytes, kind: str, rows_most: int) -> Book:
    """The sheets of a workbook that can be seen.

    :param kind: 'xlsx', 'xls' or 'ods'.
    :raises Refused: when it is damaged, protected, or takes more than its process may have.
    """
    # Of the environment it needs nothing, least of all the platform's secrets.
    command = [sys.executable, "-E", "-s", "-m", MODULE, kind, str(rows_most)]
    try:
        done = subprocess.run(
            command,
            input=data,
            cwd=ROOT,
            env={},
            capture_output=True,
            timeout=_SECONDS_MOST,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(_TOO_MUCH) from error
    if done.returncode != 0:
        raise Refused(_TOO_MUCH)
    said = json.loads(done.stdout)
    if "refused" in said:
        raise Refused(said["refused"])
    sheets = [_sheet(found) for found in said["sheets"]]
    return Book(kind, sheets, said["hidden"], said["notes"])


def _sheet(found: dict[str, Any]) -> Sheet:
    rows: list[Row] = [
        trimmed([_cell(cell) if type(cell) is list else cell for cell in row])
        for row in found["rows"]
    ]
    filled = frozenset((row, column) for row, column in found["filled"])
    return Sheet(found["name"], rows, filled, found["cut"])


def _cell(said: list[Any]) -> Cell:
    """A value that JSON has no form for: its kind and its text."""
    kind, text = said
    if kind == "error":
        return CellError(text)
    if kind == "span":
        return timedelta(seconds=float(text))
    kinds: dict[str, Any] = {"date": date, "datetime": datetime, "time": time}
    cell: Cell = kinds[kind].fromisoformat(text)
    return cell

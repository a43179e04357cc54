"""An uploaded file, read: what it is, and the sheets it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data.spreadsheets.csv_files import read_csv
from data.spreadsheets.kinds import kind_of, named_otherwise
from data.spreadsheets.opening import read_workbook
from data.spreadsheets.refusals import Refused
from data.spreadsheets.sheets import Book

COLUMNS_MOST = 250


@dataclass(frozen=True)
class Limits:
    """The largest file (bytes, as it is and unpacked) and the most rows of a sheet."""

    size: int
    unpacked: int
    rows: int


def read_book(data: bytes, name: str, limits: Limits) -> Book:
    """The sheets of a file, told by its content and never by its name.

    :raises Refused: when it is no spreadsheet, or none that can be read; the sentence says why.
    """
    if len(data) > limits.size:
        raise Refused(
            f"The file has {_megabytes(len(data))}; the most is {_megabytes(limits.size)}. "
            "Divide it into several files."
        )
    kind = kind_of(data, limits.unpacked)
    book = read_csv(data, limits.rows) if kind == "csv" else read_workbook(data, kind, limits.rows)
    book = _narrow(book)
    if not any(sheet.rows for sheet in book.sheets):
        raise Refused(_nothing(book))
    if note := named_otherwise(kind, name):
        book = replace(book, notes=(note, *book.notes))
    return book


def _narrow(book: Book) -> Book:
    """The book without sheets of more columns than anyone could match."""
    wide = [sheet.name for sheet in book.sheets if sheet.width > COLUMNS_MOST]
    if not wide:
        return book
    if len(wide) == len(book.sheets):
        raise Refused(
            f"The file has more than {COLUMNS_MOST} columns. Copy those with figures alone into a "
            "new workbook."
        )
    names = ", ".join(f"‘{name}’" for name in wide)
    note = f"Sheets with more than {COLUMNS_MOST} columns were passed over: {names}."
    kept = [sheet for sheet in book.sheets if sheet.name not in wide]
    return replace(book, sheets=kept, notes=(*book.notes, note))


def _nothing(book: Book) -> str:
    if book.hidden:
        return "All sheets with figures are hidden. Show the one to read, and save the workbook."
    return "There is nothing in this file. Choose the file with your figures."


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.1f} MB"

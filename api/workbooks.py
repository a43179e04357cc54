"""Excel workbooks: figures on the first sheet, what they are on the second."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import IO, Any

import xlsxwriter
from flask import Response, request
from xlsxwriter.worksheet import Worksheet

from api.cells import Row
from api.errors import BadRequest, TooLarge
from api.explanations import KINDS, Explanation, ExportColumn, Kind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIGURES, ABOUT = "Figures", "About these figures"
# What a sheet of Excel's can hold; its header is a row, too.
ROWS_MOST, LETTERS_MOST, COLUMNS_MOST = 1_048_576 - 1, 32_767, 16_384
# A larger whole number would lose digits: Excel keeps every number as a double.
_EXACT_MOST = 2**53
_FIRST_YEAR = 1900
_FORMATS: Mapping[Kind, str] = {"day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss"}
_WIDTHS: Mapping[Kind, int] = {"day": 12, "moment": 20, "boolean": 8, "whole": 12, "number": 16}
# Text decides how wide its column is by the first rows.
_LOOKED_AT, _NARROWEST, _WIDEST = 100, 9, 50
# So many bytes of the file are sent at a time.
_PART = 65_536
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def response(explained: Explanation, rows: Iterable[Row], name: str, cells_most: int) -> Response:
    """The workbook as an answer; made whole before any of it is sent.

    cells_most: how many cells it may have.

    :raises BadRequest: when a sheet of Excel's cannot hold it.
    :raises TooLarge: when it has more cells than it may.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 (it is closed with the response)
    try:
        write(file, explained, _bounded(rows, len(explained.columns), cells_most))
    except BaseException:
        file.close()
        raise
    size = file.tell()
    file.seek(0)
    made = Response(_parts(file), mimetype=MEDIA_TYPE)
    if request.method == "HEAD":
        file.close()
    made.call_on_close(file.close)
    made.content_length = size
    made.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return made


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(_PART):
            yield part


def write(file: IO[bytes], explained: Explanation, rows: Iterable[Row]) -> None:
    """Write both sheets. Rows are gone through once, and only one of them is held at a time."""
    if len(explained.columns) > COLUMNS_MOST:
        raise _too_much(f"{len(explained.columns):,} columns", f"{COLUMNS_MOST:,}")
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        known = {} if explained.modified is None else {"created": explained.modified}
        book.set_properties({"title": explained.title, "author": explained.publisher, **known})
        _Figures(book, explained.columns).write(rows)
        _write_about(book, explained)


def check_size(rows: int, columns: int, cells_most: int) -> None:
    """Refuse more rows than a sheet can have, or more cells than it may, before any is made.

    :raises BadRequest: naming CSV as the way.
    :raises TooLarge: the same.
    """
    if rows > ROWS_MOST:
        raise _too_much(f"{rows:,} rows", f"{ROWS_MOST:,} below their header")
    if rows * columns > cells_most:
        raise _too_many_cells(rows * columns, cells_most)


def _bounded(rows: Iterable[Row], columns: int, cells_most: int) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        if number * columns > cells_most:
            raise _too_many_cells(number * columns, cells_most)
        yield row


def _too_many_cells(cells: int, most: int) -> TooLarge:
    return TooLarge(
        f"The workbook would have {cells:,} cells or more, and one may have {most:,} (the setting "
        "WORKBOOK_CELLS_MOST), as it is made whole before it is sent. Ask for less, or take it as "
        "CSV: format=csv is sent while it is made."
    )


def _too_much(held: str, most: str) -> BadRequest:
    return BadRequest(
        f"The answer has {held}, and a sheet of Excel's can hold {most}. Take it as CSV: "
        "format=csv has no such bound."
    )


class _Figures:
    """The first sheet: a frozen header, and cells by what their columns hold."""

    def __init__(self, book: xlsxwriter.Workbook, columns: Sequence[ExportColumn]) -> None:
        self._sheet: Worksheet = book.add_worksheet(FIGURES)
        self._columns = columns
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._formats = {
            kind: book.add_format({"num_format": words}) for kind, words in _FORMATS.items()
        }
        self._longest = [len(column.name) for column in columns]

    def write(self, rows: Iterable[Row]) -> None:
        """The header and every row, and then the widths that they need."""
        for place, column in enumerate(self._columns):
            write_text(self._sheet, 0, place, column.name, self._bold)
        number = 0
        for number, row in enumerate(rows, start=1):
            if number > ROWS_MOST:
                raise _too_much("more rows", f"{ROWS_MOST:,} below their header")
            self._write_row(number, row)
        self._sheet.freeze_panes(1, 0)
        if self._columns:
            self._sheet.autofilter(0, 0, number, len(self._columns) - 1)
        for place, column in enumerate(self._columns):
            least = _WIDTHS.get(column.kind, _NARROWEST)
            width = min(max(self._longest[place] + 2, least), _WIDEST)
            self._sheet.set_column(place, place, width)

    def _write_row(self, number: int, row: Row) -> None:
        for place, column in enumerate(self._columns):
            value = row.get(column.name)
            if value is None:
                continue
            if isinstance(value, str):
                self._write_words(number, place, column, value)
            elif isinstance(value, bool):
                self._sheet.write_boolean(number, place, value)
            elif isinstance(value, float) or (isinstance(value, int) and _is_exact(value)):
                self._sheet.write_number(number, place, value)
            else:
                self._write_words(number, place, column, json.dumps(value, ensure_ascii=False))

    def _write_words(self, number: int, place: int, column: ExportColumn, text: str) -> None:
        moment = _moment(column.kind, text)
        if moment is not None:
            self._sheet.write_datetime(number, place, moment, self._formats[column.kind])
            return
        if len(text) > LETTERS_MOST:
            raise _too_much(
                f"text of {len(text):,} characters in {column.name}, row {number:,}",
                f"{LETTERS_MOST:,} in a cell",
            )
        if number <= _LOOKED_AT:
            self._longest[place] = max(self._longest[place], len(text))
        write_text(self._sheet, number, place, text)


def _is_exact(value: int) -> bool:
    return -_EXACT_MOST <= value <= _EXACT_MOST


def _moment(kind: Kind, text: str) -> datetime | date | None:
    """A day or a moment as Excel knows it: of 1900 or later, and without a time zone."""
    read: Mapping[Kind, Callable[[str], Any]] = {
        "day": date.fromisoformat,
        "moment": datetime.fromisoformat,
    }
    if kind not in read:
        return None
    found: datetime | date = read[kind](text)
    if found.year < _FIRST_YEAR:
        return None
    return found.astimezone(UTC).replace(tzinfo=None) if isinstance(found, datetime) else found


def write_text(
    sheet: Worksheet, row: int, place: int, text: str, format: Any | None = None
) -> None:
    """Text as it is, whatever it looks like."""
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library would take it for markup of its own.
        sheet.write_rich_string(row, place, *text[:2], text[2:], *([format] if format else []))
    else:
        sheet.write_string(row, place, text, format)


def _write_about(book: xlsxwriter.Workbook, explained: Explanation) -> None:
    sheet = book.add_worksheet(ABOUT)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "top": 0})
    wrapped.set_align("top")
    for place, width in enumerate((28, 70, 16, 24, 14)):
        sheet.set_column(place, place, width)
    for number, cells in enumerate(_about(explained)):
        for place, text in enumerate(cells):
            is_name = place == 0 or (len(cells) > 2 and cells == _COLUMN_NAMES)
            write_text(sheet, number, place, text[:LETTERS_MOST], bold if is_name else wrapped)


_COLUMN_NAMES = ("Column", "What it means", "What it holds", "Unit", "May be empty")


def _about(explained: Explanation) -> Iterator[tuple[str, ...]]:
    yield "Title", explained.title
    yield "What it is", explained.description
    for one in explained.asked:
        yield f"Asked: {one.parameter}", f"{one.words}: {one.value}"
    yield "Source", f"{explained.publisher}, {explained.source}"
    yield "Licence", explained.licence or "None is named."
    if explained.modified is not None:
        yield "Figures last changed", explained.modified.isoformat()
    yield "Permanent address (CSV)", explained.address
    for words in explained.notes:
        yield "Note", words
    yield ()
    yield _COLUMN_NAMES
    for column in explained.columns:
        empty = "no" if column.required else "yes"
        yield column.name, column.help, KINDS[column.kind], column.unit, empty

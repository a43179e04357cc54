"""CSV as spreadsheet programs write it: commas, semicolons or tabs, quoted or not."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from data.spreadsheets.apostrophes import unguarded
from data.spreadsheets.refusals import Refused
from data.spreadsheets.sheets import Book, Row, Sheet, trimmed
from data.spreadsheets.text import decoded

# In the order of preference where several fit alike.
SEPARATORS = (",", ";", "\t", "|")
_NAMES = {";": "semicolons", "\t": "tabs", "|": "upright bars"}
_LOOKED_AT = 200
_DECLARED = "sep="
SHEET = "CSV"


def read_csv(data: bytes, rows_most: int) -> Book:
    """The one sheet of a CSV file, all cells text, as they were before they were made harmless.

    :raises Refused: when it is not text, or no table.
    """
    text, note = decoded(data)
    separator, body = _declared(text)
    separator = separator or _separator(body)
    rows, cut = _rows(body, separator, rows_most)
    if body is not text:
        # The line that names the separator is a row of the file, though no program shows it.
        rows.insert(0, [])
    notes = [note] if note else []
    if separator in _NAMES:
        notes.append(f"Columns are divided by {_NAMES[separator]}.")
    return Book("csv", [Sheet(SHEET, rows, cut=cut)], notes=notes)


def _declared(text: str) -> tuple[str, str]:
    """The separator that a first line 'sep=;' names, and the text below it."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"')
    if first.lower().startswith(_DECLARED) and len(first) == len(_DECLARED) + 1:
        return first[-1], rest
    return "", text


def _separator(text: str) -> str:
    """The separator by which most rows have the same number of columns, above one."""
    best, best_score = SEPARATORS[0], 0.0
    for separator in SEPARATORS:
        widths = Counter(_widths(text, separator))
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        score = rows * min(width, 20) if width > 1 else 0
        if score > best_score:
            best, best_score = separator, score
    return best


def _widths(text: str, separator: str) -> Iterator[int]:
    """How many columns the first rows would have; as far as they can be read like that."""
    try:
        for row in islice(_parsed(text, separator), _LOOKED_AT):
            if row:
                yield len(row)
    except Refused:
        return


def _rows(text: str, separator: str, rows_most: int) -> tuple[list[Row], bool]:
    rows = [
        trimmed([*map(unguarded, row)]) for row in islice(_parsed(text, separator), rows_most + 1)
    ]
    cut = len(rows) > rows_most
    while rows and not rows[-1]:
        rows.pop()
    return rows[:rows_most], cut


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        yield from reader
    except csv.Error as error:
        raise Refused(
            f"Near line {reader.line_num:,} a quotation mark is opened and never closed. Save the "
            "file again as CSV, or as .xlsx."
        ) from error

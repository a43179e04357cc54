"""Records in a CSV file whose columns are named as their fields are, read one by one.

However long the file is, one row of it is at hand.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from data.datatypes import data_type
from data.entries import DataSetEntry, Record
from data.record_times import TIMES
from data.spreadsheets.apostrophes import unguarded
from data.spreadsheets.numbers import read_number
from data.spreadsheets.unreadable import Unreadable
from data.validation import Rejected

Value = str | int | float | bool | None
Progress = Callable[[int, int], None]
_GIVEN = (*TIMES, "_id")
_WHOLE, _DECIMAL = re.compile(r"-?(0|[1-9]\d{0,17})"), re.compile(r"-?(0|[1-9]\d*)\.\d+")
_BOOLEANS = {"true": True, "false": False}
# How many rows there are between two words about how far the file is read.
_STEP = 5000


def read(path: Path, entry: DataSetEntry, progress: Progress | None = None) -> Iterator[Record]:
    """The records of a data set in a file: UTF-8, commas, a header of field names.

    A field that its type counts or measures is read as the upload page reads a number; one that
    is empty is 'not reported'. What the type does not know is a number or true or false where it
    is written like one, and text otherwise. Columns that the platform adds to an export, such as
    _updated_at, are left out.

    :param progress: called with how many bytes are read, of how many.
    :raises Rejected: when it is no such file; the sentence says where.
    """
    try:
        with path.open("rb") as handle:
            text = io.TextIOWrapper(handle, encoding="utf-8-sig", newline="")
            rows = csv.reader(text, strict=True)
            size = path.stat().st_size
            for number, record in enumerate(_records(path, rows, entry)):
                if progress and number % _STEP == 0:
                    progress(handle.tell(), size)
                yield record
    except OSError as error:
        raise Rejected(f"{path} cannot be read: {error.strerror}. Nothing was written.") from error
    except UnicodeDecodeError as error:
        raise _refused(path, "it is not UTF-8 text. Save it as CSV in UTF-8") from error
    except csv.Error as error:
        words = f"near line {rows.line_num:,} it is no CSV ({error})"
        raise _refused(path, words) from error


def _records(path: Path, rows: Iterator[list[str]], entry: DataSetEntry) -> Iterator[Record]:
    readers = list(_readers(path, next(rows, []), entry))
    for number, row in enumerate(rows, start=2):
        if not row:
            _refuse_more(path, number, rows)
        elif len(row) != len(readers):
            words = f"row {number:,} has {len(row)} cells, and the header {len(readers)}"
            raise _refused(path, words)
        else:
            yield _record(readers, row)


def _refuse_more(path: Path, number: int, rows: Iterable[list[str]]) -> None:
    """Blank lines are at the end alone: otherwise nobody could tell which row is which."""
    if any(rows):
        raise _refused(path, f"row {number:,} is blank. Remove it")


def _refused(path: Path, words: str) -> Rejected:
    return Rejected(f"{path.name}: {words}. Nothing was written.")


class _Reader:
    """Reads the cells of one column; '' is a column that is left out."""

    def __init__(self, name: str, entry: DataSetEntry) -> None:
        known = {item.name: item for item in data_type(entry.type).fields}
        self.name = "" if name.startswith("_") and name not in _GIVEN else name
        self._field = known.get(name)
        self._is_text = name in _GIVEN or (self._field is not None and self._field.kind == "text")

    def read(self, cell: str) -> Value:
        """The value of a cell; None where it is empty."""
        if self._is_text:
            return unguarded(cell) or None
        if self._field is None:
            return _plain(cell)
        try:
            return read_number(unguarded(cell), self._field.unit)
        except Unreadable:
            # As it is: the data type's own check says what is wrong, and with which record.
            return cell

    @property
    def is_kept_empty(self) -> bool:
        """Whether an empty cell says something: that a number was not reported."""
        return self._field is not None and self._field.kind == "number" and self._field.required


def _readers(path: Path, header: list[str], entry: DataSetEntry) -> Iterator[_Reader]:
    names = [name.strip() for name in header]
    if not any(names):
        raise _refused(path, "its first row must name the fields of the records")
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise _refused(path, f"two columns are named {twice!r}")
    return (_Reader(name, entry) for name in names)


def _record(readers: list[_Reader], row: list[str]) -> Record:
    record: Record = {}
    for reader, cell in zip(readers, row, strict=True):
        if reader.name:
            value = reader.read(cell)
            if value is not None or reader.is_kept_empty:
                record[reader.name] = value
    return record


def _plain(cell: str) -> Value:
    if _WHOLE.fullmatch(cell):
        return int(cell)
    if _DECIMAL.fullmatch(cell):
        return float(cell)
    return _BOOLEANS[cell] if cell in _BOOLEANS else unguarded(cell) or None

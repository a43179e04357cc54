"""Records in a CSV file whose columns are named as their fields are, read a few thousand at once.

However long the file is, no more of it is at hand. Cells of a column are mostly alike, so that a
column is read in one go where it takes no second look.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
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
# How many rows are at hand, and between two words about how far the file is read.
_STEP = 5000
# No number of so many digits is too large for a whole number of 64 bits.
_DIGITS = 18


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
            for records in _records(path, rows, entry):
                if progress:
                    progress(handle.tell(), size)
                yield from records
    except OSError as error:
        raise Rejected(f"{path} cannot be read: {error.strerror}. Nothing was written.") from error
    except UnicodeDecodeError as error:
        raise _refused(path, "it is not UTF-8 text. Save it as CSV in UTF-8") from error
    except csv.Error as error:
        words = f"near line {rows.line_num:,} it is no CSV ({error})"
        raise _refused(path, words) from error


def _records(
    path: Path, rows: Iterator[list[str]], entry: DataSetEntry
) -> Iterator[Iterable[Record]]:
    readers = list(_readers(path, next(rows, []), entry))
    first = 2
    while run := list(islice(rows, _STEP)):
        if set(map(len, run)) != {len(readers)}:
            run = list(_whole_rows(path, first, run, rows, len(readers)))
        yield _read(readers, run)
        first += _STEP


def _whole_rows(
    path: Path, first: int, run: list[list[str]], rows: Iterator[list[str]], width: int
) -> Iterator[list[str]]:
    """Those of a run, where at least one row has more or fewer cells than there are columns."""
    for number, row in enumerate(run, start=first):
        if not row:
            _refuse_more(path, number, chain(run[number - first :], rows))
        elif len(row) != width:
            words = f"row {number:,} has {len(row)} cells, and the header {width}"
            raise _refused(path, words)
        else:
            yield row


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
        kind = "" if self._field is None else self._field.kind
        self._is_text, self._is_number = name in _GIVEN or kind == "text", kind == "number"

    def column(self, cells: Sequence[str]) -> Sequence[Value]:
        """The values of a column's cells; None where one is empty."""
        together, is_full = "".join(cells), all(cells)
        if self._is_text and is_full and "'" not in together:
            return cells
        is_plain = self._is_number and is_full and together.isascii() and together.isdecimal()
        if is_plain and max(map(len, cells)) <= _DIGITS:
            return list(map(int, cells))
        known = {cell: self._value(cell) for cell in set(cells)}
        return [known[cell] for cell in cells]

    def _value(self, cell: str) -> Value:
        if not cell or self._is_text:
            return unguarded(cell) or None
        if self._field is None:
            return _plain(cell)
        try:
            return read_number(unguarded(cell), self._field.unit)
        except Unreadable:
            # As it is: the data type's own check says what is wrong, and with which record.
            return cell

    def leaves_out(self, values: Sequence[Value]) -> bool:
        """Whether records lack the field where it is empty, and it is somewhere.

        A number that its type asks for and that is empty says something: it was not reported.
        """
        is_kept = self._is_number and self._field is not None and self._field.required
        return not is_kept and None in values


def _readers(path: Path, header: list[str], entry: DataSetEntry) -> Iterator[_Reader]:
    names = [name.strip() for name in header]
    if not any(names):
        raise _refused(path, "its first row must name the fields of the records")
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise _refused(path, f"two columns are named {twice!r}")
    return (_Reader(name, entry) for name in names)


def _read(readers: Sequence[_Reader], rows: Sequence[Sequence[str]]) -> Iterator[Record]:
    pairs = zip(readers, zip(*rows, strict=True), strict=False)
    columns = {one: one.column(cells) for one, cells in pairs if one.name}
    if not columns:
        return ({} for _ in rows)
    names = [one.name for one in columns]
    records = (dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True))
    if left_out := {one.name for one, values in columns.items() if one.leaves_out(values)}:
        return (_without_empty(record, left_out) for record in records)
    return records


def _without_empty(record: Record, names: Collection[str]) -> Record:
    """A record without those of these fields that are empty."""
    return {n: value for n, value in record.items() if value is not None or n not in names}


def _plain(cell: str) -> Value:
    if _WHOLE.fullmatch(cell):
        return int(cell)
    if _DECIMAL.fullmatch(cell):
        return float(cell)
    return _BOOLEANS[cell] if cell in _BOOLEANS else unguarded(cell) or None

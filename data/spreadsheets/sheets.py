"""What a file holds: sheets of cells, each where it stands in the spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from kpi.periods import day_in_words


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell without a value: an error such as #DIV/0!, or a formula never worked out."""

    text: str


Cell = str | int | float | bool | date | datetime | time | timedelta | CellError | None
Row = list[Cell]
NOT_WORKED_OUT = CellError("a formula without a value")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows from the first on, counted from 0.

    ``filled`` are the cells (row, column) that only show the value of the cell that they are
    merged with. ``cut``: whether there were more rows than may be read.
    """

    name: str
    rows: list[Row]
    filled: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    cut: bool = False

    @property
    def width(self) -> int:
        """How many columns the longest row has."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """The cell there; None where a row is shorter."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None


@dataclass(frozen=True)
class Book:
    """A file as it was read: its kind ('csv', 'xlsx', 'xls', 'ods') and the sheets to be seen.

    ``hidden`` names the sheets that were passed over; ``notes`` are sentences on how it was read.
    """

    kind: str
    sheets: Sequence[Sheet]
    hidden: Sequence[str] = ()
    notes: Sequence[str] = ()


def column_letter(number: int) -> str:
    """'A' for column 0, 'AB' for column 27."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_blank(cell: Cell) -> bool:
    """Whether there is nothing to be seen in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def trimmed(row: Row) -> Row:
    """A row without the empty cells at its end."""
    end = len(row)
    while end and is_blank(row[end - 1]):
        end -= 1
    return row[:end]


def shown(cell: Cell) -> str:
    """A cell as it is quoted: '14 October 2013', '1472', 'abc'."""
    if isinstance(cell, datetime):
        clock = "" if cell.time() == time(0) else f" {cell:%H:%M:%S}"
        return day_in_words(cell.date()) + clock
    if isinstance(cell, date):
        return day_in_words(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, CellError):
        return cell.text
    return "" if cell is None else " ".join(str(cell).split())

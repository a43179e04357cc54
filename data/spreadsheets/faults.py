"""What is wrong with a file, by row and column as the spreadsheet shows them."""

from __future__ import annotations

from dataclasses import dataclass

from data.spreadsheets.sheets import Cell, column_letter, shown


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a cell, or with a row (``column`` is then '').

    ``row`` counts from 1; ``column`` is its letter and ``header`` what it is called; ``text`` is
    what was there.
    """

    row: int
    column: str
    header: str
    text: str
    message: str

    @property
    def place(self) -> str:
        """'row 7, column C ‘Count’'."""
        named = f" ‘{self.header}’" if self.header else ""
        return f"row {self.row:,}" + (f", column {self.column}{named}" if self.column else named)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True)
class PassedOver:
    """A row that was not read as figures: which one (from 1), what it says, and why."""

    row: int
    text: str
    why: str


def cell_fault(row: int, column: int, header: str, cell: Cell, words: str) -> CellFault:
    """A fault of a cell. row, column: from 0. words: go on from the cell, as 'is not a number'."""
    text = shown(cell)
    message = f"‘{text}’ {words}." if text else f"{words[:1].upper()}{words[1:]}."
    return CellFault(row + 1, column_letter(column), header, text, message)

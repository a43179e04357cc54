"""Where a sheet's table begins: below titles and notes, at the row that names its columns."""

from __future__ import annotations

from collections.abc import Sequence

from data.spreadsheets.moments import read_moment
from data.spreadsheets.sheets import Cell, Row, Sheet, is_blank
from data.spreadsheets.targets import Shape, plain
from data.spreadsheets.unreadable import Unreadable

# How far down a header is looked for.
LOOKED_AT = 60


def names_of(shape: Shape) -> set[str]:
    """All that a header may be called, plainly."""
    return {
        word
        for target in shape.targets
        for word in (plain(target.name), plain(target.title), *target.names)
    } | {plain(value) for values in shape.known.values() for value in values}


def header_row(sheet: Sheet, shape: Shape) -> int | None:
    """The row (from 0) that names the columns; None where none does.

    It is the one with the most names that are known. Where none has two of them, the first row
    of words that is followed by a row with a number or a date.
    """
    known = names_of(shape)
    rows = sheet.rows[:LOOKED_AT]
    scores = [_score(row, known) for row in rows]
    best = max(scores, default=0)
    if best >= 2:
        return scores.index(best)
    return next((n for n in range(len(rows)) if _names(rows[n]) and _follows(rows, n)), None)


def score(sheet: Sheet, shape: Shape) -> int:
    """How many known names the best header of a sheet has."""
    known = names_of(shape)
    return max((_score(row, known) for row in sheet.rows[:LOOKED_AT]), default=0)


def _score(row: Row, known: set[str]) -> int:
    return len({plain(cell) for cell in row if isinstance(cell, str)} & known)


def _names(row: Row) -> bool:
    """Whether a row is of two or more different words, and nothing else."""
    cells = [cell for cell in row if not is_blank(cell)]
    words = {plain(cell) for cell in cells if isinstance(cell, str) and not _is_figure(cell)}
    return len(words) >= 2 and len(words) == len(cells)


def _follows(rows: Sequence[Row], header: int) -> bool:
    below = next((row for row in rows[header + 1 :] if not all(map(is_blank, row))), [])
    return any(_is_figure(cell) for cell in below)


def _is_figure(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return cell is not None
    text = cell.strip().strip("£%").replace(",", "")
    if text.replace(".", "", 1).isdecimal():
        return True
    try:
        return read_moment(cell) is not None
    except Unreadable:
        return False

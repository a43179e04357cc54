"""Numbers as people write them in cells: 1,234 · £1,234.50 · 12% · (5) · - · n/a."""

from __future__ import annotations

import math
import re
from datetime import date, time, timedelta

from data.spreadsheets.sheets import Cell, CellError
from data.spreadsheets.unreadable import Unreadable

Number = int | float
# Cells that say 'not reported', which is not nought.
_NOT_REPORTED = re.compile(
    r"[-–—−]|\.{1,3}|n/?a|n\.a\.|n/k|none|null|tbc|no data"
    r"|not (?:applicable|available|known|reported)"
)
_PLAIN = re.compile(r"\d+(\.\d+)?|\.\d+")
_GROUPED = re.compile(r"\d{1,3}([, '’])\d{3}(\1\d{3})*(\.\d+)?")
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_SIGN = re.compile(r"^[-−–]\s*")
_FOREIGN = re.compile(r"[$€¥]")
_SPACES = str.maketrans("\u00a0\u2007\u2009\u202f", "    ")
PROPORTION = "proportion"


def read_number(cell: Cell, unit: str = "") -> Number | None:
    """The number in a cell; None where it is empty or says that nothing was reported.

    :param unit: what it is measured in; only a 'proportion' may be a percentage, 12% being 0.12.
    :raises Unreadable: when it is anything else.
    """
    if isinstance(cell, str):
        return _from_text(cell.translate(_SPACES).strip(), unit)
    if isinstance(cell, bool) or not isinstance(cell, int | float | None):
        raise Unreadable(_what_else(cell))
    if cell is None:
        return None
    if not math.isfinite(cell):
        raise Unreadable("is not a number")
    return _whole(cell)


def _what_else(cell: Cell) -> str:
    if isinstance(cell, CellError):
        formula = cell.text.startswith("a formula")
        return (
            "was not worked out by the program that wrote the file: open and save it in another"
            if formula
            else "is an error of the spreadsheet's formula"
        )
    if isinstance(cell, date):
        return "is a date, not a number"
    if isinstance(cell, time | timedelta):
        return "is a time, not a number"
    return "is not a number"


def _from_text(text: str, unit: str) -> Number | None:
    if text.isascii() and text.isdecimal():
        return int(text)
    if not text or _NOT_REPORTED.fullmatch(text.casefold()):
        return None
    if _FOREIGN.search(text):
        raise Unreadable("is not in pounds")
    if text.startswith("#"):
        raise Unreadable("is an error of the spreadsheet's formula")
    is_percentage = text.endswith("%")
    if is_percentage and unit != PROPORTION:
        raise Unreadable("is a percentage, and this column counts something")
    digits, negative = _bare(text.removesuffix("%").rstrip())
    value = _value(digits)
    if is_percentage:
        # Of 82.1% the proportion is 0.821, which 82.1 / 100 is not quite.
        value = round(value / 100, 12)
    return _whole(-value if negative else value)


def _bare(text: str) -> tuple[str, bool]:
    """The digits without pound sign, plus, minus or brackets, and whether it is below nought."""
    negative = text.startswith("(") and text.endswith(")")
    text = text[1:-1].strip() if negative else text
    text = text.removeprefix("£").lstrip()
    if _SIGN.match(text):
        negative, text = True, _SIGN.sub("", text)
    return text.removeprefix("+").removeprefix("£").strip(), negative


def _value(digits: str) -> float:
    if _PLAIN.fullmatch(digits):
        return float(digits)
    if _GROUPED.fullmatch(digits):
        return float(re.sub(r"[, '’]", "", digits))
    if _ROUNDED.fullmatch(digits):
        raise Unreadable("was rounded by the spreadsheet: show the column as a plain number")
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        raise Unreadable("is not a number: write a point for the decimals, not a comma")
    raise Unreadable("is not a number")


def _whole(value: Number) -> Number:
    """A whole number as one: 1472, not 1472.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value

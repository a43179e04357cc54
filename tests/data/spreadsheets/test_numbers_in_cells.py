"""Numbers as people write them, and what is none."""

from __future__ import annotations

from datetime import date, time

import pytest

from data.spreadsheets.numbers import read_number
from data.spreadsheets.sheets import Cell, CellError
from data.spreadsheets.unreadable import Unreadable


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234", 1234),
        ("£1,234.50", 1234.5),
        (" 5 ", 5),
        ("1\u00a0234", 1234),
        ("1 234 567", 1_234_567),
        ("+5", 5),
        ("−5", -5),
        ("(1,234)", -1234),
        ("-£5", -5),
        ("£ 5", 5),
        (".5", 0.5),
        ("007", 7),
        (1472.0, 1472),
        (0, 0),
    ],
)
def test_a_number_is_read_as_people_write_it(cell: Cell, number: float) -> None:
    found = read_number(cell)
    assert (found, type(found)) == (number, type(number))


@pytest.mark.parametrize(
    "cell", [None, "", "  ", "-", "–", "n/a", "N/A", "Not reported", "..", "none"]
)
def test_a_blank_or_a_dash_is_no_number_and_no_fault(cell: Cell) -> None:
    assert read_number(cell) is None


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("abc", "is not a number"),
        ("1,23,4", "is not a number"),
        ("5k", "is not a number"),
        ("1,5", "write a point for the decimals"),
        ("1.23E+05", "was rounded by the spreadsheet"),
        ("$5", "is not in pounds"),
        ("€5", "is not in pounds"),
        ("12%", "is a percentage"),
        ("#REF!", "is an error"),
        (CellError("#DIV/0!"), "is an error"),
        (date(2013, 10, 14), "is a date, not a number"),
        (time(12, 5), "is a time, not a number"),
        (True, "is not a number"),
        (float("nan"), "is not a number"),
    ],
)
def test_what_is_no_number_says_why(cell: Cell, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_number(cell)


def test_a_percentage_is_exactly_its_proportion() -> None:
    assert read_number("82.1%", "proportion") == 0.821
    assert read_number("0.821", "proportion") == 0.821

"""The apostrophe before what a spreadsheet would run comes and goes without a trace."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.csv_text import pieces
from data.spreadsheets.apostrophes import guarded, unguarded
from data.spreadsheets.csv_files import read_csv

_ALPHABET = st.sampled_from(" '=+-@\t\r\nab,;\"0.5é")
TEXT = st.text(_ALPHABET, max_size=8)


@pytest.mark.parametrize(
    "text", ["=1+1", "+x", "-x", "@x", "\tx", "\rx", "'=x", "''=x", "-", "=-5"]
)
def test_what_a_spreadsheet_would_run_has_one_apostrophe_more(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+44", "-0.5", "'tis", "''", "a=b", "", " =1", "0", "'5"])
def test_everything_else_is_as_it_was(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [("'=x", "=x"), ("'-5", "-5"), ("''=x", "'=x"), ("'tis", "'tis"), ("'", "'"), ("=x", "=x")],
)
def test_only_one_that_guards_is_taken_away(text: str, read: str) -> None:
    assert unguarded(text) == read


@given(TEXT)
def test_any_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "@", "\t", "\r"))


@given(st.lists(TEXT.filter(str.strip), min_size=2, max_size=4), st.integers(), st.floats(-9, 9))
def test_any_text_and_number_of_our_csv_comes_back_through_an_upload(
    texts: list[str], whole: int, part: float
) -> None:
    names = [f"column {n}" for n in range(len(texts) + 2)]
    row = dict(zip(names, [*texts, whole, part], strict=True))
    written = "".join(pieces(names, [row], size=10))
    header, cells = csv.reader(io.StringIO(written, newline=""))
    (sheet,) = read_csv(written.encode(), rows_most=10).sheets
    assert sheet.rows == [names, [*texts, str(whole), str(part)]]
    assert [header, cells[-2:]] == [names, [str(whole), str(part)]]

"""Rows as CSV: one header, lines ended by CRLF as RFC 4180 has it, a piece at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from data.spreadsheets.apostrophes import guarded


def pieces(header: Sequence[str], rows: Iterable[Mapping[str, Any]], size: int) -> Iterator[str]:
    """The header, and then so many lines at once: never all of them are held as text.

    What a row lacks or is None is empty, text that a spreadsheet would run has an apostrophe
    before it, lists are JSON.
    """
    yield _text([header])
    left = iter(rows)
    while some := list(islice(left, size)):
        yield _text([[_cell(row.get(name)) for name in header] for row in some])


def _text(lines: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue()


def _cell(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return guarded(value)
    if value is None or kind is int or kind is float:
        return value
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

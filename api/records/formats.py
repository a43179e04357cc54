"""Answers to queries, as JSON or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from json import JSONEncoder
from typing import Any

from flask import Response

from data.record_rows import RawRows
from data.record_shapes import Shape
from data.record_tallies import Row

# Rows of a CSV that are sent at once.
_CHUNK = 100
# NaN would be an error here, as it is no JSON.
_json = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def as_json(shape: Shape, warning: str | None) -> Response:
    """All rows under `data`, and the warning if there is one."""
    rows = ",".join(map(_json, shape.rows()))
    more = "" if warning is None else f',"warning":{_json(warning)}'
    return Response(f'{{"data":[{rows}]{more}}}\n', mimetype="application/json")


def as_csv(shape: Shape) -> Response:
    """All rows under a header of all keys, sorted; records as they are sent while they are read.

    What is missing or null is empty. Without rows there is no header either.
    """
    response = Response(_csv(shape), content_type="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=export.csv"
    return response


def _csv(shape: Shape) -> str | Iterator[str]:
    if isinstance(shape, RawRows):
        header = shape.header()
        return _lines(header, shape.rows()) if header else ""
    rows = list(shape.flat_rows())
    return "".join(_lines(sorted({name for row in rows for name in row}), rows)) if rows else ""


def _lines(header: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield _text([header])
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        yield _text([[_cell(row.get(name)) for name in header] for row in chunk])


def _text(rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Text as it is; anything else as JSON has it."""
    if value is None or isinstance(value, str):
        return value
    return _json(value)

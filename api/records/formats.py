"""Answers to queries, as JSON or as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from json import JSONEncoder

from flask import Response

from api import csvw
from api.csv_text import pieces
from data.record_rows import RawRows
from data.record_shapes import Shape

# Rows of a CSV that are sent at once.
_CHUNK = 100
# NaN would be an error here, as it is no JSON.
_json = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def as_json(shape: Shape, warning: str | None) -> Response:
    """All rows under `data`, and the warning if there is one."""
    rows = ",".join(map(_json, shape.rows()))
    more = "" if warning is None else f',"warning":{_json(warning)}'
    return Response(f'{{"data":[{rows}]{more}}}\n', mimetype="application/json")


def as_csv(shape: Shape, explained_at: str) -> Response:
    """All rows under a header of all keys, sorted; records as they are sent while they are read.

    What is missing or null is empty. Without rows there is no header either. explained_at: the
    address of its metadata.
    """
    response = Response(_csv(shape), content_type="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=export.csv"
    csvw.link(response, explained_at)
    return response


def _csv(shape: Shape) -> str | Iterator[str]:
    if isinstance(shape, RawRows):
        header = shape.header()
        return pieces(header, shape.rows(), _CHUNK) if header else ""
    rows = list(shape.flat_rows())
    header = sorted({name for row in rows for name in row})
    return "".join(pieces(header, rows, _CHUNK)) if rows else ""

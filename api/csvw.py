"""CSV on the Web: the metadata document beside a CSV.

https://www.w3.org/TR/tabular-metadata/
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response

from api.explanations import Asked, Explanation, ExportColumn, Kind

MEDIA_TYPE = "application/csvm+json"
Part = dict[str, Any]
_DATA_TYPES: Mapping[Kind, str | Part] = {
    "text": "string",
    "number": "number",
    "whole": "integer",
    "boolean": {"base": "boolean", "format": "true|false"},
    "day": {"base": "date", "format": "yyyy-MM-dd"},
    # As xsd:dateTime writes it, with fractions of a second where there are any.
    "moment": "dateTime",
}


def link(response: Response, address: str) -> None:
    """Say in the header of a CSV where its metadata is."""
    response.headers.add("Link", f'<{address}>; rel="describedby"; type="{MEDIA_TYPE}"')


def response(explained: Explanation) -> Response:
    """The metadata as an answer."""
    text = json.dumps(document(explained), ensure_ascii=False, allow_nan=False, indent=1)
    return Response(text + "\n", mimetype=MEDIA_TYPE)


def document(explained: Explanation) -> Part:
    """The metadata of a CSV without any column, too, which then has no header either."""
    words = " ".join((explained.description, *explained.notes))
    licence = {"dc:license": {"@id": explained.licence}} if explained.licence else {}
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": explained.address,
        "dc:title": explained.title,
        "dc:description": words,
        "dc:identifier": explained.address,
        "dc:source": {"@id": explained.source},
        "dc:publisher": {"schema:name": explained.publisher},
        **licence,
        **_modified(explained),
        "notes": [_asked(one) for one in explained.asked],
        "dialect": _dialect(has_header=bool(explained.columns)),
        "tableSchema": {"columns": _columns(explained.columns)},
    }


def _modified(explained: Explanation) -> Part:
    if explained.modified is None:
        return {}
    return {"dc:modified": {"@value": explained.modified.isoformat(), "@type": "xsd:dateTime"}}


def _asked(one: Asked) -> Part:
    return {
        "@type": "schema:PropertyValue",
        "schema:name": one.parameter,
        "schema:value": one.value,
        "schema:description": one.words,
    }


def _dialect(*, has_header: bool) -> Part:
    return {
        "encoding": "utf-8",
        "delimiter": ",",
        "quoteChar": '"',
        "doubleQuote": True,
        "lineTerminators": ["\r\n"],
        "header": has_header,
        "headerRowCount": int(has_header),
        # A line may begin with a number sign and be none.
        "commentPrefix": None,
        "skipBlankRows": False,
        "trim": False,
    }


def _columns(columns: Sequence[ExportColumn]) -> list[Part]:
    names: dict[str, None] = {}
    for column in columns:
        names[_name(column.name, names)] = None
    return [_column(column, name) for column, name in zip(columns, names, strict=True)]


def _name(header: str, taken: Mapping[str, None]) -> str:
    """A name as CSV on the Web allows it: letters, digits and underscores, none of them first."""
    plain = re.sub(r"\W+", "_", header, flags=re.ASCII).strip("_") or "column"
    name, number = plain, 1
    while name in taken:
        number += 1
        name = f"{plain}_{number}"
    return name


def _column(column: ExportColumn, name: str) -> Part:
    made: Part = {
        "name": name,
        "titles": column.name,
        "dc:description": column.help,
        "datatype": _DATA_TYPES[column.kind],
        "null": "",
        "required": column.required,
    }
    return {**made, "schema:unitText": column.unit} if column.unit else made

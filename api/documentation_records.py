"""The record API's part of docs/api.md, made of its tables and of that of the data types."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from api.markdown import block, code, table
from api.records.parameters import RECORD_PARAMETERS, RecordParameter
from api.records.routes import RECORD_ROUTES, RecordRoute
from data.datatypes import STANDARD_TYPES
from data.rules import DataType, Field

_TOKENS = {"data set": "a token of the data set", "admin": "an admin's token"}
_BODIES = {
    "records": "a list of records, or one record",
    "nothing": "`[]`",
    "fields": "an object of the fields that change",
}
_INTRODUCTION = """## Records

A data set is one type of data of one group: `/data/carers-allowance/transactions-by-channel`. Its
records are flat JSON objects, read as they were sent, or counted and collected by field and
period. A browser that asks for `/data/<group>/<type>` gets the data set's page; every other client
gets the API.

Reading needs no token. Writing needs `Authorization: Bearer <token>` and `Content-Type:
application/json`; the body may be gzip, with `Content-Encoding: gzip`. What is written is checked
whole: all of it goes in, or none of it does. Sending a record of the same `_id` again replaces it.

What is wrong with records is answered with 400 and `{"messages": [...], "faults": [...]}`: every
message, and for the first hundred the `record` (from 1), the `field` and the `message`. All other
errors are `{"status": "error", "message": "..."}`.
"""


def text() -> str:
    """The part."""
    rows = [(code(item.name), _words(item)) for item in RECORD_PARAMETERS]
    parameters = ["### Parameters of a query\n", table(("parameter", "what it does"), rows)]
    types = [_TYPES, *map(_data_type, STANDARD_TYPES)]
    return "\n".join([_INTRODUCTION, *parameters, *map(_route, RECORD_ROUTES), *types])


def _words(item: RecordParameter) -> str:
    known = item.schema.get("enum", ())
    one_of = f" One of {', '.join(known)}." if known else ""
    return f"{item.help}{one_of}{' May be repeated.' if item.repeatable else ''}"


def answers(told: Mapping[int, str]) -> str:
    """What each status means."""
    return table(("status", "what it means"), [(str(status), told[status]) for status in told])


def address(path: str) -> str:
    """An address of Flask's as people read it: /data/<group>/<type>/<_id>."""
    return re.sub(r"<\w+:(\w+)>", r"<\1>", path).replace("<key>", "<_id>")


def _route(route: RecordRoute) -> str:
    parts = [f"### `{route.method} {address(route.path)}`\n", f"{route.summary}\n"]
    if route.token:
        parts.append(f"Needs {_TOKENS[route.token]}.\n")
    if route.body:
        parts.append(f"Body: {_BODIES[route.body]}.\n")
    return "\n".join([*parts, answers(route.answers)])


_TYPES = """## Data types

What records of the standard data types have. `_timestamp` is when the period starts, or the
moment; a field that a record may leave out is marked; a number may be null, which is 'not
reported'. More fields may be sent: they are kept. Any other data type can be made and holds
records as well; no figures are made of them.
"""


def _data_type(item: DataType) -> str:
    names = ", ".join(f"`{name}`" for name in item.aliases)
    words = [f"{item.title}.", f"Also known as {names}." if names else "", item.notes]
    rows = [_field(field) for field in item.fields]
    return "\n".join(
        [
            f"### {item.slug}\n",
            " ".join(filter(None, words)) + "\n",
            table(("field", "what it is", "in", "needed"), rows),
            block(json.dumps(item.example)),
        ]
    )


def _field(field: Field) -> tuple[str, ...]:
    unit = field.unit or field.kind
    return code(field.name), field.help, unit, "yes" if field.required else "no"

"""The admin API's part of docs/api.md, made of its table of routes."""

from __future__ import annotations

from collections.abc import Sequence

from api.data_set_routes import ADMIN_ROUTES, AdminRoute, BodyField
from api.documentation_records import address, answers
from api.markdown import code, table

_INTRODUCTION = """## Data sets

Data sets are made, changed and removed with an admin's token, which
`flask --app app tokens create --admin NAME` makes and prints once. What is wrong is answered with
400 and names every field.

A `schema` is run on every record that is sent. Write its `pattern`s so that they end soon whatever
the text: one such as `^(a+)+$` can hold a worker up for minutes, and nothing stops it.
"""


def text() -> str:
    """The part."""
    return "\n".join([_INTRODUCTION, *map(_route, ADMIN_ROUTES)])


def _route(route: AdminRoute) -> str:
    parts = [f"### `{route.method} /api{address(route.path)}`\n", f"{route.summary}\n"]
    if route.fields:
        parts += ["Body: an object with these fields.\n", _fields(route.fields)]
    if route.answered:
        data = "`data` is a list, each with:\n" if route.many else "`data` has:\n"
        parts += [data, _fields(route.answered)]
    if route.told:
        parts += ["Beside it:\n" if route.answered else "The answer has:\n", _fields(route.told)]
    return "\n".join([*parts, answers(route.answers)])


def _fields(fields: Sequence[BodyField]) -> str:
    rows = [
        (code(item.name), item.help + (" It is needed." if item.required else ""))
        for item in fields
    ]
    return table(("field", "what it is"), rows)

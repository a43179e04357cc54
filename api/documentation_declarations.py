"""What is declared of services: its part of docs/api.md, made of its table of kinds and routes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from api.declaration_routes import DECLARATION_ROUTES, DeclarationRoute
from api.documentation_records import answers
from api.markdown import code, table
from data.declaration_kinds import KINDS, Kind

_INTRODUCTION = """## Declarations

What publishers say of a service beside its records. Anyone may read it; writing needs a bearer
token of an admin, or of a person who may publish for the service, which
`flask --app app tokens create --person EMAIL` makes and prints once. The commands
`flask --app app declarations put`, `remove`, `list` and `show` do the same. What is wrong is
answered with 400 and names every place and the reason. Every change moves the revision on and is
in the audit.

### `GET /api/schemas/<kind>`

The JSON Schema (2020-12) of a kind: annotation, target, kpi or dashboard.
"""


def text() -> str:
    """The part."""
    return "\n".join([_INTRODUCTION, *map(_kind, KINDS)])


def _kind(kind: Kind) -> str:
    key, body = kind.example
    routes = [route for route in DECLARATION_ROUTES if route.kind is kind]
    example = json.dumps(body, ensure_ascii=False, indent=2)
    return "\n".join(
        [
            f"### {kind.plural.capitalize()}\n",
            f"{kind.help} The key is {kind.key}.\n",
            _fields(kind.schema),
            f"Such as `{key}`:\n",
            f"```json\n{example}\n```\n",
            *map(_route, routes),
        ]
    )


def _fields(schema: Mapping[str, Any]) -> str:
    rows = [
        (code(name), part.get("description", "") + _needed(schema, name))
        for name, part in schema["properties"].items()
    ]
    return table(("field", "what it is"), rows)


def _needed(schema: Mapping[str, Any], name: str) -> str:
    return " It is needed." if name in schema.get("required", ()) else ""


def _route(route: DeclarationRoute) -> str:
    head = f"#### `{route.method} /api{route.path}`\n"
    return "\n".join([head, f"{route.summary}\n", answers(route.answers)])

"""The admin API's part of the OpenAPI document, made of its table of routes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.data_set_routes import ADMIN_ROUTES, DATA_SET_FIELDS, TOKEN_FIELDS, AdminRoute, BodyField
from api.openapi import answers
from api.openapi.examples import Example, shown
from api.openapi.record_examples import ADMIN_TOKEN, DATA_SET, MISSING, WRONG_TOKEN
from api.openapi.records import TOKENS, path_of
from api.openapi.schemas import Part, array_of, closed, schema
from api.openapi.summaries import summary

TAG = {
    "name": "Data sets",
    "description": "Make, change and remove data sets and their tokens, with an admin's token.",
}
_PARTS = {
    "group": ("The data group.", {"type": "string"}),
    "type": ("The data type.", {"type": "string"}),
    "id": ("Which token, as the data set shows it.", {"type": "integer"}),
}
_NEW = {"group": "a-new-group", "type": "help-usage"}
_FIRST_TOKEN = {**DATA_SET, "id": "1"}


def paths() -> Part:
    """The path items by address."""
    found: Part = {}
    for route in ADMIN_ROUTES:
        found.setdefault(_address(route), {})[route.method.lower()] = _operation(route)
    return found


def schemas() -> Part:
    """What the answers hold, by name."""
    data_set = _properties(DATA_SET_FIELDS)
    data_set["tokens"] = {**data_set["tokens"], "items": schema("token")}
    return {"data-set": closed(data_set), "token": closed(_properties(TOKEN_FIELDS))}


def _address(route: AdminRoute) -> str:
    return path_of(f"/api{route.path}")


def _operation(route: AdminRoute) -> Part:
    template = _address(route)
    operation: Part = {
        "operationId": f"data-sets-{route.name}",
        "tags": [TAG["name"]],
        "summary": summary(route.summary),
        "description": route.summary,
        "parameters": [_part(name) for name in re.findall(r"{(\w+)}", template)],
        "security": [{TOKENS["admin"]: []}],
        "responses": {str(status): _answer(route, status) for status in route.answers},
    }
    if route.fields:
        content = answers.json_of(_body(route.fields))
        operation["requestBody"] = {"required": True, "content": content}
    return shown(operation, template, _EXAMPLES[route.name])


def _part(name: str) -> Part:
    words, kind = _PARTS[name]
    return {"name": name, "in": "path", "required": True, "description": words, "schema": kind}


def _properties(fields: Sequence[BodyField]) -> Part:
    return {item.name: {**item.schema, "description": item.help} for item in fields}


def _body(fields: Sequence[BodyField]) -> Part:
    optional = [item.name for item in fields if not item.required]
    return closed(_properties(fields), optional)


def _answer(route: AdminRoute, status: int) -> Part:
    words = route.answers[status]
    if status >= 400:
        return answers.answer(words, answers.json_of(schema("error")))
    told = _properties(route.told)
    if not route.answered:
        return answers.answer(words, answers.json_of(closed(told)))
    row = schema("token" if route.answered == TOKEN_FIELDS else "data-set")
    data = {"data": array_of(row) if route.many else row}
    # A token is told when it is made, and when it is not one that was sent.
    return answers.answer(words, answers.json_of(closed({**data, **told}, tuple(told))))


_EXAMPLES: dict[str, tuple[Example, ...]] = {
    "list": (
        Example("All", headers=ADMIN_TOKEN),
        Example("A wrong token", headers=WRONG_TOKEN, status=401),
    ),
    "show": (
        Example("One", DATA_SET, {}, ADMIN_TOKEN),
        Example("A wrong token", DATA_SET, {}, WRONG_TOKEN, status=401),
        Example("One that is not there", MISSING, {}, ADMIN_TOKEN, status=404),
    ),
    "put": (
        Example("A new one", _NEW, {}, ADMIN_TOKEN, {"title": "Use of help"}, 201),
        Example("Another title", DATA_SET, {}, ADMIN_TOKEN, {"title": "Claims by channel"}),
        Example("A setting that is wrong", DATA_SET, {}, ADMIN_TOKEN, {"published": "soon"}, 400),
        Example("A wrong token", DATA_SET, {}, WRONG_TOKEN, {"title": "Claims"}, 401),
    ),
    "delete": (
        Example("One, with all its records", DATA_SET, {}, ADMIN_TOKEN),
        Example("A wrong token", DATA_SET, {}, WRONG_TOKEN, status=401),
        Example("One that is not there", MISSING, {}, ADMIN_TOKEN, status=404),
    ),
    "make-token": (
        Example(
            "For a scheduled job",
            DATA_SET,
            {},
            ADMIN_TOKEN,
            {"name": "weekly job", "expires_at": "2099-12-31"},
            201,
        ),
        Example("A name of nothing", DATA_SET, {}, ADMIN_TOKEN, {"name": " "}, 400),
        Example("A wrong token", DATA_SET, {}, WRONG_TOKEN, {"name": "weekly job"}, 401),
        Example("No such data set", MISSING, {}, ADMIN_TOKEN, {"name": "weekly job"}, 404),
    ),
    "revoke-token": (
        Example("One of them", _FIRST_TOKEN, {}, ADMIN_TOKEN),
        Example("A wrong token", _FIRST_TOKEN, {}, WRONG_TOKEN, status=401),
        Example("One that is not there", {**DATA_SET, "id": "999999"}, {}, ADMIN_TOKEN, status=404),
    ),
}

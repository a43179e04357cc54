"""What is declared of services: its part of the OpenAPI document, made of its table of routes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from api.declaration_routes import DECLARATION_ROUTES, SCHEMA, DeclarationRoute
from api.openapi import answers
from api.openapi.examples import Example, shown
from api.openapi.names import Names
from api.openapi.record_examples import ADMIN_TOKEN, WRONG_TOKEN
from api.openapi.records import TOKENS, path_of
from api.openapi.schemas import TEXT, Part, array_of, schema
from api.openapi.summaries import summary
from data.declaration_kinds import KINDS, NAMES, Kind
from kpi.views import LINK

TAG = {
    "name": "Declarations",
    "description": "What publishers say of a service beside its records: read by anyone, written "
    "with a token of an admin or of a person who may publish for it.",
}
_CHANGED = ({"slug": "no-such-service"}, {LINK: "changed"})
_NOT_THERE = "no-such-key"
_PARTS: Mapping[str, tuple[str, Part]] = {
    "slug": ("The service's slug.", TEXT),
    "key": ("What it is declared under.", TEXT),
    "kind": ("The kind of declaration.", {"enum": list(NAMES)}),
}


_LINK: Part = {
    "name": LINK,
    "in": "query",
    "description": "What a publisher's link has there: shows the service although it is not "
    "published.",
    "schema": TEXT,
}


def paths(names: Names) -> Part:
    """The path items by address."""
    found: Part = {}
    for route in DECLARATION_ROUTES:
        address = path_of(f"/api{route.path}")
        found.setdefault(address, {})[route.method.lower()] = _operation(route, address, names)
    return {**found, path_of(f"/api{SCHEMA}"): {"get": _schema()}}


def schemas() -> Part:
    """What is sent and answered, by name."""
    return {name: part for kind in KINDS for name, part in _of(kind).items()}


def _of(kind: Kind) -> Part:
    here = f"#/components/schemas/{kind.name}"
    whole = {name: part for name, part in kind.schema.items() if name != "$schema"}
    sent: Part = _placed(whole, here)
    told = {
        "key": {**TEXT, "description": "What it is declared under."},
        **sent.get("properties", {}),
        "updated_at": {**TEXT, "format": "date-time", "description": "When it last changed."},
    }
    answered = {
        **{name: part for name, part in sent.items() if name != "$defs"},
        "properties": told,
        "required": ["key", *sent.get("required", ()), "updated_at"],
    }
    return {kind.name: sent, f"declared-{kind.name}": answered}


def _placed(part: Any, place: str) -> Any:
    """A schema whose references lead to itself where it stands in the document."""
    if isinstance(part, list):
        return [_placed(one, place) for one in part]
    if not isinstance(part, Mapping):
        return part
    moved = {name: _placed(one, place) for name, one in part.items()}
    if str(moved.get("$ref", "")).startswith("#/$defs/"):
        moved["$ref"] = place + moved["$ref"].removeprefix("#")
    return moved


def _operation(route: DeclarationRoute, address: str, names: Names) -> Part:
    operation: Part = {
        "operationId": f"{route.kind.plural}-{route.name}",
        "tags": [TAG["name"]],
        "summary": summary(route.summary),
        "description": route.summary,
        "parameters": [
            *(_part(name) for name in re.findall(r"{(\w+)}", address)),
            *([] if route.writes else [_LINK]),
        ],
        "responses": _answers(route),
    }
    if route.writes:
        operation["security"] = [{TOKENS["admin"]: []}, {"person-token": []}]
    if route.body:
        content = answers.json_of(schema(route.kind.name))
        operation["requestBody"] = {"required": True, "content": content}
    return shown(operation, address, _examples(route, names))


def _part(name: str) -> Part:
    words, kind = _PARTS[name]
    return {"name": name, "in": "path", "required": True, "description": words, "schema": kind}


def _answers(route: DeclarationRoute) -> Part:
    found = {str(status): _answer(route, status) for status in route.answers}
    return found if route.writes else {**found, **answers.named("304-unchanged")}


def _answer(route: DeclarationRoute, status: int) -> Part:
    words = route.answers[status]
    if status >= 400:
        return answers.answer(words, answers.json_of(schema("error")))
    if route.name == "delete":
        return answers.answer(words, answers.json_of(schema("done")))
    one = schema(f"declared-{route.kind.name}")
    data = array_of(one) if route.name == "list" else one
    whole = {"type": "object", "properties": {"data": data}, "required": ["data"]}
    return answers.answer(words, answers.json_of(whole), tagged=not route.writes)


def _examples(route: DeclarationRoute, names: Names) -> list[Example]:
    key, body = route.kind.example
    whole, known = {"slug": names.service}, {"slug": names.service, "key": key}
    unknown = {"slug": "no-such-service", "key": key}
    missing = {"slug": names.service, "key": _NOT_THERE}
    if route.name == "list":
        return [
            Example("All of a service", whole),
            Example("A wrong token", whole, {}, WRONG_TOKEN, status=401),
            Example("No such service", {"slug": "no-such-service"}, status=404),
            Example("A link that was changed", *_CHANGED, status=403),
        ]
    if route.name == "show":
        return [
            Example("One", known),
            Example("A wrong token", known, {}, WRONG_TOKEN, status=401),
            Example("One that is not there", missing, status=404),
            Example("A link that was changed", unknown, _CHANGED[1], status=403),
        ]
    if route.name == "delete":
        return [
            Example("One", known, {}, ADMIN_TOKEN),
            Example("A wrong token", known, {}, WRONG_TOKEN, status=401),
            Example("One that is not there", missing, {}, ADMIN_TOKEN, status=404),
        ]
    # Another service need not have the data set that a KPI rests on.
    fresh = {"key": f"{key}-again"} if route.kind.name == "kpi" else {"slug": names.other_service}
    return _puts(known, {**known, **fresh}, unknown, body)


def _puts(known: Part, fresh: Part, unknown: Part, body: Mapping[str, Any]) -> list[Example]:
    sent = dict(body)
    return [
        Example("As it is", known, {}, ADMIN_TOKEN, sent),
        Example("One that is new", fresh, {}, ADMIN_TOKEN, sent, 201),
        Example("A field that is unknown", known, {}, ADMIN_TOKEN, {**sent, "colour": "blue"}, 400),
        Example("A wrong token", known, {}, WRONG_TOKEN, sent, 401),
        Example("No such service", unknown, {}, ADMIN_TOKEN, sent, 404),
    ]


def _schema() -> Part:
    operation: Part = {
        "operationId": "declaration-schema",
        "tags": [TAG["name"]],
        "summary": "The JSON Schema of a kind of declaration",
        "description": "The JSON Schema (2020-12) that declarations of a kind must satisfy.",
        "parameters": [_part("kind")],
        "responses": {
            "200": answers.answer("The schema.", answers.json_of({"type": "object"})),
            **answers.named("404-unknown"),
        },
    }
    found = [Example(f"Of a {name}", {"kind": name}) for name in NAMES]
    missing = Example("One that is not there", {"kind": "no-such-kind"}, status=404)
    return shown(operation, path_of(f"/api{SCHEMA}"), [*found, missing])

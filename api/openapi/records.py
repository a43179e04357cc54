"""The record API's part of the OpenAPI document, made of its tables of routes and parameters."""

from __future__ import annotations

import re

from api.openapi import answers
from api.openapi.data_types import FIELD_NAME
from api.openapi.examples import shown
from api.openapi.names import Names
from api.openapi.record_examples import examples
from api.openapi.schemas import TEXT, WHOLE, Part, array_of, closed, schema
from api.openapi.summaries import summary
from api.records.columns import OWN_COLUMNS
from api.records.headers import WARNING
from api.records.parameters import RECORD_PARAMETERS, RecordParameter
from api.records.routes import RECORD_ROUTES, RecordRoute
from data.datatypes import STANDARD_TYPES

RECORDS = {
    "name": "Records",
    "description": "What was sent, as it was sent: read by anyone, written with a token.",
}
STATUS = {"name": "Status", "description": "Whether the platform is up, and which data are late."}
TOKENS = {"data set": "data-set-token", "admin": "admin-token"}
_PARTS = {
    "group": "The data group: usually a service, such as carers-allowance.",
    "type": "The data type, such as transactions-by-channel.",
    "key": "The record's `_id`.",
    "name": "The data set's name: unless it was given one, its group and type, with underscores.",
}
# The schema of the good answer; of all others it is 'done'.
_GOOD = {"query": "records-answer", "status": "status", "data-sets-status": "data-sets-status"}
_REFUSALS = {
    ("add", 400): "refused",
    ("change", 400): "refused",
    ("remove", 400): "refused",
    ("status", 503): "unhealthy",
}


def paths(names: Names) -> Part:
    """The path items by address."""
    found: Part = {}
    for route in RECORD_ROUTES:
        found.setdefault(path_of(route.path), {})[route.method.lower()] = _operation(route, names)
    return found


def path_of(path: str) -> str:
    """An address of Flask's as OpenAPI writes it."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path)


def _operation(route: RecordRoute, names: Names) -> Part:
    template = path_of(route.path)
    operation: Part = {
        "operationId": f"records-{route.name}",
        "tags": [(STATUS if "_status" in template else RECORDS)["name"]],
        "summary": summary(route.summary),
        "description": route.summary,
        "parameters": [*map(_part, re.findall(r"{(\w+)}", template)), *_parameters(route)],
        "responses": {str(status): _answer(route, status) for status in route.answers},
    }
    if route.body:
        operation["requestBody"] = _body(route)
    if route.token:
        operation["security"] = [{TOKENS[route.token]: []}]
    if route.queried:
        # Nobody needs it, but who may write to a hidden data set reads it so.
        operation["security"] = [{}, {TOKENS["data set"]: []}]
    return shown(operation, template, examples(route.name, names))


def _part(name: str) -> Part:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": _PARTS[name],
        "schema": TEXT,
    }


def _parameters(route: RecordRoute) -> list[Part]:
    return [_parameter(item) for item in RECORD_PARAMETERS] if route.queried else []


def _parameter(item: RecordParameter) -> Part:
    given = dict(item.schema)
    return {
        "name": item.name,
        "in": "query",
        "description": item.help,
        "schema": array_of(given) if item.repeatable else given,
    }


def _body(route: RecordRoute) -> Part:
    schemas: dict[str, Part] = {
        "records": {"anyOf": [array_of(schema("record")), schema("record")]},
        "nothing": {"type": "array", "maxItems": 0},
        "fields": schema("record"),
    }
    more = {"examples": _record_examples()} if route.body == "records" else {}
    return {"required": True, "content": answers.json_of(schemas[route.body], **more)}


def _record_examples() -> Part:
    return {
        item.slug: {"summary": f"{item.slug}: {item.title}", "value": [dict(item.example)]}
        for item in STANDARD_TYPES
    }


def _answer(route: RecordRoute, status: int) -> Part:
    words = route.answers[status]
    if status == 304 or (route.method == "OPTIONS" and status == 200):
        return answers.answer(words)
    if status == 200:
        if route.name == "export":
            content = {name: told for name, told in answers.exports().items() if name != "text/csv"}
            return answers.answer(words, content, tagged=True)
        body = answers.json_of(schema(_GOOD.get(route.name, "done")))
        csv = answers.csv() if route.queried else {}
        return answers.answer(words, {**body, **csv}, tagged=route.method == "GET")
    error = schema("error")
    if own := _REFUSALS.get((route.name, status)):
        error = {"anyOf": [schema(own), error]}
    return answers.answer(words, answers.json_of(error))


def schemas() -> Part:
    """The schemas of what is answered, by name."""
    return {
        "records-answer": _records(),
        "row": _row(),
        "status": _health(),
        "unhealthy": closed(
            {
                "status": {"const": "error"},
                "message": TEXT,
                "version": TEXT,
                "database": closed({"reachable": {"const": False}}),
            }
        ),
        "data-sets-status": _lateness(),
    }


def _health() -> Part:
    database = {
        "reachable": {"const": True},
        "migrated": {"type": "boolean", "description": "Whether its tables are the newest."},
    }
    return {
        "type": "object",
        "properties": {
            "status": {"const": "ok"},
            "message": TEXT,
            "version": {**TEXT, "description": "The platform's own."},
            "revision": {**WHOLE, "description": "How often the figures have changed."},
            "last-updated": {"type": ["string", "null"], "description": "When they last did."},
            "database": closed(database),
        },
        "required": ["status", "message", "version", "revision", "last-updated", "database"],
    }


def _records() -> Part:
    warning = {"const": WARNING, "description": "There if the data set is not published."}
    rows = {"data": array_of(schema("row")), "warning": warning}
    return closed(rows, optional=("warning",))


def _row() -> Part:
    scalar: Part = {"type": ["string", "number", "boolean", "null"]}
    return {
        "type": "object",
        "description": "A record; or a count of records, with the values of what they are grouped "
        "by, the period, and what was collected as `field:method`.",
        "properties": {
            **{name: _own(name) for name in ("_count", "_group_count", "_start_at", "_end_at")},
            "values": {"description": "The periods of a group, or a field of that name."},
        },
        "propertyNames": {"pattern": FIELD_NAME[:-1] + "(:[a-z]+)?$"},
        "additionalProperties": {"anyOf": [scalar, array_of(scalar)]},
        "example": {
            "_start_at": "2013-10-14T00:00:00+00:00",
            "_end_at": "2013-10-21T00:00:00+00:00",
            "_count": 2,
            "count:sum": 5018,
        },
    }


def _own(name: str) -> Part:
    return {**OWN_COLUMNS[name].schema, "description": OWN_COLUMNS[name].help}


def _lateness() -> Part:
    late = {
        "name": TEXT,
        "seconds-out-of-date": WHOLE,
        "last-updated": TEXT,
        "max-age-expected": WHOLE,
    }
    return closed(
        {
            "status": {"enum": ["ok", "not okay"]},
            "data_sets": {"anyOf": [{"type": "null"}, array_of(closed(late))]},
            "message": TEXT,
        },
        example={"status": "ok", "data_sets": None, "message": "All data_sets are in date"},
    )

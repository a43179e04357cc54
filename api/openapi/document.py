"""The OpenAPI document: made of the tables by which the API itself works."""

from __future__ import annotations

from api.openapi import (
    answers,
    data_sets,
    data_types,
    declarations,
    embeds,
    figures,
    records,
    schemas,
)
from api.openapi.names import Names
from api.openapi.schemas import Part
from config import OPEN_GOVERNMENT_LICENCE

VERSION = "1.0.0"
PATH = "/api/openapi.json"
_INTRODUCTION = """\
Everything that the pages show can be read as JSON or CSV, by anyone, without a key. Figures are
what was reported put together: KPIs and what is behind them. Records are what was sent, as it was
sent. Writing needs a bearer token: of the data set for its records, of an admin for its settings,
of an admin or a publisher for what is declared of a service.

Each operation lists requests that show it under `x-requests`, with the status that answers them.
"""
_LICENCE = {
    "name": "Open Government Licence v3.0",
    "url": OPEN_GOVERNMENT_LICENCE,
}
_TAGS = (figures.TAG, records.RECORDS, data_sets.TAG, declarations.TAG, records.STATUS, embeds.TAG)
_ITSELF = {"name": "This document", "description": "What you are reading, for programs."}


def document(names: Names, site_name: str) -> Part:
    """The whole document. names: what the examples speak of."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site_name} API",
            "version": VERSION,
            "description": _INTRODUCTION,
            "license": _LICENCE,
        },
        "servers": [{"url": "/"}],
        "tags": [*_TAGS, _ITSELF],
        "paths": _paths(names),
        "components": {
            "securitySchemes": _tokens(),
            "schemas": _schemas(),
            "responses": answers.shared(),
        },
    }


def _paths(names: Names) -> Part:
    found = {
        **figures.paths(names),
        **records.paths(names),
        **data_sets.paths(),
        **declarations.paths(names),
        **embeds.paths(names),
        PATH: {"get": _itself()},
    }
    for operation in (operation for item in found.values() for operation in item.values()):
        for status, told in answers.named("429-too-many", "503-away").items():
            operation["responses"].setdefault(status, told)
    return found


def _schemas() -> Part:
    parts = (schemas.shared(), figures.schemas(), data_types.schemas(), records.schemas())
    others = (data_sets.schemas(), declarations.schemas(), embeds.schemas())
    return {name: part for some in (*parts, *others) for name, part in some.items()}


def _tokens() -> Part:
    whose = {
        "data-set-token": "A token of the data set. Whoever runs the platform makes it.",
        "person-token": "A token that acts for a person, made by "
        "`flask --app app tokens create --person EMAIL`.",
        "admin-token": "A token of an admin, made by `flask --app app tokens create --admin NAME`.",
    }
    return {
        name: {"type": "http", "scheme": "bearer", "description": words}
        for name, words in whose.items()
    }


def _itself() -> Part:
    body = answers.json_of({"type": "object", "required": ["openapi", "paths"]})
    return {
        "operationId": "openapi",
        "tags": [_ITSELF["name"]],
        "summary": "The OpenAPI document",
        "responses": {
            "200": answers.answer("The document.", body, tagged=True),
            **answers.named("304-unchanged"),
        },
        "x-requests": [{"summary": "As it is", "address": PATH, "status": 200}],
    }

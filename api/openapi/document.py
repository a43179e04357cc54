"""The OpenAPI document: made of the tables by which the API itself works."""

from __future__ import annotations

from api.openapi import answers, figures, schemas
from api.openapi.names import Names
from api.openapi.schemas import Part

VERSION = "1.0.0"
_INTRODUCTION = "Figures on how services perform."


def document(names: Names, site_name: str) -> Part:
    """The whole document. names: what the examples speak of."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site_name} API",
            "version": VERSION,
            "description": _INTRODUCTION,
            "license": {
                "name": "Open Government Licence v3.0",
                "url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            },
        },
        "servers": [{"url": "/"}],
        "tags": [figures.TAG],
        "paths": figures.paths(names),
        "components": {
            "schemas": {**schemas.shared(), **figures.schemas()},
            "responses": answers.shared(),
        },
    }

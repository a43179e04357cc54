"""The answers that operations of the OpenAPI document share: their bodies, headers and errors."""

from __future__ import annotations

from api import csvw, workbooks
from api.openapi.schemas import Part, schema

ETAG = {
    "description": "Names this answer. Send it back as `If-None-Match`.",
    "schema": {"type": "string"},
}


def json_of(body: Part, **more: object) -> Part:
    """The content of a JSON body."""
    return {"application/json": {"schema": body, **more}}


def csv() -> Part:
    """The content of a CSV body."""
    return {"text/csv": {"schema": {"type": "string"}}}


def exports() -> Part:
    """The content of what is taken away: CSV, what explains it, and Excel."""
    metadata: Part = {"type": "object", "required": ["@context", "url", "tableSchema"]}
    return {
        **csv(),
        csvw.MEDIA_TYPE: {"schema": metadata},
        workbooks.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}},
    }


def answer(description: str, content: Part | None = None, tagged: bool = False) -> Part:
    """One answer; tagged: whether it has an ETag."""
    made: Part = {"description": description}
    if tagged:
        made["headers"] = {"ETag": ETAG}
    return made if content is None else {**made, "content": content}


def named(*names: str) -> Part:
    """References to shared answers, by the status that their name starts with."""
    return {name.partition("-")[0]: {"$ref": f"#/components/responses/{name}"} for name in names}


def shared() -> Part:
    """The answers by name: a status, and what is meant by it."""
    error = json_of(schema("error"))
    return {
        "304-unchanged": answer("It is as it was when you got the `ETag` that you sent."),
        "400-parameter": answer("A parameter is unknown, or is not what it may be.", error),
        "403-link": answer("A `link` came that does not show this, or not any more.", error),
        "404-unknown": answer("Nothing is known by that name.", error),
        "413-workbook": answer("An Excel workbook would have more cells than one may.", error),
        "429-too-many": _later("You ask more often than one client may.", error),
        "503-away": _later("The database is away or busy, or the answer took too long.", error),
    }


def _later(description: str, content: Part) -> Part:
    """An answer that says in how many seconds to try again."""
    told = {"description": "In how many seconds to try again.", "schema": {"type": "integer"}}
    return {**answer(description, content), "headers": {"Retry-After": told}}

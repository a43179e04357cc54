"""Schemas that more than one part of the OpenAPI document names, and how they are named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Part = dict[str, Any]
TEXT: Part = {"type": "string"}
WHOLE: Part = {"type": "integer"}


def schema(name: str) -> Part:
    """A reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def array_of(items: Part) -> Part:
    """The schema of a list."""
    return {"type": "array", "items": items}


def closed(properties: Part, optional: Sequence[str] = (), **more: Any) -> Part:
    """The schema of an object that has these properties, the optional ones perhaps, and no more."""
    required = [name for name in properties if name not in optional]
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
        **more,
    }


def shared() -> Part:
    """The schemas by name."""
    return {"error": _error(), "done": _done(), "refused": _refused()}


def _error() -> Part:
    fault = closed({"field": TEXT, "message": TEXT})
    return closed(
        {
            "status": {"const": "error"},
            "message": {**TEXT, "description": "What is wrong, in words."},
            "faults": {**array_of(fault), "description": "Each field that is wrong, and why."},
            "request_id": {**TEXT, "description": "What the log of the platform knows it by."},
        },
        optional=("faults", "request_id"),
        example={"status": "error", "message": "There is nothing at /api/nothing."},
    )


def _done() -> Part:
    return closed(
        {"status": {"const": "ok"}, "message": TEXT},
        optional=("message",),
        example={"status": "ok"},
    )


def _refused() -> Part:
    wrong = "channel is missing: how the transaction was done, such as digital."
    fault = {
        "record": {**WHOLE, "description": "Which record it is, from 1."},
        "field": {**TEXT, "description": "The field; empty where it is the whole record."},
        "message": TEXT,
    }
    return closed(
        {
            "messages": {
                "anyOf": [array_of(TEXT), TEXT],
                "description": "Everything that is wrong; of one record that is not there, text.",
            },
            "faults": {**array_of(closed(fault)), "description": "Where: the first hundred."},
        },
        optional=("faults",),
        example={
            "messages": [wrong],
            "faults": [{"record": 1, "field": "channel", "message": wrong}],
        },
    )

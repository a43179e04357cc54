"""Schemas that more than one part of the OpenAPI document names, and how they are named."""

from __future__ import annotations

from typing import Any

Part = dict[str, Any]


def schema(name: str) -> Part:
    """A reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def array_of(items: Part) -> Part:
    """The schema of a list."""
    return {"type": "array", "items": items}


def closed(properties: Part, required: list[str] | None = None, **more: Any) -> Part:
    """The schema of an object that has these properties and no others; all of them by default."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
        **more,
    }


def shared() -> Part:
    """The schemas by name."""
    return {
        "error": closed(
            {
                "status": {"const": "error"},
                "message": {"type": "string", "description": "What to change, in words."},
            },
            example={"status": "error", "message": "There is nothing at /api/nothing."},
        )
    }

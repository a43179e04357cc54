"""A schema for the records of each standard data type, with its example, made of their table."""

from __future__ import annotations

from api.openapi.schemas import Part
from data.datatypes import STANDARD_TYPES
from data.record_faults import LONGEST_TEXT, MOST
from data.rules import DataType, Field
from kpi.periods import PERIODS

FIELD_NAME = "^[A-Za-z_][A-Za-z0-9_]+$"
_TIME: Part = {
    "type": "string",
    "description": "When the period starts, as ISO 8601; without a zone it is in UTC.",
}
_TIMES = ("_timestamp", "_start_at", "_end_at")
_MOMENT: Part = {**_TIME, "description": "The moment, as ISO 8601; without a zone it is in UTC."}
_ID: Part = {
    "type": "string",
    "pattern": r"^\S+$",
    "description": "What the record is known by in its data set; without it, one is made up.",
}


def schemas() -> Part:
    """The schema of each type by its slug, and of records of any type."""
    return {"record": _any_record(), **{item.slug: _record(item) for item in STANDARD_TYPES}}


def _any_record() -> Part:
    return {
        "type": "object",
        "description": "A record of any data type: one flat object.",
        "properties": {"_id": _ID, **dict.fromkeys(_TIMES, _TIME)},
        "propertyNames": {"pattern": FIELD_NAME},
        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
        "example": dict(STANDARD_TYPES[0].example),
    }


def _record(item: DataType) -> Part:
    own = {field.name: _field(field) for field in item.fields}
    required = [field.name for field in item.fields if field.required]
    return {
        "type": "object",
        "title": item.title,
        "description": _words(item),
        "properties": {"_id": _ID, "_timestamp": _MOMENT if item.instant else _TIME, **own},
        "required": ["_timestamp", *required],
        "propertyNames": {"pattern": FIELD_NAME},
        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
        "example": dict(item.example),
    }


def _words(item: DataType) -> str:
    aliases = f"Also known as {', '.join(f'`{name}`' for name in item.aliases)}."
    return " ".join(filter(None, (f"{item.title}.", aliases if item.aliases else "", item.notes)))


def _field(field: Field) -> Part:
    words = f"{field.help}; in {field.unit}" if field.unit else field.help
    if field.name == "period":
        return {"enum": list(PERIODS), "description": words}
    if field.kind == "text":
        kind = "string" if field.required else ["string", "null"]
        return {"type": kind, "minLength": 1, "maxLength": LONGEST_TEXT, "description": words}
    most = MOST if field.most is None else field.most
    words = f"{words}; null: not reported"
    return {"type": ["number", "null"], "minimum": 0, "maximum": most, "description": words}

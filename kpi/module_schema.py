"""What a dashboard's definition may be, as JSON Schema (2020-12), made from the table of types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kpi.module_types import (
    EVERY_TYPE,
    MODULE_TYPES,
    MOST_MODULES,
    MOST_NESTED,
    MOST_TABS,
    NAMES,
    ModuleType,
)

Schema = dict[str, Any]
# Which types may stand where: a section holds no section, a tab no tab, and neither of both both.
PLACES = {
    "module": NAMES,
    "module_in_section": tuple(name for name in NAMES if name != "section"),
    "module_in_tab": tuple(name for name in NAMES if name != "tab"),
    "module_inside": tuple(name for name in NAMES if name not in ("section", "tab")),
}
# What a section or a tab holds, by where it stands itself.
_HELD = {
    ("section", "module"): "module_in_section",
    ("tab", "module"): "module_in_tab",
}


def dashboard_schema() -> Schema:
    """The schema of `{"modules": [...]}`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dashboard",
        "description": "What a service's page shows, in order.",
        "type": "object",
        "required": ["modules"],
        "additionalProperties": False,
        "properties": {
            "modules": {
                **_modules("module", 1, MOST_MODULES),
                "description": "The modules, in the order of the page.",
            }
        },
        "$defs": {
            **{place: _place(place, names) for place, names in PLACES.items()},
            **{item.name: _type(item, "module") for item in MODULE_TYPES},
            **{f"{name}_inside": _type(_named(name), "inside") for name in ("section", "tab")},
        },
    }


def _named(name: str) -> ModuleType:
    return next(item for item in MODULE_TYPES if item.name == name)


def _modules(place: str, least: int, most: int) -> Schema:
    items = {"$ref": f"#/$defs/{place}"}
    return {"type": "array", "minItems": least, "maxItems": most, "items": items}


def _place(place: str, names: Iterable[str]) -> Schema:
    """A module: what its type says decides what else it may have."""
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": list(names)}},
        "allOf": [_where(name, place) for name in names],
    }


def _where(name: str, place: str) -> Schema:
    is_outer = place == "module" or name not in ("section", "tab")
    # What is no object fits every `if` that speaks of properties alone.
    named = {"type": "object", "properties": {"type": {"const": name}}, "required": ["type"]}
    return {
        "if": named,
        "then": {"$ref": f"#/$defs/{name if is_outer else f'{name}_inside'}"},
    }


def _type(item: ModuleType, place: str) -> Schema:
    """One type's properties. place: 'module' for the outermost, 'inside' in one that holds it."""
    properties = {**EVERY_TYPE, **item.own, **_held(item, place)}
    properties["type"] = {"const": item.name, "description": "What the module shows."}
    return {
        "title": item.name,
        "description": item.shows,
        "type": "object",
        "required": ["type", *item.needs],
        "additionalProperties": False,
        "properties": properties,
        **_one_source(item),
        "examples": [dict(item.example)],
    }


def _one_source(item: ModuleType) -> Schema:
    """Exactly one of a KPI and a measure, where the type takes either."""
    if len(item.sources) < 2:
        return {}
    return {"oneOf": [{"required": [name]} for name in item.sources]}


def _held(item: ModuleType, place: str) -> Schema:
    if not item.holds:
        return {}
    held = _HELD.get((item.name, place), "module_inside")
    least, most = (2, MOST_TABS) if item.name == "tab" else (1, MOST_NESTED)
    modules, words = _modules(held, least, most), "The modules below the heading."
    if item.name == "tab":
        modules["items"]["required"] = ["title"]
        words = "The tabs, each called by its title."
    return {"modules": {**modules, "description": words}}

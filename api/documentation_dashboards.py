"""Makes docs/dashboards.md from the table of module types.

``python -m api.documentation_dashboards`` writes it; a test holds that it is up to date.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from api.markdown import block, code, table
from config import ROOT
from kpi.default_dashboard import DEFAULT_BODY
from kpi.measures import MEASURES
from kpi.module_types import (
    EVERY_TYPE,
    MODULE_TYPES,
    MOST_MODULES,
    MOST_NESTED,
    MOST_TABS,
    ModuleType,
)

FILE = ROOT / "docs" / "dashboards.md"
_INTRODUCTION = f"""# Dashboards

What a service's page shows is a list of modules, in order. A service without a dashboard of its
own has the [usual one](#the-usual-dashboard); a publisher of the service can give it another. This
page is made from the table that the platform itself works by:
`python -m api.documentation_dashboards` writes it. The running platform has the same as JSON
Schema at `/api/schemas/dashboard`.

## Giving a service its dashboard

Over HTTP, with a token of an admin or of a person who may publish for the service:

    curl -X PUT -H 'Authorization: Bearer TOKEN' -H 'Content-Type: application/json' \\
      -d @dashboard.json 'http://127.0.0.1:8050/api/services/SERVICE/dashboards/dashboard'

or at the command line:

    flask --app app declarations put SERVICE dashboard dashboard dashboard.json

The file is `{{"modules": [...]}}`. A definition that is wrong changes nothing, and every place
that is wrong is named with the reason: `modules[3].type: ‘pie’ is none of the values that are
allowed: …`. To go back to the usual dashboard, remove it: `DELETE` at the same address, or
`flask --app app declarations remove SERVICE dashboard dashboard`.

At most {MOST_MODULES} modules stand on a dashboard, {MOST_NESTED} in a section, and {MOST_TABS} in
tabs. A section can stand in a tab and tabs in a section, but no section in a section and no tabs in
tabs. No two modules show the same thing, or have the same slug. Which tab is chosen is in the
page's address (`?tab=slug`).

What a module draws, its table and its CSV are answers to one question. Where a period that a
service does not report is shown, a module takes the nearest length that has figures, and says
which. A module whose figures are not there yet says so in one line.

## What every module can have
"""
_MEASURES = """## Measures

What a module can show as it was reported. The service has a data set that gives it; for anything
that has to be divided (a rate, a mean) declare a KPI of the service's own instead.
"""
_USUAL = """## The usual dashboard

What every service without one of its own has:
"""


def text() -> str:
    """The whole page."""
    types = ["## Types\n", *map(_type, MODULE_TYPES)]
    usual = [_USUAL, block(_json(DEFAULT_BODY))]
    return "\n".join(
        [_INTRODUCTION, _properties(EVERY_TYPE), *types, _MEASURES, _measures(), *usual]
    )


def write() -> None:
    """Write the page."""
    FILE.write_text(text(), encoding="utf-8")


def _json(body: Mapping[str, Any]) -> str:
    """JSON with a line for each module."""
    modules = [f"    {json.dumps(one, ensure_ascii=False)}" for one in body["modules"]]
    return '{\n  "modules": [\n' + ",\n".join(modules) + "\n  ]\n}"


def _type(item: ModuleType) -> str:
    parts = [f"### {item.name}\n", f"{item.shows}\n"]
    own: dict[str, Mapping[str, Any]] = dict(item.own)
    if item.holds:
        own["modules"] = {"description": "The modules inside it."}
    if own:
        parts.append(_properties(own, item))
    parts.append(block(json.dumps(item.example, ensure_ascii=False)))
    return "\n".join(parts)


def _properties(properties: Mapping[str, Mapping[str, Any]], item: ModuleType | None = None) -> str:
    rows = [
        (code(name), part["description"] + _needed(name, item), _may_be(name, part))
        for name, part in properties.items()
    ]
    return table(("property", "what it is", "what it may be"), rows)


def _needed(name: str, item: ModuleType | None) -> str:
    if name == "type" or (item and name in item.needs):
        return " It is needed."
    if item and len(item.sources) > 1 and name in item.sources:
        return " Give either this or the other."
    return ""


def _may_be(name: str, part: Mapping[str, Any]) -> str:
    if "enum" in part and name != "measure":
        usual = f"; usually {part['default']}" if "default" in part else ""
        return f"{', '.join(part['enum'])}{usual}"
    if name == "measure":
        whole = len(part["enum"]) == len(MEASURES)
        return "a [measure](#measures)" + ("" if whole else " that has parts")
    if "maximum" in part:
        return f"{part['minimum']} to {part['maximum']}; usually {part['default']}"
    if "maxLength" in part:
        return f"text, {part['minLength']} to {part['maxLength']} characters"
    return {"type": "one of the [types](#types)", "modules": "a list of modules"}.get(
        name, "a slug"
    )


def _measures() -> str:
    rows = [
        (code(item.slug), item.name, item.by or "", "" if item.total else "no")
        for item in MEASURES.values()
    ]
    return table(("measure", "what it is", "its parts", "has a total"), rows)


if __name__ == "__main__":
    write()

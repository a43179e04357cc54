"""What is said of dashboards is what the platform takes, with an example of every type."""

from __future__ import annotations

import json
import re

import pytest

from api.documentation_dashboards import FILE, text
from data.declaration_kinds import kind
from kpi.default_dashboard import DEFAULT_BODY
from kpi.module_schema import dashboard_schema
from kpi.module_types import EVERY_TYPE, MODULE_TYPES, ModuleType
from kpi.schema_sentences import unfit


def page() -> str:
    return FILE.read_text(encoding="utf-8")


def section(heading: str) -> str:
    _, _, rest = page().partition(f"\n{heading}\n")
    return re.split(r"\n###? ", rest)[0]


def test_the_page_is_what_the_table_says() -> None:
    assert page() == text(), "python -m api.documentation_dashboards writes it anew"


@pytest.mark.parametrize("item", MODULE_TYPES, ids=lambda item: str(item.name))
def test_every_type_is_documented_with_its_properties_and_a_sound_example(
    item: ModuleType,
) -> None:
    said = section(f"### {item.name}")
    told = re.findall(r"^\| `(\w+)` \|", said, re.MULTILINE)
    assert told == [*item.own, *(["modules"] if item.holds else [])]
    example = json.loads(re.findall(r"^    (.*)$", said, re.MULTILINE)[0])
    assert unfit(dashboard_schema(), {"modules": [example]}) == []


def test_what_every_type_can_have_is_documented() -> None:
    said = section("## What every module can have")
    assert re.findall(r"^\| `(\w+)` \|", said, re.MULTILINE) == list(EVERY_TYPE)


def test_the_usual_dashboard_is_told_as_one_could_send_it() -> None:
    lines = re.findall(r"^    (.*)$", section("## The usual dashboard"), re.MULTILINE)
    assert json.loads("\n".join(lines)) == DEFAULT_BODY


def test_the_schema_has_words_for_every_property() -> None:
    for name, part in kind("dashboard").schema["$defs"].items():
        for told in part["properties"].values():
            assert "description" in told or name.startswith("module"), name

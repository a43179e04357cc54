"""A dashboard's definition is read into modules; what is left out has its usual value."""

from __future__ import annotations

from typing import Any

import pytest

from kpi.default_dashboard import DEFAULT, DEFAULT_BODY
from kpi.measures import MEASURES
from kpi.module_rules import broken_rules
from kpi.module_schema import dashboard_schema
from kpi.module_types import MODULE_TYPES, NAMES
from kpi.modules import (
    Module,
    default_slug,
    flat,
    is_known_tab,
    known_tabs,
    on_show,
    parse_modules,
    tabs_to,
)
from kpi.schema_sentences import unfit

TABS: dict[str, Any] = {
    "modules": [
        {
            "type": "tab",
            "slug": "first",
            "modules": [
                {"type": "list", "measure": "devices", "title": "Devices"},
                {"type": "list", "measure": "errors", "title": "Errors"},
            ],
        },
        {
            "type": "tab",
            "slug": "second",
            "modules": [
                {
                    "type": "section",
                    "title": "People",
                    "modules": [{"type": "headline_figure", "measure": "visitors"}],
                },
                {"type": "headline_figure", "measure": "visits", "title": "Visits"},
            ],
        },
    ]
}


def test_the_types_are_the_fourteen_that_are_asked_for() -> None:
    assert set(NAMES) == {
        *("kpi", "single_timeseries", "grouped_timeseries", "completion_rate", "journey"),
        *("user_satisfaction", "realtime", "availability", "bar_chart_with_number", "table"),
        *("list", "headline_figure", "section", "tab"),
    }


def test_the_default_dashboard_is_a_definition_like_any_other() -> None:
    assert unfit(dashboard_schema(), DEFAULT_BODY) == []
    assert broken_rules(DEFAULT_BODY) == []
    assert [one.type for one in DEFAULT[:4]] == ["kpi"] * 4


@pytest.mark.parametrize("kind", MODULE_TYPES, ids=lambda kind: str(kind.name))
def test_the_example_of_every_type_is_sound(kind: Any) -> None:
    body = {"modules": [kind.example]}
    assert unfit(dashboard_schema(), body) == []
    assert broken_rules(body) == []


def test_what_a_definition_leaves_out_is_as_usual() -> None:
    (one,) = parse_modules({"modules": [{"type": "grouped_timeseries", "measure": "devices"}]})
    assert one == Module(
        "grouped_timeseries", "grouped-timeseries-devices", measure="devices", limit=4
    )


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ({"type": "journey"}, "journey"),
        ({"type": "kpi", "kpi": "digital-take-up"}, "kpi-digital-take-up"),
        ({"type": "list", "measure": "errors", "title": "What went wrong?"}, "what-went-wrong"),
        ({"type": "journey", "title": "2017 and before"}, "module-2017-and-before"),
        ({"type": "journey", "title": "Ελλάδα"}, "module"),
        ({"type": "journey", "title": "Service period"}, "module-service-period"),
    ],
)
def test_a_slug_that_is_not_given_is_made_of_the_title_or_of_what_is_drawn(
    body: dict[str, Any], slug: str
) -> None:
    assert default_slug(body) == slug


def test_only_the_chosen_tab_is_on_show_and_the_first_one_where_none_is_chosen() -> None:
    modules = parse_modules(TABS)
    assert [one.slug for one in on_show(modules, ())] == [
        *("first", "devices", "second", "people", "headline-figure-visitors"),
    ]
    assert [one.slug for one in on_show(modules, ("visits", "errors"))] == [
        *("first", "errors", "second", "visits"),
    ]
    assert len(list(flat(modules))) == 7


def test_one_state_of_the_tabs_has_one_address() -> None:
    modules = parse_modules(TABS)
    assert known_tabs(modules, ("visits", "errors")) == ("errors", "visits")
    assert known_tabs(modules, ("devices", "nothing")) == ()
    assert is_known_tab(modules, "visits")
    assert not is_known_tab(modules, "headline-figure-visitors")


def test_pounds_are_written_as_pounds_and_the_rest_are_numbers() -> None:
    formats = {slug: measure.as_kpi.format for slug, measure in MEASURES.items()}
    assert {slug for slug, kind in formats.items() if kind == "pounds"} == {
        "cost",
        "cost-by-channel",
    }
    assert MEASURES["journey"].as_kpi.unit == "people"


def test_the_tabs_to_choose_lead_to_a_module_however_deep_it_stands() -> None:
    body = {"type": "section", "title": "Outside", "modules": TABS["modules"]}
    modules = parse_modules({"modules": [body]})
    inside = next(one for one in flat(modules) if one.slug == "errors")
    assert tabs_to(modules, inside.slug) == ("errors",)
    assert tabs_to(modules, "outside") == ()
    assert tabs_to(modules, "nothing") == ()

"""Each thing that can be wrong with a dashboard is refused with its place and a reason."""

from __future__ import annotations

from typing import Any

import pytest

from kpi.module_rules import broken_rules
from kpi.module_schema import dashboard_schema
from kpi.schema_sentences import MOST_FAULTS, unfit

SCHEMA = dashboard_schema()
JOURNEY = {"type": "journey"}
VISITS = {"type": "single_timeseries", "measure": "visits"}
TWO = [{**JOURNEY, "title": "A"}, {**VISITS, "title": "B"}]


def section(*modules: Any) -> dict[str, Any]:
    return {"type": "section", "title": "More", "modules": list(modules)}


def tab(*modules: Any) -> dict[str, Any]:
    return {"type": "tab", "modules": list(modules)}


@pytest.mark.parametrize(
    ("modules", "place", "words"),
    [
        ([], "modules", "a list of 1 or more"),
        ([{}], "modules[0].type", "needed"),
        ([JOURNEY, {"type": "pie"}], "modules[1].type", "‘pie’ is none of the values that"),
        ([{"type": 3}], "modules[0].type", "allowed: kpi, single_timeseries, grouped_timeseries"),
        (["journey"], "modules[0]", "must be an object"),
        ([{"type": "kpi"}], "modules[0].kpi", "needed"),
        ([{"type": "kpi", "kpi": "Take up"}], "modules[0].kpi", "not written as it must be"),
        ([{**JOURNEY, "kpi": "x"}], "modules[0].kpi", "no such property in a ‘journey’"),
        ([{**JOURNEY, "title": ""}], "modules[0].title", "1 characters or more"),
        ([{**JOURNEY, "title": "x" * 101}], "modules[0].title", "100 characters at the most"),
        ([{**JOURNEY, "title": None}], "modules[0].title", "must be text"),
        ([{**JOURNEY, "slug": "No way"}], "modules[0].slug", "not written as it must be"),
        ([{**JOURNEY, "width": "third"}], "modules[0].width", "allowed: full, half"),
        ([{**JOURNEY, "when_empty": "cry"}], "modules[0].when_empty", "allowed: say, hide"),
        ([{**VISITS, "measure": "pigeons"}], "modules[0].measure", "‘pigeons’ is none"),
        ([{**VISITS, "period": "century"}], "modules[0].period", "allowed: day, week, month"),
        ([{**VISITS, "kpi": "digital-take-up"}], "modules[0]", "Give one of ‘kpi’ and ‘measure’"),
        ([{"type": "single_timeseries"}], "modules[0]", "not both and not neither"),
        ([{"type": "list", "measure": "visits"}], "modules[0].measure", "‘visits’ is none"),
        (
            [{"type": "grouped_timeseries", "measure": "devices", "limit": 5}],
            "modules[0].limit",
            "4 at the most",
        ),
        ([{"type": "list", "measure": "devices", "limit": 0}], "modules[0].limit", "1 or more"),
        ([{"type": "list", "measure": "errors", "limit": "9"}], "modules[0].limit", "whole number"),
        ([{**JOURNEY, "modules": []}], "modules[0].modules", "no such property"),
        ([section()], "modules[0].modules", "a list of 1 or more"),
        ([{"type": "section", "modules": [JOURNEY]}], "modules[0].title", "needed"),
        ([section(section(JOURNEY))], "modules[0].modules[0].type", "‘section’ is none"),
        ([tab(*TWO, {**tab(*TWO), "title": "C"})], "modules[0].modules[2].type", "‘tab’ is none"),
        (
            [section(tab(*TWO, {**section(VISITS)}))],
            "modules[0].modules[0].modules[2].type",
            "none",
        ),
        ([tab(TWO[0])], "modules[0].modules", "a list of 2 or more"),
        ([tab(JOURNEY, TWO[1])], "modules[0].modules[0].title", "needed"),
        ([JOURNEY] * 41, "modules", "a list of 40 at the most"),
    ],
)
def test_what_does_not_fit_the_schema(modules: Any, place: str, words: str) -> None:
    ((where, said),) = unfit(SCHEMA, {"modules": modules})
    assert where == place
    assert words in said


def test_a_body_without_modules_or_with_more_than_them() -> None:
    assert unfit(SCHEMA, {}) == [("modules", "This is needed, and is not there.")]
    ((where, said),) = unfit(SCHEMA, {"modules": [JOURNEY], "colour": "red"})
    assert (where, said) == (
        "colour",
        "There is no such property in a ‘Dashboard’. The properties are: modules.",
    )


def test_every_fault_is_told_up_to_a_bound() -> None:
    found = unfit(SCHEMA, {"modules": [{"type": "kpi"}, {"type": "pie"}, JOURNEY]})
    assert [where for where, _ in found] == ["modules[0].kpi", "modules[1].type"]
    assert len(unfit(SCHEMA, {"modules": [{"type": "pie"}] * 30})) == MOST_FAULTS


@pytest.mark.parametrize(
    ("modules", "place", "words"),
    [
        (
            [{**JOURNEY, "slug": "x"}, section({**VISITS, "slug": "x"})],
            "modules[1].modules[0].slug",
            "‘x’ is the slug of modules[0] already",
        ),
        (
            [{**JOURNEY, "title": "How it goes"}, {**VISITS, "slug": "how-it-goes"}],
            "modules[1].slug",
            "‘how-it-goes’ is the slug of modules[0] already",
        ),
        ([{**JOURNEY, "slug": "about-the-figures"}], "modules[0].slug", "The page itself calls"),
        (
            [JOURNEY, section({**JOURNEY, "slug": "again"})],
            "modules[1].modules[0].type",
            "has one journey at the most: modules[0] is one",
        ),
        ([VISITS, {**VISITS, "slug": "again"}], "modules[1]", "shows the same as modules[0]"),
        (
            [{"type": "single_timeseries", "measure": "journey"}],
            "modules[0].category",
            "‘journey’ has no figure of all together: say which stage to show",
        ),
        ([{**VISITS, "category": "x"}], "modules[0].category", "‘visits’ has no categories"),
        (
            [{"type": "headline_figure", "kpi": "digital-take-up", "category": "x"}],
            "modules[0].category",
            "Only a measure has categories",
        ),
    ],
)
def test_what_a_schema_cannot_say(modules: Any, place: str, words: str) -> None:
    ((where, said),) = broken_rules({"modules": modules})
    assert where == place
    assert words in said


def test_the_same_at_another_length_of_period_is_something_else() -> None:
    again = {**VISITS, "period": "week", "slug": "weekly"}
    assert broken_rules({"modules": [VISITS, again]}) == []

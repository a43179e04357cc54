"""A service's own KPIs: what a definition says, and what is wrong with one."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kpi.definitions import SLUGS, Term
from kpi.formulas import figures
from kpi.gaps import complete
from kpi.own import faults, parse
from kpi.own_schema import EXAMPLES, SCHEMA
from kpi.standard_metrics import STANDARD_METRICS
from kpi.windows import twelve_months
from tests.kpi.rows import long_frame, measurement

RATIO: dict[str, Any] = dict(EXAMPLES["calls-answered-in-a-minute"])
MEAN: dict[str, Any] = dict(EXAMPLES["length-of-calls"])
SUM: dict[str, Any] = dict(EXAMPLES["calls"])


def without(body: dict[str, Any], *names: str, **changed: Any) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names} | changed


def test_a_ratio_is_read_into_a_definition_like_the_six() -> None:
    own = parse("answered", RATIO)
    assert (own.kpi.numerator, own.kpi.denominator) == (
        Term("own:answered:n"),
        Term("own:answered:d"),
    )
    assert (own.kpi.unit, own.kpi.format, own.kpi.better, own.kpi.decimals) == (
        "proportion",
        "percentage",
        "higher",
        1,
    )
    assert own.kpi.formula == "answered_in_time divided by calls, each added up."
    assert (own.data_set, own.group, own.chart) == ("call-centre", "team", "line")


def test_formulas_say_in_words_how_it_is_worked_out() -> None:
    assert parse("a", MEAN).kpi.formula == (
        "The mean of mean_seconds where team is north, weighted by calls."
    )
    assert parse("a", SUM).kpi.formula == "The sum of calls."
    counted = without(SUM, "measure", aggregate="count", filter={"outcome": "lost"})
    assert parse("a", counted).kpi.formula == "The number of records where outcome is lost."


def test_the_longest_slug_fits_the_column_that_measures_are_kept_in() -> None:
    assert max(len(measure) for measure in parse("a" * 40, RATIO).measures) <= 50


@pytest.mark.parametrize("slug", EXAMPLES)
def test_the_examples_are_sound(slug: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert list(Draft202012Validator(SCHEMA).iter_errors(EXAMPLES[slug])) == []
    assert faults(slug, EXAMPLES[slug]) == []


@pytest.mark.parametrize("metric", STANDARD_METRICS, ids=lambda metric: metric.slug)
def test_standard_metrics_are_definitions_of_the_same_form(metric: Any) -> None:
    assert list(Draft202012Validator(SCHEMA).iter_errors(metric.body)) == []
    assert faults(metric.slug, metric.body) == []


@pytest.mark.parametrize(
    ("slug", "body", "path", "words"),
    [
        ("digital-take-up", RATIO, "key", "'digital-take-up' is a KPI of all services: call yours"),
        ("Calls!", RATIO, "key", "the KPI's slug must be 1 to 40 lower-case letters, digits and"),
        ("a" * 41, RATIO, "key", "the KPI's slug must be 1 to 40"),
        ("a", without(RATIO, "denominator"), "denominator", "denominator is missing: a numerator"),
        ("a", without(RATIO, "numerator"), "numerator", "numerator is missing: a denominator"),
        ("a", without(RATIO, "numerator", "denominator"), "", "a KPI needs a numerator and a"),
        ("a", {**RATIO, "aggregate": "sum"}, "aggregate", "aggregate does not go with a numerator"),
        ("a", without(SUM, "measure"), "measure", "measure is missing: the field to make a sum of"),
        ("a", {**SUM, "weight": "calls"}, "weight", "weight goes with a mean only, not with a sum"),
        ("a", {**RATIO, "unit": "calls"}, "unit", "unit must be 'proportion' with the format"),
        ("a", {**SUM, "unit": "pounds"}, "unit", "unit 'pounds' goes with the format pounds, not"),
        ("a", {**SUM, "chart": "bars"}, "chart", "chart can be 'bars' only for a sum or"),
        ("a", {**RATIO, "chart": "bars"}, "chart", "chart can be 'bars' only for a sum or"),
    ],
)
def test_a_wrong_definition_is_told_where_and_why(
    slug: str, body: dict[str, Any], path: str, words: str
) -> None:
    ((where, why),) = faults(slug, body)
    assert where == path
    assert why.startswith(words)


def test_an_own_kpi_is_worked_out_beside_the_six() -> None:
    frame = long_frame(
        measurement("tax", "own:answered:n", 30),
        measurement("tax", "own:answered:d", 40),
        measurement("tax", "transactions", 7),
    )
    found = figures(frame, [*SLUGS, parse("answered", RATIO).kpi])
    assert list(found["kpi"]) == ["transactions", "answered"]
    last = found.iloc[-1]
    assert (last.value, last.numerator, last.denominator, last.unit) == (0.75, 30, 40, "proportion")


def test_a_figure_of_fewer_than_the_least_base_is_suppressed() -> None:
    frame = long_frame(
        measurement("tax", "own:answered:n", 3, start_at="2017-08-01"),
        measurement("tax", "own:answered:d", 4, start_at="2017-08-01"),
        measurement("tax", "own:answered:n", 3),
        measurement("tax", "own:answered:d", 5),
    )
    found = figures(frame, [parse("answered", {**RATIO, "least_base": 5}).kpi])
    assert list(found["status"].astype(str)) == ["suppressed", "reported"]
    assert found["numerator"].isna().tolist() == [True, False]


def test_what_people_answered_is_told_of_five_at_least_and_never_as_a_sum() -> None:
    ratings = {
        **RATIO,
        "data_set": "group/customer-satisfaction",
        "numerator": {"field": "rating_1"},
        "denominator": {"field": "total"},
    }
    assert parse("a", ratings).kpi.least_base == 5
    assert parse("a", {**ratings, "least_base": 10}).kpi.least_base == 10
    ((path, words),) = faults("a", {**SUM, "data_set": "customer-satisfaction"})
    assert (path, words[:40]) == ("aggregate", "customer-satisfaction may be told as a r")


def test_twelve_months_of_an_own_mean_pool_its_sums_and_counts() -> None:
    # Eleven months of one call of 10 seconds each, and one of nine calls of 20: 290 / 20 = 14.5.
    months = [(1, 10.0)] * 11 + [(9, 180.0)]
    rows = [
        measurement("tax", measure, value, start_at=f"2017-{number:02}-01")
        for number, (calls, seconds) in enumerate(months, start=1)
        for measure, value in (("own:length:n", seconds), ("own:length:d", calls))
    ]
    window = twelve_months(figures(long_frame(*rows), [parse("length", MEAN).kpi]))
    whole = window[window["status"] == "reported"].iloc[0]
    assert (whole["kpi"], whole["value"], whole["unit"]) == ("length", 14.5, "seconds")


def test_gaps_of_an_own_kpi_are_rows_that_say_so() -> None:
    own = parse("calls", SUM).kpi
    frame = long_frame(
        measurement("tax", "own:calls:n", 5, start_at="2017-07-01"),
        measurement("tax", "own:calls:n", 6, start_at="2017-09-01"),
    )
    found = complete(figures(frame, [own]), [own, parse("other", SUM).kpi])
    told = list(zip(found["kpi"], found["start_at"].dt.month, found["status"], strict=True))
    assert told == [
        ("calls", 7, "reported"),
        ("calls", 8, "not reported"),
        ("calls", 9, "reported"),
        *(("other", month, "not reported") for month in (7, 8, 9)),
    ]
    assert set(found["unit"]) == {"calls"}

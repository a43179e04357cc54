"""Modules stand in rows, sections and tabs, and each says what its figures say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest

from kpi.dashboard import Channels, Dashboard, Latest, Ratings
from kpi.definitions import HEADLINE
from kpi.frames import no_figures
from kpi.journeys import Journey
from kpi.live import NOBODY
from kpi.measures import MEASURES
from kpi.module_figures import ModuleFigures, as_figures, by_category
from kpi.modules import Module, parse_modules
from kpi.periods import Period
from kpi.spans import ends
from kpi.standard_metrics import STANDARD_METRICS
from kpi.views import View
from layouts.dashboard_modules import BUILDERS, dashboard_modules, rows
from tests.layouts.reading import classed, prop, typed, words

NOW = datetime(2017, 10, 2, tzinfo=UTC)
METRICS = {metric.slug: metric.own.kpi for metric in STANDARD_METRICS}
MONTHS = ("2017-07-01", "2017-08-01")
# How many of each in July; as many again in August.
DEVICES = {"mobile": 600, "desktop": 300, "tablet": 70, "watch": 20, "fridge": 10}


def measured(parts: Mapping[str, float], status: str = "reported") -> pd.DataFrame:
    starts = [pd.Timestamp(month) for month in MONTHS for _ in parts]
    return pd.DataFrame(
        {
            "category": list(parts) * len(MONTHS),
            "period": "month",
            "start_at": starts,
            "value": [float(value) for value in parts.values()] * len(MONTHS),
            "status": status,
            "parts": 1,
            "expected": 1,
            "part": "month",
        }
    )


def parts_of(measure: str, parts: Mapping[str, float], status: str = "reported") -> ModuleFigures:
    frame = measured(parts, status)
    kpi = MEASURES[measure].as_kpi
    return ModuleFigures(kpi, "month", None, None, by_category(frame), as_figures(frame, ""))


def line_of(kpi: Any, *values: float) -> ModuleFigures:
    starts = pd.Series([pd.Timestamp(month) for month in MONTHS[: len(values)]])
    period = pd.Series("month", starts.index)
    frame = pd.DataFrame({"period": period, "start_at": starts, "value": list(values)})
    frame = frame.assign(status="reported", parts=1, expected=1, part="month")
    frame = frame.assign(end_at=ends(period, starts))
    last = Period("month", starts.iloc[-1].date())
    before = values[-2] if len(values) > 1 else None
    latest = Latest(kpi, "reported", values[-1], last, before=before)
    return ModuleFigures(kpi, "month", frame=frame, latest=latest)


def shown(*modules: Any, **figures: ModuleFigures) -> Dashboard:
    named = {name.replace("_", "-"): found for name, found in figures.items()}
    return Dashboard(
        service=pd.Series({"slug": "tax", "name": "Tax"}),
        view=View(),
        lines={kpi.slug: no_figures() for kpi in HEADLINE},
        latest={kpi.slug: Latest(kpi) for kpi in HEADLINE},
        cost=no_figures(),
        channels=Channels(no_figures(), {}),
        journey=Journey(),
        ratings=Ratings(),
        live=NOBODY,
        data_sets=(),
        reported=frozenset(),
        modules=parse_modules({"modules": list(modules)}),
        figures=named,
    )


def drawn(*modules: Any, **figures: ModuleFigures) -> list[Any]:
    return dashboard_modules(shown(*modules, **figures), NOW)


def of(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "slug": "it", **more}


def summary(content: list[Any]) -> str:
    return words(classed(content, "summary"))


def test_cards_stand_in_a_row_and_halves_side_by_side() -> None:
    kinds = ["kpi", "kpi", "journey", "realtime", "list", "table", "kpi"]
    halves = {"realtime", "list", "table"}
    modules = [
        Module(kind, str(place), width="half" if kind in halves else "full")
        for place, kind in enumerate(kinds)
    ]
    assert [[one.slug for one in row] for row in rows(modules)] == [
        *(["0", "1"], ["2"], ["3", "4"], ["5"], ["6"]),
    ]


def test_each_row_of_cards_has_a_name_of_its_own() -> None:
    cards = [{"type": "kpi", "kpi": kpi.slug} for kpi in HEADLINE]
    found = classed(drawn(*cards[:2], of("realtime"), *cards[2:]), "kpis")
    assert [prop(one, "aria-label") for one in found] == [
        "Key performance indicators",
        "Completion rate and Digital take-up",
    ]
    assert [len(typed(one, "Article")) for one in found] == [2, 2]


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_module_without_figures_is_one_line_or_left_out(kind: str) -> None:
    measure = {"measure": "devices"} if kind in ("list", "bar_chart_with_number") else {}
    source = {"kpi": "digital-take-up"} if kind in ("single_timeseries", "table") else measure
    if kind in ("grouped_timeseries", "headline_figure"):
        source = {"measure": "devices"}
    none = ModuleFigures(MEASURES["devices"].as_kpi, "month")
    said = drawn(of(kind, **source), it=none)
    assert len(said) == 1
    assert words(classed(said, "empty")) in ("Not reported.", "Not reported yet.")
    hidden = drawn(of(kind, **source, when_empty="hide"), it=none)
    assert [prop(one, "id") for one in hidden] in ([], ["no-figures"])


def test_a_kpi_that_is_left_out_is_named_with_the_reason() -> None:
    hidden = {"when_empty": "hide"}
    content = drawn(
        {"type": "single_timeseries", "kpi": "cost-per-transaction", **hidden},
        {"type": "completion_rate", **hidden},
        {"type": "journey", **hidden},
    )
    assert [words(one) for one in typed(content, "Li")] == [
        "Cost per transaction: not reported",
        "Completion rate: not reported",
    ]


def test_at_most_four_lines_are_drawn_and_the_rest_is_said_in_words() -> None:
    figures = parts_of("devices", DEVICES)
    content = drawn(of("grouped_timeseries", measure="devices"), it=figures)
    (chart,) = typed(content, "Graph")
    assert [trace.name for trace in prop(chart, "figure").data] == [
        "Mobile",
        "Desktop",
        "Tablet",
        "Watch",
    ]
    # 10 of the 1,000 a month.
    assert summary(content) == (
        "In August 2017: Mobile 600, Desktop 300, Tablet 70 and Watch 20. "
        "1 other device, 1% of all in this time, is not drawn."
    )
    two = drawn(of("grouped_timeseries", measure="devices", limit=2), it=figures)
    assert len(prop(typed(two, "Graph")[0], "figure").data) == 2
    assert "3 other devices, 10% of all in this time, are not drawn." in summary(two)


def test_a_line_of_a_measure_says_its_latest_figure_and_its_change() -> None:
    visits = line_of(MEASURES["visits"].as_kpi, 200.0, 230.0)
    content = drawn(of("single_timeseries", measure="visits"), it=visits)
    assert summary(content) == "230 visits in August 2017, up 15% on July."
    assert [list(trace.y) for trace in prop(typed(content, "Graph")[0], "figure").data] == [
        [200, 230]
    ]
    href = prop(typed(content, "A")[0], "href")
    assert href == (
        "/api/services/tax/measurements?measure=visits&period=month"
        "&start_at=2017-07-01&end_at=2017-09-01&format=csv"
    )


def test_the_number_above_bars_is_the_whole_of_which_they_are_parts() -> None:
    figures = parts_of("devices", {"": 1000, **DEVICES})
    content = drawn(of("bar_chart_with_number", measure="devices", limit=3), it=figures)
    assert words(typed(content, "H2")) == "More than half of all visits: Mobile"
    assert words(classed(content, "value")) == "1,000 visits"
    assert [words(one) for one in typed(content, "Li")] == [
        *("Mobile 600 60%", "Desktop 300 30%", "Tablet 70 7%"),
    ]
    widths = [prop(one, "style")["width"] for one in classed(content, "bar")]
    # From nought: half as many are half as long.
    assert widths == ["100.0%", "50.0%", "11.7%"]
    assert summary(content) == (
        "1,000 visits in August 2017; the most: Mobile, 600. 2 others, 30 together, not shown."
    )
    assert len(typed(typed(content, "Tbody"), "Tr")) == 5


def test_a_part_of_a_period_says_so_and_claims_no_finding() -> None:
    content = drawn(
        of("list", measure="devices"), it=parts_of("devices", {"mobile": 9, "watch": 1}, "partial")
    )
    assert words(typed(content, "H2")) == "Visits by device"
    assert "of which only a part is reported" in summary(content)


def test_ratings_stand_in_their_order_and_not_by_size() -> None:
    figures = parts_of("ratings", {"1": 5, "2": 1, "3": 10, "4": 30, "5": 54})
    content = drawn(of("list", measure="ratings"), it=figures)
    ordered = [words(one).split()[0] for one in typed(typed(content, "Ol"), "Li")]
    assert ordered == ["1", "2", "3", "4", "5"]


def test_a_list_is_the_largest_first_down_to_its_limit() -> None:
    figures = parts_of("devices", DEVICES)
    content = drawn(of("list", measure="devices", limit=2), it=figures)
    assert [words(one) for one in typed(typed(content, "Ol"), "Li")] == [
        "Mobile 600",
        "Desktop 300",
    ]


def test_a_table_has_its_limit_of_periods_and_says_what_the_csv_has_more() -> None:
    figures = parts_of("devices", {**DEVICES, "pager": 1, "phone box": 2})
    content = drawn(of("table", measure="devices", limit=1), it=figures)
    assert [words(one) for one in typed(typed(content, "Thead"), "Th")] == [
        *("Period", "Mobile", "Desktop", "Tablet", "Watch", "Fridge"),
    ]
    assert len(typed(typed(content, "Tbody"), "Tr")) == 1
    assert summary(content) == "The CSV has 1 earlier month and 2 smaller columns as well."


def test_a_headline_is_a_number_its_time_and_its_change() -> None:
    visits = line_of(MEASURES["errors"].as_kpi, 40.0, 30.0)
    content = drawn(of("headline_figure", measure="errors"), it=visits)
    assert words(content[0]).startswith("Errors 30 errors August 2017 better: down 25% on July")


def test_availability_and_speed_are_side_by_side() -> None:
    up = line_of(METRICS["uptime"], 0.99, 0.9995)
    load = line_of(METRICS["page-load-time"], 2.0, 1.5)
    figures = ModuleFigures(**{**vars(up), "beside": load})
    content = drawn(of("availability"), it=figures)
    cards = [words(one) for one in classed(content, "kpi")]
    assert cards[0].startswith("Uptime 99.95 % August 2017")
    assert cards[1].startswith("Page load time 1.5 seconds August 2017")
    assert summary(content) == (
        "It could be used 99.95% of the time in August 2017. "
        "Its pages took 1.5 seconds to load in August 2017, on average."
    )
    assert words(typed(content, "A")[0]).startswith("Uptime as CSV")


def test_a_section_heads_its_modules_a_level_lower() -> None:
    inside = [of("list", measure="devices"), {"type": "kpi", "kpi": "completion-rate"}]
    section = {"type": "section", "title": "Use", "description": "Who.", "modules": inside}
    content = drawn(section, it=parts_of("devices", {"mobile": 9, "watch": 9}))
    assert words(typed(content, "H2")) == "Use"
    assert [words(one) for one in typed(content, "H3")] == ["Visits by device", "Completion rate"]
    assert words(content[0]).startswith("Use Who. Visits by device")


def test_a_section_of_which_nothing_is_left_is_left_out_where_it_may() -> None:
    inside = [{"type": "journey", "when_empty": "hide"}]
    section = {"type": "section", "title": "Use", "modules": inside}
    assert words(drawn(section)) == "Use Not reported yet."
    assert drawn({**section, "when_empty": "hide"}) == []


def test_of_two_modules_with_one_heading_the_first_is_the_landmark() -> None:
    figures = parts_of("devices", {"mobile": 9, "watch": 9})
    again = {"type": "table", "measure": "devices", "slug": "again"}
    content = drawn(of("list", measure="devices"), again, it=figures, again=figures)
    assert [words(one) for one in typed(content, "H2")] == ["Visits by device"] * 2
    assert [prop(one, "aria-labelledby") for one in content] == ["it-heading", None]

"""What is read off a module's figures: the newest period, the largest parts, the nearest length."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from kpi.measures import MEASURES
from kpi.module_figures import (
    ModuleFigures,
    as_figures,
    by_category,
    days_of,
    inside,
    largest,
    lengths_to_try,
    newest,
    of_the_page,
)
from kpi.modules import Module
from kpi.periods import Period
from kpi.views import Opening, View

JULY, AUGUST = Period("month", date(2017, 7, 1)), Period("month", date(2017, 8, 1))
VIEW = View("month", ("month", "year"), (JULY, AUGUST), JULY, AUGUST)


def row(category: str, start: str, value: float, status: str = "reported") -> dict[str, Any]:
    return {
        "measure": "devices",
        "category": category,
        "period": "month",
        "start_at": pd.Timestamp(start),
        "value": value,
        "status": status,
        "parts": 1,
        "expected": 1,
        "part": "month",
    }


MEASURED = pd.DataFrame(
    [
        row("", "2017-07-01", 100),
        row("mobile", "2017-07-01", 60),
        row("desktop", "2017-07-01", 30),
        row("tablet", "2017-07-01", 10),
        row("mobile", "2017-08-01", 5, "partial"),
    ]
)


def drawn(measured: pd.DataFrame) -> ModuleFigures:
    kpi = MEASURES["devices"].as_kpi
    parts, whole = by_category(measured), as_figures(measured, "")
    return ModuleFigures(kpi, "month", frame=parts, total=whole)


def test_the_newest_period_is_the_latest_that_is_reported_whole() -> None:
    found = newest(drawn(MEASURED))
    assert found is not None
    assert (found.period, found.total, found.partial) == (JULY, 100, False)
    assert found.parts.to_dict() == {"mobile": 60, "desktop": 30, "tablet": 10}


def test_a_part_of_a_period_counts_where_nothing_better_is_there() -> None:
    found = newest(drawn(MEASURED.tail(1)))
    assert found is not None
    # The total was not reported: it is what the parts come to.
    assert (found.period, found.total, found.partial) == (AUGUST, 5, True)
    assert newest(drawn(MEASURED.head(0))) is None


def test_the_largest_parts_are_named_and_the_rest_counted() -> None:
    # 65 mobile, 30 desktop, 10 tablet: 105 in all.
    assert largest(by_category(MEASURED), 2) == (["mobile", "desktop"], 1, pytest.approx(10 / 105))
    assert largest(by_category(MEASURED), 4) == (["mobile", "desktop", "tablet"], 0, 0.0)
    assert largest(by_category(MEASURED.head(0)), 4) == ([], 0, 0.0)


def test_a_module_has_the_page_s_length_or_the_nearest_longer_one_or_a_shorter_one() -> None:
    visits = Module("single_timeseries", "visits", measure="visits")
    assert lengths_to_try(visits, VIEW) == ["month", "quarter", "year", "week", "day"]
    weekly = Module("single_timeseries", "visits", measure="visits", period="week")
    assert lengths_to_try(weekly, VIEW) == ["week"]


def test_a_length_of_its_own_is_bound_only_by_what_was_narrowed() -> None:
    narrowed = View(
        "month", ("month",), (JULY, AUGUST), AUGUST, AUGUST, opening=Opening("month", JULY, AUGUST)
    )
    assert days_of(narrowed, "month") == (date(2017, 8, 1), date(2017, 9, 1))
    assert days_of(narrowed, "year") == (date(2017, 8, 1), None)
    weeks = pd.DataFrame(
        {
            "period": "week",
            "start_at": pd.to_datetime(["2017-07-31", "2017-08-07"]),
            "end_at": pd.to_datetime(["2017-08-07", "2017-08-14"]),
        }
    )
    assert inside(weeks, narrowed, "week")["start_at"].dt.day.tolist() == [7]
    assert inside(weeks, VIEW, "week")["start_at"].dt.day.tolist() == [31, 7]


@pytest.mark.parametrize(
    ("module", "is_so"),
    [
        (Module("kpi", "a", kpi="digital-take-up"), True),
        (Module("kpi", "a", kpi="transactions"), False),
        (Module("single_timeseries", "a", kpi="digital-take-up", period="week"), False),
        (Module("grouped_timeseries", "a", measure="transactions-by-channel", limit=4), True),
        (Module("grouped_timeseries", "a", measure="transactions-by-channel", limit=2), False),
        (Module("table", "a", measure="transactions-by-channel", limit=4), False),
        (Module("journey", "a"), True),
        (Module("kpi", "a", kpi="one-of-its-own"), True),
        (Module("kpi", "a", kpi="one-of-its-own", period="week"), False),
        (Module("availability", "a"), False),
    ],
)
def test_what_the_page_has_anyway_is_not_asked_again(module: Module, is_so: bool) -> None:
    assert of_the_page(module) is is_so

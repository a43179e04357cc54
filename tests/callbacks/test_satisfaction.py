"""User satisfaction on a service's page, as an address asks for it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from dash import no_update
from dash.development.base_component import Component
from flask import Flask

from api.blueprint import blueprint
from callbacks.platform import EXTENSION, Platform
from callbacks.service import _content, looking, parse
from config import Settings
from data.entries import Record
from data.reader import Reader
from layouts.service_satisfaction import NEWEST
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import report, small_world
from tests.layouts.reading import classed, prop, typed, words

NAMES = [f"rating_{n}" for n in range(1, 6)]


def rated(start: str, *counts: int) -> Record:
    about = {"_id": start, "_timestamp": f"{start}T00:00:00Z", "period": "month"}
    return {**about, **dict(zip(NAMES, counts, strict=True))}


# 6, 7 and 8% of 1,000 answers a month are dissatisfied, then 11%; three answered in June 2017.
MONTHS = [f"{year}-{month:02}-01" for year in (2016, 2017) for month in range(1, 13)][6:17]
STEADY = [
    rated(start, 20, 40 + 10 * (place % 3), 0, 0, 940 - 10 * (place % 3))
    for place, start in enumerate(MONTHS)
]
ANSWERS = [
    *STEADY,
    rated("2017-06-01", 1, 0, 0, 0, 2),
    rated("2017-07-01", 50, 60, 90, 300, 500),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    engine = small_world(tmp_path_factory.mktemp("satisfaction"))
    for service, records in (("book-a-test", ANSWERS), ("pay-a-toll", ANSWERS[-2:-1])):
        report(engine, "customer-satisfaction", records, group=service, service=service)
    settings, made = Settings(), Flask("test")
    reader = Reader(engine, Kept())
    made.extensions[EXTENSION] = Platform(reader, settings, engine)
    made.register_blueprint(blueprint(reader, settings))
    yield made
    engine.dispose()


def page(server: Flask, slug: str = "book-a-test", **given: Any) -> list[Component]:
    with server.app_context():
        return _content(slug, **given)


def module(server: Flask, **given: Any) -> Component:
    sections = typed(page(server, **given), "Section")
    return next(one for one in sections if prop(one, "id") == "user-satisfaction")


def said(shown: Component) -> str:
    return words(classed(shown, "summary"))


def tables(shown: Component) -> list[list[list[str]]]:
    return [
        [[words(cell) for cell in typed(row, "Th") + typed(row, "Td")] for row in typed(body, "Tr")]
        for body in typed(shown, "Tbody")
    ]


def test_the_heading_says_that_more_people_are_dissatisfied_than_usual(server: Flask) -> None:
    shown = module(server)
    assert words(typed(shown, "H2")) == "More people are dissatisfied than usual"
    assert said(shown).startswith(
        "1,000 answers in July 2017; 11% dissatisfied, usually 6 to 8%. "
        "User satisfaction: 78.5% in July 2017"
    )


def test_a_suppressed_month_is_named_and_is_not_missing(server: Flask) -> None:
    shown = module(server)
    assert said(shown).endswith("Fewer than five answers in June 2017: not shown.")
    assert "No figures" not in said(shown)
    by_month = tables(shown)[-1]
    assert by_month[1] == ["June 2017", *["suppressed"] * 7]


def test_the_table_has_score_answers_and_all_five_shares_of_each_month(server: Flask) -> None:
    spread, by_month = tables(module(server))
    assert spread[0] == ["Very dissatisfied", "50", "5.0%"]
    # (60 + 2 × 90 + 3 × 300 + 4 × 500) ÷ 4 ÷ 1,000.
    assert by_month[0] == ["July 2017", "78.50%", "1,000", "5.0%", "6.0%", "9.0%", "30.0%", "50.0%"]
    assert len(by_month) == 13


def test_the_csv_has_what_the_table_has(server: Flask) -> None:
    shown = module(server)
    addresses = [prop(one, "href") for one in typed(shown, "A")]
    address = next(one for one in addresses if "measure=ratings" in one)
    answer = server.test_client().get(address).get_data(True)
    rows = list(csv.DictReader(io.StringIO(answer)))
    counts = {(row["start_at"], row["category"]): row["value"] for row in rows}
    assert counts["2017-07-01", "1"] == "50"
    assert counts["2017-06-01", "1"] == ""
    told = {row["start_at"]: row["value"] for row in rows if row["category"] == ""}
    drawn = {row[0]: row[2] for row in tables(shown)[-1]}
    assert len(told) == len(drawn)
    assert sum(float(value or 0) for value in told.values()) == sum(
        float(cell.replace(",", "")) for cell in drawn.values() if cell != "suppressed"
    )


def test_another_months_answers_are_looked_at_by_address(server: Flask) -> None:
    shown = module(server, answers="2017-05-01")
    assert words(typed(shown, "H2")) == "User satisfaction"
    # Ten of the twelve months before it are there: enough to say what is usual.
    assert said(shown).startswith("1,000 answers in May 2017; 7% dissatisfied, usually 6 to 8%.")
    assert prop(classed(shown, "likert")[0], "aria-label").startswith("Very dissatisfied 2%")
    links = [prop(one, "href") for one in typed(shown, "A")]
    assert (
        "/services/book-a-test?period=month&from=2016-07-01&to=2017-07-01&answers=2017-05-01"
        "#user-satisfaction"
    ) in links


def test_the_select_names_the_months_with_answers_that_may_be_shown(server: Flask) -> None:
    (select,) = typed(module(server, answers="2017-05-01"), "Select")
    options = [(one["value"], one["label"]) for one in prop(select, "options")]
    assert options[:2] == [(NEWEST, "July 2017"), ("2017-05-01", "May 2017")]
    assert prop(select, "value") == "2017-05-01"


def test_a_service_with_too_few_answers_alone_says_so_on_its_card(server: Flask) -> None:
    content = page(server, "pay-a-toll", period="month")
    cards = [words(one) for one in classed(content, "kpi")]
    assert "User satisfaction Suppressed: fewer than five answers" in cards
    missing = next(one for one in typed(content, "Section") if prop(one, "id") == "no-figures")
    assert "User satisfaction: suppressed, fewer than five answers in each month" in words(missing)


def test_what_is_looked_at_is_said_in_the_address_and_the_newest_is_not() -> None:
    assert looking(["2017-05-01"], "?period=month") == "?period=month&answers=2017-05-01"
    assert looking([NEWEST], "?period=month&answers=2017-05-01") == "?period=month"
    assert looking([NEWEST], "?answers=2017-05-01") == ""


def test_a_select_that_comes_with_the_page_moves_nothing() -> None:
    assert looking([NEWEST], "?period=month") is no_update
    assert looking(["2017-05-01"], "?answers=2017-05-01") is no_update
    assert looking([], "") is no_update


def test_a_day_that_is_none_is_told_of() -> None:
    wanted, notes = parse({"answers": "yesterday"})
    assert wanted.answers is None
    assert notes == ("‘yesterday’ is not a date such as 2017-09-01, so it was left out.",)

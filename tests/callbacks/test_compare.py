"""The comparison page as it answers an address, over fixtures.small_world."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from dash.development.base_component import Component
from flask import Flask, g

from api.blueprint import blueprint
from callbacks.compare import _content
from callbacks.platform import EXTENSION, Platform
from config import Settings
from data.people import PUBLISHER, Viewer
from data.reader import Reader
from tests.fixtures.hidden_world import VISA, hide_services
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import small_world
from tests.layouts.reading import classed, prop, typed, words

TAX, TEST, TOLL = "tax-a-vehicle", "book-a-test", "pay-a-toll"
OWNER = Viewer(1, "Ann", "ann@example.com", PUBLISHER, services=frozenset({VISA.slug}))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    engine = small_world(tmp_path_factory.mktemp("compare-page"))
    hide_services(engine)
    settings, made = Settings(), Flask("test")
    reader = Reader(engine, Kept())
    made.extensions[EXTENSION] = Platform(reader, settings, engine)
    made.register_blueprint(blueprint(reader, settings))
    yield made
    engine.dispose()


def page(server: Flask, /, viewer: Any = None, **given: Any) -> list[Component]:
    with server.app_context():
        g.viewer = viewer
        return _content(**given)


def names(content: list[Component]) -> list[str]:
    chosen = typed(classed(content, "chosen"), "Link")[:-1]
    return [words(link).removeprefix("Remove ") for link in chosen]


def problems(content: list[Component]) -> str:
    return words(classed(content, "problems"))


def test_an_address_names_its_services_in_order(server: Flask) -> None:
    found = page(server, service=[TEST, TAX])
    assert names(found) == ["Book a test", "Tax a vehicle"]
    assert problems(found) == ""


def test_one_service_is_named_once_in_the_address(server: Flask) -> None:
    assert names(page(server, service=TAX)) == ["Tax a vehicle"]


def test_what_is_unknown_and_what_is_hidden_are_left_out_in_the_same_words(server: Flask) -> None:
    for slug in ("never-was", VISA.slug):
        found = page(server, service=[TAX, slug])
        assert names(found) == ["Tax a vehicle"]
        assert problems(found) == f"There is no service ‘{slug}’, so it was left out."


def test_who_publishes_a_hidden_service_compares_it_with_published_ones(server: Flask) -> None:
    found = page(server, OWNER, service=[TAX, VISA.slug], period="year")
    assert names(found) == ["Tax a vehicle", "Apply for a visa"]
    # Two published services reported a cost: too few for a median, with the visa or without.
    assert "Lower cost per transaction: Tax a vehicle" in words(found)
    assert "too few to compare" in words(found)


def test_a_seventh_is_left_out_and_the_others_shown(server: Flask) -> None:
    found = page(server, service=[TAX, TEST, TOLL, "a", "b", "c", "d"])
    assert names(found) == ["Tax a vehicle", "Book a test", "Pay a toll"]
    assert problems(found).startswith("At most six services can be compared, so ‘d’ was left out.")


def test_what_cannot_be_given_of_the_time_is_said(server: Flask) -> None:
    assert problems(page(server, service=[TAX, TEST], period="month", **{"from": "soon"})) == (
        "‘soon’ is not a date such as 2017-09-01, so it was left out. "
        "Not all of these services report for each month: they are compared by year."
    )


def test_without_services_the_page_says_what_to_do_and_suggests_the_most_used(
    server: Flask,
) -> None:
    found = page(server)
    assert "No service is chosen yet." in words(found)
    assert words(typed(classed(found, "candidates"), "Link")[0]) == "Add Tax a vehicle"


def test_a_search_leads_to_links_that_add(server: Flask) -> None:
    found = page(server, service=TAX, q="toll")
    (link,) = typed(classed(found, "candidates"), "Link")
    assert prop(link, "href") == "/compare?service=tax-a-vehicle&service=pay-a-toll"
    assert "No other service matches ‘visa’." in words(page(server, service=TAX, q="visa"))


@pytest.mark.parametrize("given", [{}, {"period": "year"}, {"period": "year", "to": "2015-10-01"}])
def test_the_csv_has_the_rows_that_the_page_draws(server: Flask, given: dict[str, str]) -> None:
    found = page(server, service=[TAX], **given)
    href = prop(typed(classed(found, "buttons"), "A")[1], "href")
    answer = server.test_client().get(href)
    assert answer.status_code == 200
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    # Behind each chart its table; in the CSV a row for the one service of each of its periods.
    tables = [typed(one, "Tbody") for one in classed(found, "behind")]
    assert sum(len(typed(body, "Tr")) for body in tables) == len(rows) > 0

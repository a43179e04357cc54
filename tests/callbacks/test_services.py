"""The services page as it answers an address, over fixtures.small_world."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from dash.development.base_component import Component
from flask import Flask

from api.blueprint import blueprint
from callbacks.platform import EXTENSION, Platform
from callbacks.services import _content
from config import Settings
from data.reader import Reader
from layouts.about import EXAMPLES
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import small_world
from tests.layouts.reading import classed, prop, typed, words


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    engine = small_world(tmp_path_factory.mktemp("services-page"))
    settings, made = Settings(page_size=2), Flask("test")
    reader = Reader(engine, Kept())
    made.extensions[EXTENSION] = Platform(reader, settings, engine)
    made.register_blueprint(blueprint(reader, settings))
    yield made
    engine.dispose()


def page(server: Flask, **given: Any) -> list[Component]:
    with server.app_context():
        return _content(**given)


def names(content: list[Component]) -> list[str]:
    rows = typed(typed(content, "Tbody"), "Th")
    return [words(typed(row, "Link")) for row in rows]


def result(content: list[Component]) -> str:
    return words(typed(classed(content, "results"), "P"))


def test_an_address_filters_sorts_and_pages(server: Flask) -> None:
    found = page(server, sort_by="transactions:descending")
    assert names(found) == ["Tax a vehicle", "Pay a toll"]
    assert result(found) == "All 4 services. Showing 1 to 2."
    second = page(server, sort_by="transactions:descending", page="2")
    assert names(second) == ["Book a test", "=Report a death"]
    vehicles = page(server, agency="vehicles", range="digital-take-up:0.9:")
    assert result(vehicles) == "1 of 4 services: Vehicle Agency, digital take-up at least 90%."


def test_two_ranges_hold_together(server: Flask) -> None:
    found = page(server, range=["digital-take-up:0.5:", "transactions::500"])
    assert names(found) == ["Book a test"]


def test_what_was_not_understood_is_said_and_the_rest_shown(server: Flask) -> None:
    found = page(server, department="nowhere", sort_by="colour", category="Taxes", page="9")
    assert names(found) == ["Pay a toll", "Tax a vehicle"]
    assert words(classed(found, "problems")) == (
        "Services cannot be sorted by ‘colour’, so they are sorted by name. "
        "There is no department ‘nowhere’, so it was left out. "
        "There is no page 9: this is page 1, the last one."
    )


def test_unknown_parameters_do_no_harm(server: Flask) -> None:
    assert result(page(server, utm_source="letter")) == "All 4 services. Showing 1 to 2."


def test_the_csv_has_the_services_of_all_pages_in_the_order_of_the_page(server: Flask) -> None:
    given = {"sort_by": "transactions:descending", "range": "transactions:1:"}
    pages = [page(server, **given, page=number) for number in ("1", "2")]
    href = prop(typed(classed(pages[0], "actions"), "A")[0], "href")
    answer = server.test_client().get(href)
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    shown = [name for content in pages for name in names(content)]
    assert [row["name"] for row in rows] == shown == ["Tax a vehicle", "Pay a toll", "Book a test"]


@pytest.mark.parametrize("href", [href for href, _ in EXAMPLES])
def test_the_api_answers_each_example_of_the_about_page(server: Flask, href: str) -> None:
    assert server.test_client().get(href).status_code == 200

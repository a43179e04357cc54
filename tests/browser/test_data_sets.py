"""Finding data: search, open a data set, take exactly what is shown away, and come back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests

from tests.browser.csv_file import rows_of
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
JOURNEY = "/data/fishing-licences/journey"
TITLES = "return [...document.querySelectorAll('.catalogue h2')].map(one => one.textContent)"


def test_a_search_leads_to_a_data_set_and_back(visit: Visit, demonstration_platform: str) -> None:
    visitor = visit(demonstration_platform)
    visitor.go("/")
    visitor.follow(visitor.find("nav a[href='/data']"))
    visitor.tab_to(visitor.find("#data-sets-q"))
    with visitor.new_page():
        visitor.press("fishing stage")
    assert visitor.address == "/data?q=fishing+stage"
    assert visitor.run("return document.activeElement.id") == "data-sets-q"
    assert visitor.run(TITLES) == ["Applications for fishing rod licences: visitors at each stage"]
    visitor.follow(visitor.find(".catalogue h2 a"))
    assert visitor.address == JOURNEY
    assert visitor.text("h1") == "Applications for fishing rod licences: visitors at each stage"
    visitor.back()
    assert visitor.address == "/data?q=fishing+stage"


def test_filters_are_in_the_address_and_are_removed_by_their_link(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go("/data?type=journey&organisation=environment-agency")
    assert visitor.text("#data-sets-results") == (
        "1 of 99 data sets: Environment Agency, Visitors at each stage of the journey."
    )
    visitor.follow(visitor.find("ul.chosen a"))
    assert visitor.address == "/data?type=journey"
    words = visitor.words
    visitor.reload()
    assert visitor.words == words


def test_the_csv_of_a_table_has_its_figures(visit: Visit, demonstration_platform: str) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(JOURNEY)
    _, *shown = visitor.rows("#preview table")
    sent = rows_of(str(visitor.find("#preview a[href*='format=csv']").get_attribute("href")))
    assert len(shown) == 18
    figures = sorted((row[1], row[2], row[3].replace(",", "")) for row in shown)
    assert figures == sorted((row["stage"], row["_count"], row["count:sum"]) for row in sent)


def test_each_question_of_a_data_set_is_answered_where_its_link_leads(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(JOURNEY)
    links = visitor.find_all(".questions a")
    assert len(links) == 4
    for link in links:
        answer = requests.get(
            str(link.get_attribute("href")), headers={"Accept": "text/html"}, timeout=20
        )
        assert answer.json()["data"]


def test_a_service_leads_to_its_data(visit: Visit, demonstration_platform: str) -> None:
    visitor = visit(demonstration_platform)
    visitor.go("/services/dwp-carers-allowance-new-claims")
    visitor.follow(visitor.find("#about-the-figures a[href^='/data']"))
    assert visitor.address == "/data?service=dwp-carers-allowance-new-claims"
    assert all("Carer" in title for title in visitor.run(TITLES))

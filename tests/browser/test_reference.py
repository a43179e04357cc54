"""The API's reference: drawn from our own files, within everyone's reach, to be tried out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
DRAWN = "return document.querySelectorAll('.opblock').length > 20"
DEFINITIONS = "#operations-Figures-definitions"
WRITING = "#operations-Records-records-add"
REQUESTS = "return performance.getEntriesByType('resource').map(one => one.name)"
WIDTH = "return document.scrollingElement.scrollWidth"


def open_reference(visitor: Visitor, address: str = "/api") -> None:
    visitor.go(address)
    visitor.wait(DRAWN)


def unfold(visitor: Visitor, operation: str) -> None:
    visitor.tab_to(visitor.find(f"{operation} .opblock-summary-control"))
    visitor.press(Keys.ENTER)
    visitor.wait("return document.querySelector(arguments[0])", f"{operation} .opblock-body")


def test_it_is_accessible_fits_a_phone_and_asks_no_other_host(
    visit: Visit,
    demonstration_platform: str,
    axe: Callable[[Chrome], list[str]],
    phone: Callable[[Chrome], None],
) -> None:
    visitor = visit(demonstration_platform)
    open_reference(visitor)
    assert axe(visitor.driver) == []
    assert [one for one in visitor.run(REQUESTS) if not one.startswith(visitor.host)] == []
    phone(visitor.driver)
    open_reference(visitor)
    assert axe(visitor.driver) == []
    assert visitor.run(WIDTH) <= 320


def test_reading_is_tried_out_by_keyboard(
    visit: Visit, demonstration_platform: str, axe: Callable[[Chrome], list[str]]
) -> None:
    visitor = visit(demonstration_platform)
    open_reference(visitor)
    unfold(visitor, DEFINITIONS)
    for button in (".try-out__btn", ".execute"):
        visitor.tab_to(visitor.find(f"{DEFINITIONS} {button}"), most=300)
        visitor.press(Keys.ENTER)
    answer = f"{DEFINITIONS} .live-responses-table .response-col_description pre"
    visitor.wait("return document.querySelector(arguments[0])", answer)
    assert '"slug": "cost-per-transaction"' in visitor.text(answer)
    assert axe(visitor.driver) == []


def test_what_is_sent_has_an_example_of_every_data_type(
    visit: Visit,
    demonstration_platform: str,
    axe: Callable[[Chrome], list[str]],
    phone: Callable[[Chrome], None],
) -> None:
    visitor = visit(demonstration_platform)
    open_reference(visitor)
    unfold(visitor, WRITING)
    shown = visitor.text(f"{WRITING} .opblock-section-request-body")
    assert "customer-satisfaction: Ratings from 1" in shown
    assert axe(visitor.driver) == []
    phone(visitor.driver)
    assert visitor.run(WIDTH) <= 320


def test_coming_from_another_page_draws_it_as_well(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go("/about")
    visitor.follow(visitor.find("footer a[href='/api']"))
    visitor.wait(DRAWN)
    visitor.back()
    visitor.run("arguments[0].scrollIntoView()", visitor.find("footer"))
    visitor.follow(visitor.find("footer a[href='/api']"))
    visitor.wait(DRAWN)

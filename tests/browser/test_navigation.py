"""Getting about by keyboard: the focus follows, and a wrong address leads somewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from dash.testing.browser import Browser
from selenium.webdriver.common.keys import Keys

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
FOCUSED = "return document.activeElement === document.querySelector('main h1')"


def test_after_following_a_link_the_new_heading_has_the_focus(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go("/")
    visitor.follow(visitor.find("nav a[href='/services']"))
    assert visitor.text("h1") == "Services"
    visitor.wait(FOCUSED)
    assert visitor.driver.title == "Services - Performance Platform"
    assert visitor.run("return window.scrollY") == 0


def test_the_first_tab_skips_the_header(visit: Visit, demonstration_platform: str) -> None:
    visitor = visit(demonstration_platform)
    visitor.go("/services")
    visitor.press(Keys.TAB)
    assert visitor.driver.switch_to.active_element.text == "Skip to main content"
    visitor.press(Keys.ENTER)
    visitor.press(Keys.TAB)
    assert visitor.run("return document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/nowhere", "There is no page at this address."),
        ("/services/nothing", "There is no service 'nothing'."),
        ("/organisations/nobody", "There is no organisation 'nobody'."),
    ],
)
def test_an_unknown_address_says_so_and_leads_on(
    browser: Browser, visit: Visit, demonstration_platform: str, address: str, words: str
) -> None:
    visitor = visit(demonstration_platform)
    assert requests.get(visitor.host + address, timeout=20).status_code == 404
    visitor.go(address)
    # That the page itself came with status 404 is what the browser has to say.
    said = [entry["message"] for entry in browser.driver.get_log("browser")]
    assert len(said) == 1
    assert "status of 404" in said[0]
    assert visitor.text("h1") == "Page not found"
    assert visitor.text(".lede") == words
    visitor.follow(visitor.find("main a[href='/services']"))
    assert visitor.text("h1") == "Services"

"""A link in a real browser: a publisher makes it, a stranger uses it, until it is withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from data import people_changes
from data.deliveries import Sender, deliver
from data.entries import Delivery, ServiceEntry
from data.people import PUBLISHER, PersonEntry
from layouts.not_found import LINK_TITLE
from tests.browser.server import served
from tests.browser.visitor import Visitor
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import report as send
from tests.fixtures.small_world import small_world, summary

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
ANN, PASSWORD = "ann@example.com", "three plain words"
HIDDEN = ServiceEntry("visas", "Apply for a visa", "vehicles", published=False)
PAGE = f"/services/{HIDDEN.slug}"
SENDER = Sender("a test")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[str]:
    """A platform where Ann publishes for a service that is not published."""
    engine = small_world(tmp_path)
    deliver(engine, Delivery(services=[HIDDEN]), SENDER)
    counts = {"2015-10-01": 9015, "2016-10-01": 9016}
    years = [summary(HIDDEN.slug, "year", day, transactions=n) for day, n in counts.items()]
    send(engine, "summaries", years)
    people_changes.add(engine, PersonEntry(ANN, "Ann", PUBLISHER, services=(HIDDEN.slug,)), SENDER)
    people_changes.set_password(engine, ANN, PASSWORD, SENDER)
    engine.dispose()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_KEY", "a key")
        with served(database_url(tmp_path)) as address:
            yield address


def test_a_stranger_sees_the_service_by_a_link_until_its_publisher_withdraws_it(
    visit: Visit,
    office: str,
    axe: Callable[[Chrome], list[str]],
    console_is_empty: Callable[[Chrome], bool],
) -> None:
    visitor = visit(office)
    link = _made(visitor, axe)
    visitor.driver.delete_all_cookies()
    visitor.go(link.removeprefix(office))
    assert visitor.text("h1") == HIDDEN.name
    visitor.choose("#service-from", Keys.DOWN)
    assert "from=2016-10-01" in visitor.address
    assert link.partition("?")[2] in visitor.address
    csv = visitor.find(".buttons a[href*='format=csv']").get_attribute("href")
    assert csv is not None
    figures = requests.get(csv, timeout=20).text
    assert ("9015" in figures, "9016" in figures) == (False, True)
    assert console_is_empty(visitor.driver)
    _withdraw(visitor)
    with visitor.new_page():
        visitor.find(".crumbs a[href*='link=']").click()
    assert visitor.text("h1") == LINK_TITLE
    assert "Ask whoever sent it to you for a new one." in visitor.text("main")
    assert HIDDEN.name not in visitor.text("main")
    assert requests.get(csv, timeout=20).status_code == 403
    # The browser says itself that the page came with 403, and so does it of who is there now.
    said = visitor.driver.get_log("browser")
    assert [one for one in said if "status of 403" not in one["message"]] == []


def _made(visitor: Visitor, axe: Callable[[Chrome], list[str]]) -> str:
    """The address of the link that Ann makes by keyboard."""
    visitor.sign_in(ANN, PASSWORD, PAGE)
    visitor.follow(visitor.find(f".buttons a[href='{PAGE}/links']"))
    visitor.tab_to(visitor.find("#link-shown .form-control"))
    visitor.press("Steering group")
    visitor.tab_to(visitor.find("#link-make"))
    visitor.press(Keys.ENTER)
    visitor.wait("return Boolean(document.querySelector('#link-shown .address'))")
    assert axe(visitor.driver) == []
    return visitor.text("#link-shown .address")


def _withdraw(visitor: Visitor) -> None:
    """Ann withdraws it, in another tab."""
    open_page = visitor.driver.current_window_handle
    visitor.driver.switch_to.new_window("tab")
    visitor.sign_in(ANN, PASSWORD, f"{PAGE}/links")
    visitor.open_all()
    visitor.tab_to(visitor.find("#links button"))
    visitor.press(Keys.ENTER)
    visitor.wait("return document.querySelector('#links').textContent.includes('Withdrawn')")
    visitor.driver.delete_all_cookies()
    visitor.driver.close()
    visitor.driver.switch_to.window(open_page)

"""Signing in and out, as people do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from data import people_changes
from data.deliveries import Sender
from data.people import ADMIN, PersonEntry
from tests.api.sign_in.provider import ADA as SUBJECT
from tests.api.sign_in.provider import Provider, provider
from tests.browser.server import served
from tests.browser.visitor import Visitor
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import small_world

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
ADA, PASSWORD = "ada@example.com", "three plain words"
IS_READY = "return document.readyState === 'complete' && Boolean(document.querySelector('h1'))"


@pytest.fixture(scope="module")
def running_provider() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, running_provider: Provider) -> Iterator[str]:
    """The address of a platform that Ada may sign in to, with a password or at a provider."""
    folder = tmp_path_factory.mktemp("office")
    engine = small_world(folder)
    people_changes.add(engine, PersonEntry(ADA, "Ada Lovelace", ADMIN), Sender("a test"))
    people_changes.set_password(engine, ADA, PASSWORD, Sender("a test"))
    engine.dispose()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OIDC_ISSUER", running_provider.issuer)
        patch.setenv("OIDC_CLIENT_ID", "platform")
        patch.setenv("OIDC_CLIENT_SECRET", "a secret")
        patch.setenv("OIDC_NAME", "Example Department")
        patch.setenv("SECRET_KEY", "a key")
        with served(database_url(folder)) as address:
            yield address


@pytest.fixture(autouse=True)
def stranger(visit: Visit, office: str) -> Iterator[None]:
    """Nobody is signed in before nor after."""
    yield
    visit(office).driver.delete_all_cookies()


def open_plain(visitor: Visitor, address: str) -> None:
    """Type the address of a page without scripts, and wait for it."""
    visitor.driver.get(visitor.host + address)
    visitor.wait(IS_READY)


def test_someone_signs_in_by_keyboard_goes_about_and_signs_out(visit: Visit, office: str) -> None:
    visitor = visit(office)
    visitor.go("/services")
    sign_in = visitor.find("footer a[href='/sign-in']")
    visitor.tab_to(sign_in)
    visitor.press(Keys.ENTER)
    visitor.wait("return Boolean(document.getElementById('password'))")
    visitor.tab_to(visitor.find("#email"))
    visitor.press(ADA, Keys.TAB, PASSWORD, Keys.ENTER)
    visitor.wait("return location.pathname === '/services'")
    visitor.settle()
    assert visitor.text(".account") == "Ada Lovelace\nPublish\nSign out"
    with visitor.new_page():
        visitor.press(Keys.HOME)
        visitor.find("header a[href='/']").click()
    assert visitor.address == "/"
    assert visitor.text(".account").startswith("Ada Lovelace")
    visitor.tab_to(visitor.find(".account button"))
    visitor.run("document.querySelector('main').dataset.left = 'yes'")
    visitor.press(Keys.ENTER)
    visitor.settle()
    assert visitor.find_all(".account") == []
    assert visitor.driver.get_cookie("sign-in") is None


def test_someone_signs_in_at_their_provider(
    visit: Visit, office: str, running_provider: Provider
) -> None:
    visitor = visit(office)
    open_plain(visitor, "/sign-in?next=/about")
    visitor.find("a.btn").click()
    visitor.wait("return Boolean(document.querySelector('input[name=sub]'))")
    assert visitor.driver.current_url.startswith(running_provider.issuer)
    visitor.find("input[name=sub]").send_keys(SUBJECT + Keys.ENTER)
    visitor.wait("return location.pathname === '/about'")
    visitor.settle()
    assert visitor.text(".account").startswith("Ada Lovelace")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_page_is_accessible_and_what_is_wrong_has_the_focus(
    visit: Visit,
    office: str,
    axe: Callable[[Chrome], list[str]],
    width: str,
    request: pytest.FixtureRequest,
) -> None:
    visitor = visit(office)
    request.getfixturevalue(width)(visitor.driver)
    open_plain(visitor, "/sign-in")
    assert axe(visitor.driver) == []
    visitor.find("form button").click()
    visitor.wait("return Boolean(document.querySelector('.faults'))")
    assert visitor.driver.switch_to.active_element == visitor.find(".faults")
    assert axe(visitor.driver) == []
    assert visitor.run("return document.scrollingElement.scrollWidth <= window.innerWidth")
    visitor.press(Keys.TAB, Keys.ENTER)
    assert visitor.driver.switch_to.active_element == visitor.find("#email")
    # The browser notes the status of such an answer.
    said = [entry["message"] for entry in visitor.driver.get_log("browser")]
    assert len(said) == 1
    assert "400 (BAD REQUEST)" in said[0]


def test_pages_of_someone_signed_in_are_accessible_at_both_widths(
    visit: Visit,
    office: str,
    axe: Callable[[Chrome], list[str]],
    phone: Callable[[Chrome], None],
) -> None:
    visitor = visit(office)
    open_plain(visitor, "/sign-in?next=/about")
    visitor.find("#email").send_keys(ADA)
    visitor.find("#password").send_keys(PASSWORD + Keys.ENTER)
    visitor.settle()
    assert axe(visitor.driver) == []
    phone(visitor.driver)
    visitor.reload()
    assert axe(visitor.driver) == []
    assert visitor.run("return document.scrollingElement.scrollWidth") <= 320

"""An annotation in a real browser: added by a publisher, seen on a chart, looked at both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from data import people_changes
from data.deliveries import Sender
from data.people import PUBLISHER, PersonEntry
from tests.browser.server import served
from tests.browser.visitor import Visitor
from tests.fixtures.databases import copied_database, database_url

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
ANN, PASSWORD = "ann@example.com", "three plain words"
SERVICE = "/services/dwp-carers-allowance-new-claims"
NOTED = "#channels .annotations li"
WIDTH = "return document.scrollingElement.scrollWidth"


@pytest.fixture(scope="module")
def office(demonstration_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration, where Ann publishes for the Carer's Allowance."""
    folder = tmp_path_factory.mktemp("annotations")
    engine = copied_database(demonstration_database, folder)
    entry = PersonEntry(ANN, "Ann", PUBLISHER, services=(SERVICE.rpartition("/")[2],))
    people_changes.add(engine, entry, Sender("a test"))
    people_changes.set_password(engine, ANN, PASSWORD, Sender("a test"))
    engine.dispose()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_KEY", "a key")
        with served(database_url(folder)) as address:
            yield address


@pytest.fixture
def ann(visit: Visit, office: str) -> Iterator[Visitor]:
    """Ann, signed in, on the page of her service; signed out afterwards."""
    visitor = visit(office)
    visitor.sign_in(ANN, PASSWORD, SERVICE)
    yield visitor
    visitor.driver.delete_all_cookies()


def test_it_is_added_by_keyboard_and_seen_on_the_chart(ann: Visitor) -> None:
    before = len(ann.find_all(NOTED))
    ann.follow(ann.find(".buttons a[href$='/annotations']"))
    ann.tab_to(ann.find("#annotation-form .form-control"))
    ann.press("Shorter form", Keys.TAB, "05042016")
    ann.tab_to(ann.find("#annotation-save"))
    with ann.new_page():
        ann.press(Keys.ENTER)
    assert ann.address == SERVICE
    assert len(ann.find_all(NOTED)) == before + 1
    assert "4 May 2016: Shorter form" in ann.text("#channels .annotations")
    numbers = [dot.text for dot in ann.find_all("#channels .shapelayer text")]
    assert numbers == [str(n + 1) for n in range(before + 1)]


def test_what_is_wrong_is_said_at_its_field(ann: Visitor) -> None:
    ann.go(f"{SERVICE}/annotations")
    ann.tab_to(ann.find("#annotation-save"))
    ann.press(Keys.ENTER)
    ann.wait("return document.querySelectorAll('#annotation-form .fault').length === 2")


def test_before_and_after_by_link_with_the_weeks_in_the_address(
    visit: Visit, office: str, axe: Callable[[Chrome], list[str]], phone: Callable[[Chrome], None]
) -> None:
    visitor = visit(office)
    visitor.go(SERVICE)
    visitor.follow(visitor.find("#channels .annotations a"))
    assert visitor.address == f"{SERVICE}/annotations/new-start-page"
    assert "8 weeks on either side: " in visitor.text("main")
    visitor.choose("#annotation-count", Keys.UP)
    assert visitor.address.endswith("?count=7")
    shown = visitor.words
    visitor.reload()
    assert visitor.words == shown
    visitor.back()
    assert "8 weeks on either side: " in visitor.text("main")
    assert axe(visitor.driver) == []
    phone(visitor.driver)
    visitor.reload()
    assert visitor.run(WIDTH) <= 320
    assert axe(visitor.driver) == []

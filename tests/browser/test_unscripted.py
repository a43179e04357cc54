"""Pages in a browser that runs no scripts, at 320 pixels; and on paper."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator

import pytest
from selenium.webdriver import Chrome

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
SERVICE = "/services/dwp-carers-allowance-new-claims"


def on_paper(driver: Chrome, media: str) -> None:
    """Show the page as it is printed; '' as on a screen again."""
    still = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": still})


@pytest.fixture
def without_scripts(visit: Visit, demonstration_platform: str) -> Iterator[Visitor]:
    """A visitor whose browser runs no scripts of a page."""
    visitor = visit(demonstration_platform)
    disable = "Emulation.setScriptExecutionDisabled"
    visitor.driver.execute_cdp_cmd(disable, {"value": True})
    yield visitor
    visitor.driver.execute_cdp_cmd(disable, {"value": False})


@pytest.mark.parametrize("address", ["/", SERVICE])
def test_a_page_without_scripts_is_read_on_a_phone(
    without_scripts: Visitor, phone: Callable[[Chrome], None], address: str
) -> None:
    visitor = without_scripts
    phone(visitor.driver)
    visitor.driver.get(visitor.host + address)
    assert visitor.run("return document.scrollingElement.scrollWidth") <= 320
    assert visitor.find("main h1").is_displayed()
    assert not visitor.find("#react-entry-point").is_displayed()
    tables = visitor.find_all("main .behind table")
    assert tables
    assert all(table.is_displayed() for table in tables)
    assert visitor.find("main a[href*='format=csv']").is_displayed()


def test_a_service_is_printed_without_what_is_pressed(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(SERVICE)
    printed = visitor.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    assert 4 <= len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(printed["data"]))) <= 9
    on_paper(visitor.driver, "print")
    useless = "header.site, .buttons, .fields, .actions a, .crumbs, .way-in, .skip"
    assert not [one for one in visitor.find_all(useless) if one.is_displayed()]
    assert visitor.text(".printed").endswith(demonstration_platform + SERVICE)
    assert visitor.text(".filters").startswith("Filters: Month, ")
    on_paper(visitor.driver, "")

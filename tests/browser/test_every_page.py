"""What holds on every page, whatever its figures: reachable, readable, and from here alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver import Chrome

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]

DEMONSTRATION = (
    "/",
    "/services",
    "/organisations/department-for-transport",
    "/organisations/environment-agency",
    "/services/dwp-carers-allowance-new-claims",
    "/services/dwp-carers-allowance-new-claims?period=week&channel=digital",
    "/services/hmrc-business-rates-appeal",
    "/services/dft-book-practical-driving-test",
    "/services/dft-book-practical-driving-test?tab=browsers-by-month",
    "/compare",
    "/compare?service=dwp-carers-allowance-new-claims&service=dft-tax-a-vehicle"
    "&service=hmrc-business-rates-appeal",
    "/data",
    "/data?q=licence&type=journey",
    "/data/fishing-licences/transactions-by-channel",
    "/about",
    "/sending-data",
    "/embed/services/dwp-carers-allowance-new-claims/channels?controls=1",
)
PUBLISHED = (
    "/",
    "/?period=nonsense",
    "/services?range=digital-take-up:0.8:1&sort_by=transactions:descending",
    "/services?q=nothing-is-called-this",
    "/organisations/home-office",
    "/services/dft-tax-a-vehicle",
    "/compare?service=dft-tax-a-vehicle&service=home-office-passport-applications&period=year",
    "/data",
    "/data/transactional-services/summaries",
)
PAGES = [
    *(("demonstration_platform", address) for address in DEMONSTRATION),
    *(("published_platform", address) for address in PUBLISHED),
]
REQUESTS = "return performance.getEntriesByType('resource').map(one => one.name)"
WIDER = """
return [...document.querySelectorAll('main *')].filter(one =>
    one.getBoundingClientRect().right > window.innerWidth + 1 && !one.closest('.table-region')
).map(one => one.outerHTML.slice(0, 100));
"""


@pytest.mark.parametrize(("platform", "address"), PAGES)
def test_a_page_is_accessible_fits_a_phone_and_asks_no_other_host(
    *,
    visit: Visit,
    platform: str,
    address: str,
    axe: Callable[[Chrome], list[str]],
    phone: Callable[[Chrome], None],
    request: pytest.FixtureRequest,
) -> None:
    visitor = visit(request.getfixturevalue(platform))
    visitor.go(address)
    visitor.open_all()
    assert axe(visitor.driver) == []
    assert [one for one in visitor.run(REQUESTS) if not one.startswith(visitor.host)] == []
    phone(visitor.driver)
    visitor.go(address)
    visitor.open_all()
    assert axe(visitor.driver) == []
    assert visitor.run("return document.scrollingElement.scrollWidth") <= 320, visitor.run(WIDER)


@pytest.mark.parametrize("address", ["/", "/services", "/services/dft-tax-a-vehicle", "/about"])
def test_every_page_says_that_it_is_demonstration_data(
    visit: Visit, demonstration_platform: str, address: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(address)
    assert visitor.text(".notice").startswith("Demonstration data.")


def test_no_page_speaks_of_a_demonstration_once_real_figures_are_loaded(
    visit: Visit, published_platform: str
) -> None:
    visitor = visit(published_platform)
    visitor.go("/")
    assert visitor.find_all(".notice") == []


def test_a_page_loads_no_script_that_it_does_not_need(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go("/services")
    scripts = [one for one in visitor.run(REQUESTS) if ".js" in one]
    unneeded = ("dash_table", "polyfill", "plotly")
    assert scripts
    assert [one for one in scripts if any(name in one for name in unneeded)] == []

"""Finding services: filter, sort, turn the page, send the address on, take the CSV away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.csv_file import rows_of
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
TABLE = "table.services"
CSV = "main a[href*='format=csv']"
# Name, and the figures without their periods, of each row.
SHOWN = """
return [...document.querySelectorAll('table.services tbody tr')].map(row =>
    [row.querySelector('th a').textContent,
     ...[...row.querySelectorAll('td')].map(
         cell => cell.querySelector('.amount, .empty').textContent)]);
"""
KPIS = (
    "transactions",
    "cost-per-transaction",
    "user-satisfaction",
    "completion-rate",
    "digital-take-up",
)


def shown_on_every_page(visitor: Visitor) -> list[list[str]]:
    """Rows of this page and of all that 'Next' leads to."""
    rows: list[list[str]] = visitor.run(SHOWN)
    while following := visitor.find_all("nav.pages li:last-child a"):
        visitor.follow(following[0])
        if not visitor.text("nav.pages li:last-child").startswith("Next"):
            return rows + visitor.run(SHOWN)
        rows += visitor.run(SHOWN)
    return rows


def said(row: dict[str, str], kpi: str) -> str:
    """A figure of the CSV as tables say it."""
    if not row[kpi]:
        return "not reported"
    value = float(row[kpi])
    if kpi == "transactions":
        return f"{value:,.0f}"
    if kpi == "cost-per-transaction":
        return f"£{value:,.{4 if value < 0.1 else 2}f}"
    return f"{value * 100:,.2f}%"


def test_filters_order_and_page_are_in_the_address(visit: Visit, published_platform: str) -> None:
    visitor = visit(published_platform)
    visitor.go("/services?department=department-for-transport")
    assert visitor.text("#services-results") == (
        "74 of 734 services: Department for Transport. Showing 1 to 25."
    )
    visitor.fill("#services-least", "50")
    visitor.follow(visitor.find("#services-sort-transactions a"))
    visitor.follow(visitor.find("nav.pages a"))
    assert visitor.address == (
        "/services?department=department-for-transport&range=digital-take-up:0.5:"
        "&sort_by=transactions:descending&page=2"
    )
    words = visitor.words
    visitor.driver.delete_all_cookies()
    visitor.go(visitor.address)
    assert visitor.words == words
    for _ in range(3):
        visitor.back()
    assert visitor.address == "/services?department=department-for-transport"


def test_the_csv_is_what_the_filters_leave_on_all_pages(
    visit: Visit, published_platform: str
) -> None:
    visitor = visit(published_platform)
    visitor.go(
        "/services?department=department-for-transport&range=digital-take-up:0.5:"
        "&sort_by=transactions:descending"
    )
    sent = rows_of(str(visitor.find(CSV).get_attribute("href")))
    shown = shown_on_every_page(visitor)
    assert len(shown) > 25
    assert shown == [[row["name"], *(said(row, kpi) for kpi in KPIS)] for row in sent]


def test_a_search_keeps_the_focus_while_the_table_follows(
    visit: Visit, published_platform: str
) -> None:
    visitor = visit(published_platform)
    visitor.go("/services")
    visitor.tab_to(visitor.find("#services-q"))
    with visitor.new_page():
        visitor.press("theory test")
    assert visitor.address == "/services?q=theory+test"
    assert visitor.run("return document.activeElement.id") == "services-q"
    names = [row[0] for row in visitor.run(SHOWN)]
    assert names
    assert all("theory" in name.lower() for name in names)


def test_a_filter_is_removed_by_its_link(visit: Visit, published_platform: str) -> None:
    visitor = visit(published_platform)
    visitor.go("/services?q=passport&range=digital-take-up:0.8:1")
    visitor.follow(visitor.find("ul.chosen a"))
    assert visitor.address == "/services?range=digital-take-up:0.8:1"


def test_a_department_is_chosen_with_the_arrow_keys(visit: Visit, published_platform: str) -> None:
    visitor = visit(published_platform)
    visitor.go("/services")
    visitor.choose("#services-department", Keys.ARROW_DOWN)
    assert visitor.address == "/services?department=attorney-generals-office"
    assert visitor.run("return document.activeElement.id") == "services-department"

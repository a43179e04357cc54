"""Comparing services: from one in two clicks, by keyboard, by link, and as CSV."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from tests.browser.csv_file import rows_of
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
CARERS = "dwp-carers-allowance-new-claims"
TAX = "dft-tax-a-vehicle"
PAIR = f"/compare?service={CARERS}&service={TAX}"
CHOSEN = """
return [...document.querySelectorAll('.chosen li:not(:last-child) a')].map(one =>
    one.lastChild.textContent);
"""
# The figures of the table, row by row, without what stands under them.
BESIDE = """
return [...document.querySelectorAll('table.beside tbody tr')].map(row =>
    [...row.querySelectorAll('td')].map(cell =>
        cell.querySelector('.amount, .empty').textContent));
"""
KPIS = (
    "cost-per-transaction",
    "user-satisfaction",
    "completion-rate",
    "digital-take-up",
    "transactions",
)


def said(kpi: str, value: str, otherwise: str) -> str:
    """A figure of the CSV as the table says it."""
    if not value:
        return otherwise
    number = float(value)
    if kpi == "transactions":
        return f"{number:,.0f}"
    return f"£{number:,.2f}" if kpi == "cost-per-transaction" else f"{number:.2%}"


def test_two_clicks_lead_from_a_service_to_its_comparison(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(f"/services/{CARERS}")
    with visitor.new_page():
        visitor.find(".buttons a[href^='/compare']").click()
    assert visitor.address == f"/compare?service={CARERS}"
    assert visitor.text("h1") == "Compare services"
    assert visitor.find_all("table.beside")
    with visitor.new_page():
        visitor.find(".candidates a").click()
    assert visitor.address.startswith(f"/compare?service={CARERS}&service=")
    assert len(visitor.run(CHOSEN)) == 2
    assert visitor.text("#compare-chosen") == "2 services compared."


def test_a_service_is_searched_for_added_and_removed_by_keyboard(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(f"/compare?service={CARERS}")
    visitor.tab_to(visitor.find("#compare-q"))
    with visitor.new_page():
        visitor.press("vehicle tax")
    assert visitor.address == f"/compare?service={CARERS}&q=vehicle+tax"
    assert visitor.run("return document.activeElement.id") == "compare-q"
    visitor.follow(visitor.find(f".candidates a[href$='{TAX}']"))
    assert visitor.address == PAIR
    assert visitor.run(CHOSEN)[1] == "Vehicle tax renewals"
    visitor.follow(visitor.find(".chosen a"))
    assert visitor.address == f"/compare?service={TAX}"
    visitor.follow(visitor.find(".chosen a.all"))
    assert visitor.address == "/compare"
    assert "No service is chosen yet." in visitor.words


def test_a_link_a_reload_and_going_back_give_the_same_comparison(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(PAIR)
    visitor.choose("#compare-period input:checked", Keys.ARROW_RIGHT)
    visitor.choose("#compare-from", Keys.ARROW_DOWN)
    assert visitor.address == f"{PAIR}&period=quarter&from=2015-01-01"
    words = visitor.words
    visitor.reload()
    assert visitor.words == words
    visitor.driver.delete_all_cookies()
    visitor.go(visitor.address)
    assert visitor.words == words
    visitor.follow(visitor.find(".chosen a"))
    visitor.back()
    assert visitor.words == words
    share = str(visitor.find(".share").get_attribute("href"))
    # It says as well where what is shown ends, which the newest figures do by themselves.
    assert share.endswith(f"{visitor.address}&to=2017-07-01")


def test_the_csv_has_the_figures_on_the_screen(visit: Visit, demonstration_platform: str) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(f"{PAIR}&period=quarter&to=2017-04-01")
    rows = rows_of(str(visitor.find(".buttons a[href*='format=csv']").get_attribute("href")))
    beside = [row for row in rows if row["side_by_side"] == "true"]
    expected = []
    for kpi in KPIS:
        own = [row for row in beside if row["kpi"] == kpi]
        figures = [said(kpi, row["value"], row["status"]) for row in own]
        expected.append([*figures, said(kpi, own[0]["median"], "too few to compare")])
    assert visitor.run(BESIDE) == expected
    visitor.open_all()
    for kpi in KPIS:
        shown = visitor.rows(f"#{kpi} .behind table")[1:]
        columns = [
            [row for row in rows if (row["kpi"], row["service"]) == (kpi, slug)]
            for slug in (CARERS, TAX)
        ]
        assert [len(shown)] * 2 == [len(column) for column in columns]
        for place, column in enumerate(columns, start=1):
            told = [said(kpi, row["value"], row["status"]) for row in column[::-1]]
            assert [cells[place].removesuffix(" (partial)") for cells in shown] == told


def test_on_a_phone_the_table_is_a_list_without_scrolling_sideways(
    visit: Visit, demonstration_platform: str, phone: Callable[[Chrome], None]
) -> None:
    visitor = visit(demonstration_platform)
    phone(visitor.driver)
    visitor.go(PAIR)
    assert visitor.run("return document.scrollingElement.scrollWidth") <= 320
    region = visitor.find("#side-by-side .table-region")
    assert visitor.run("return arguments[0].scrollWidth <= arguments[0].clientWidth", region)
    label = "return getComputedStyle(document.querySelector('.beside td'), '::before').content"
    assert visitor.run(label) == '"Carer\'s Allowance: new claims"'

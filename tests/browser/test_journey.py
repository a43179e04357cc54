"""A journey as people use it: look at a stage, lay two periods side by side, take it away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from tests.browser.csv_file import rows_of
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]

ALLOWANCE = "/services/dwp-carers-allowance-new-claims"
STUDENTS = "/services/bis-student-finance-applications-full-time-study"
BOTH = f"{STUDENTS}?journey=2017-09-04..2017-09-25&against=2017-08-07..2017-08-28"
OPEN = "[aria-current] .stage"
TOO_WIDE = "return document.documentElement.scrollWidth > document.documentElement.clientWidth"


def stage(visitor: Visitor, name: str) -> None:
    (link,) = [one for one in visitor.find_all("#journey .stage") if one.text == name]
    with visitor.new_page():
        link.click()


def csv_of(visitor: Visitor, place: str) -> list[dict[str, str]]:
    hrefs = [str(link.get_attribute("href")) for link in visitor.find_all(f"{place} a")]
    (href,) = [href for href in hrefs if "format=csv" in href][:1]
    return rows_of(href)


def test_a_click_on_a_stage_shows_its_trend_and_back_takes_it_away(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(ALLOWANCE)
    assert not visitor.find_all("#journey-stage")
    stage(visitor, "About you")
    assert visitor.address == f"{ALLOWANCE}?stage=about-you#journey"
    assert visitor.text("#journey-stage h3") == "People at ‘About you’ over time"
    assert visitor.text(OPEN) == "About you"
    assert len(visitor.find_all("#journey-stage .main-svg")) >= 2
    visitor.back()
    assert visitor.address == ALLOWANCE
    assert not visitor.find_all("#journey-stage")


def test_a_stage_is_opened_and_closed_by_keyboard_and_is_in_the_address(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(ALLOWANCE)
    visitor.follow(visitor.find("#journey .stage[href*='other-money']"))
    assert visitor.text("#journey-stage h3") == "People at ‘Other money you get’ over time"
    visitor.reload()
    assert visitor.text(OPEN) == "Other money you get"
    visitor.choose("#service-from", Keys.ARROW_DOWN)
    assert visitor.address == f"{ALLOWANCE}?from=2014-11-01&stage=other-money#journey"
    (close,) = [one for one in visitor.find_all("#journey-stage a") if "Close" in one.text]
    visitor.follow(close)
    assert not visitor.find_all("#journey-stage")


def test_table_and_csv_of_a_stage_are_the_same(visit: Visit, demonstration_platform: str) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(f"{ALLOWANCE}?stage=about-you")
    visitor.open_all()
    table = visitor.rows("#journey-stage .figures")
    rows = csv_of(visitor, "#journey-stage")
    assert [row[1].replace(",", "") for row in table[1:]] == [r["people"] for r in rows[::-1]]


def test_table_and_csv_of_the_journey_are_what_is_drawn(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(ALLOWANCE)
    drawn = [one.text.replace(",", "") for one in visitor.find_all("#journey .journey b")]
    rows = csv_of(visitor, "#journey")
    assert [row["people"] for row in rows if row["required"] == "true"] == drawn
    visitor.open_all()
    table = visitor.rows("#journey .figures")
    assert [row[1].replace(",", "") for row in table[1:]] == [row["people"] for row in rows]


def test_two_periods_are_compared_by_their_address(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(BOTH)
    assert [one.text for one in visitor.find_all("#journey .key > span")] == [
        "4 September 2017 to 1 October 2017",
        "7 August 2017 to 3 September 2017",
    ]
    assert "finished, down" in visitor.text("#journey .summary")
    assert len(visitor.find_all("#journey .compared li .change")) == 6
    links = visitor.find_all("#journey .choices-of-time a")
    (stop,) = [one for one in links if one.text == "Stop comparing"]
    visitor.follow(stop)
    assert visitor.address == f"{STUDENTS}#journey"
    assert not visitor.find_all("#journey .compared")


def test_ones_own_days_are_compared_and_a_few_choices_are_links(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(STUDENTS)
    visitor.run(
        "document.querySelectorAll('#journey details').forEach(one => { one.open = true; })"
    )
    # A day in the middle of a week stands for its week.
    visitor.find("#service-against-from").send_keys("07122017")
    with visitor.new_page():
        visitor.find("#service-compare").click()
    assert visitor.address == (f"{STUDENTS}?journey=2017-07-03..2017-09-25&against=2017-07-12")
    assert "week of 10 July 2017" in visitor.text("#journey .key")
    links = visitor.find_all("#journey .choices-of-time a")
    (latest,) = [one for one in links if one.text == "The latest week with the week before"]
    visitor.follow(latest)
    assert visitor.address == f"{STUDENTS}?journey=2017-09-25&against=2017-09-18#journey"


@pytest.mark.parametrize("address", [f"{ALLOWANCE}?stage=about-you", f"{BOTH}&stage=your-course"])
def test_on_a_phone_nothing_scrolls_sideways_and_axe_finds_nothing(
    address: str,
    visit: Visit,
    demonstration_platform: str,
    phone: Callable[[Chrome], None],
    axe: Callable[[Chrome], list[str]],
) -> None:
    visitor = visit(demonstration_platform)
    phone(visitor.driver)
    visitor.go(address)
    assert not visitor.run(TOO_WIDE)
    assert axe(visitor.driver) == []
    visitor.open_all()
    assert not visitor.run(TOO_WIDE)

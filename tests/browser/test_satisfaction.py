"""Someone looks at how people answered in another month than the newest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
CARERS = "/services/dwp-carers-allowance-new-claims"
BAR = "#user-satisfaction .likert"
# The select's id is one of a pattern: JSON.
SELECT = "#user-satisfaction select"


def test_another_months_answers_are_chosen_by_keyboard_shared_by_link_and_undone(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(CARERS)
    newest = visitor.find(BAR).get_attribute("aria-label")
    visitor.choose(SELECT, Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert visitor.address == f"{CARERS}?answers=2017-07-01"
    chosen = visitor.find(BAR).get_attribute("aria-label")
    assert chosen != newest
    assert "answers in July 2017" in visitor.text("#user-satisfaction .summary")
    # The keyboard stays where it was, so that the next month is one key away.
    assert visitor.driver.switch_to.active_element == visitor.find(SELECT)
    visitor.reload()
    assert visitor.find(BAR).get_attribute("aria-label") == chosen
    visitor.choose(SELECT, Keys.HOME)
    assert visitor.address == CARERS
    assert visitor.find(BAR).get_attribute("aria-label") == newest
    visitor.back()
    assert visitor.find(BAR).get_attribute("aria-label") == chosen


def test_the_table_of_answers_is_readable_on_a_phone(
    visit: Visit,
    demonstration_platform: str,
    phone: Callable[[Chrome], None],
    axe: Callable[[Chrome], list[str]],
) -> None:
    visitor = visit(demonstration_platform)
    phone(visitor.driver)
    visitor.go(f"{CARERS}?answers=2017-07-01")
    visitor.run("document.querySelector('#user-satisfaction details').open = true")
    assert visitor.run("return document.documentElement.scrollWidth <= innerWidth")
    header, newest, *_ = visitor.rows("#user-satisfaction .table-region:last-of-type table")
    assert header[:3] == ["Period", "User satisfaction", "Answers"]
    # Period, score, answers, five shares, and what was normal.
    assert len(newest) == 9
    assert axe(visitor.driver) == []

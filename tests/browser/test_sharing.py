"""Giving a chart away: its embed that always shows the latest, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
CARERS = "/services/dwp-carers-allowance-new-claims"
FOCUSED = "return document.activeElement.textContent"
CHOSEN = "return document.querySelector('#sharing input:checked').value"
# What was copied last: a browser without a screen lends its clipboard to nobody.
KEEP_COPIES = """
navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); };
"""


def given(visitor: Visitor) -> dict[str, str]:
    """What the fields of the dialog have in them, by name, without the host."""
    fields = visitor.find_all("#sharing textarea")
    names = [str(one.get_attribute("id")).removeprefix("sharing-") for one in fields]
    texts = [str(one.get_attribute("value")).replace(visitor.host, "") for one in fields]
    return dict(zip(names, texts, strict=True))


def test_a_stakeholder_copies_the_embed_of_a_chart_that_always_shows_the_latest(
    visit: Visit,
    demonstration_platform: str,
    axe: Callable[[Chrome], list[str]],
    phone: Callable[[Chrome], None],
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(CARERS)
    visitor.run(KEEP_COPIES)
    visitor.wait("return !document.querySelector('iframe')")
    visitor.tab_to(visitor.find("#digital-take-up a.share"))
    visitor.press(Keys.ENTER)
    visitor.wait("return document.getElementById('sharing').open")
    assert visitor.run(FOCUSED) == "Share: Digital take-up"
    pinned = given(visitor)
    assert pinned["link"] == f"{CARERS}?period=month&from=2014-10-01&to=2017-09-01#digital-take-up"
    assert pinned["csv"].endswith("&start_at=2014-10-01&end_at=2017-10-01&format=csv")

    visitor.tab_to(visitor.find("#sharing input:checked"))
    visitor.press(Keys.ARROW_RIGHT)
    assert visitor.run(CHOSEN) == "latest"
    latest = given(visitor)
    kpis = f"/api{CARERS}/kpis?period=month&kpi=digital-take-up&format"
    assert latest["link"] == f"{CARERS}?period=month#digital-take-up"
    assert (latest["csv"], latest["api"]) == (f"{kpis}=csv", f"{kpis}=json")
    embed = f"/embed{CARERS}/digital-take-up?period=month"
    assert f'src="{embed}" title="Digital take-up, Carer&#x27;s Allowance' in latest["embed"]

    visitor.tab_to(visitor.find("[data-copies=sharing-embed]"))
    visitor.press(Keys.ENTER)
    visitor.wait("return document.querySelector('#sharing [role=status]').textContent === 'Copied'")
    assert visitor.run("return window.copied").replace(visitor.host, "") == latest["embed"]
    assert axe(visitor.driver) == []
    visitor.tab_to(visitor.find("#sharing .preview"))
    visitor.press(Keys.ENTER)
    assert str(visitor.find("#sharing iframe").get_attribute("src")) == visitor.host + embed
    phone(visitor.driver)
    assert visitor.run("return document.getElementById('sharing').scrollWidth") <= 320

    visitor.press(Keys.ESCAPE)
    visitor.wait("return !document.getElementById('sharing').open")
    assert visitor.run(FOCUSED) == "Share: Digital take-up"
    assert visitor.run("return document.activeElement.className") == "share"
    visitor.wait("return !document.querySelector('iframe')")

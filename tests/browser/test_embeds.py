"""Somebody's own page shows a chart of ours: it fits, works, and leads back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver import Chrome

from layouts.embed_addresses import embed_address
from layouts.embed_snippet import embed_snippet
from tests.browser.host import hosted
from tests.browser.visitor import IS_THERE, Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
SERVICE = "/services/dwp-carers-allowance-new-claims"
# What of the frame's content cannot be seen without scrolling, and what room is to spare.
ROOM = "return window.innerHeight - Math.ceil(document.body.getBoundingClientRect().height)"
HIGH = "return document.querySelector('iframe').clientHeight"
FITS = f"const fits = (() => {{ {ROOM} }})(); return fits === 0"
# A page whose scrollbar does not come with the height of the frame, which would make that narrower.
SCROLLS = "<style>html { overflow-y: scroll }</style>"
A_WHILE = "return new Promise(done => setTimeout(() => done(true), 500))"
# Something that is higher than the window, as a careless stylesheet might have it: it would grow
# with each height that the frame gets.
GROW = """
document.querySelector('main').insertAdjacentHTML('beforeend',
    '<div style="height:calc(100vh + 200px)"></div>');
"""


def test_a_chart_on_another_page_fits_opens_narrows_and_leads_back(
    visit: Visit, demonstration_platform: str, axe: Callable[[Chrome], list[str]]
) -> None:
    embed = embed_address(f"{SERVICE}?channel=digital", "channels")
    snippet = embed_snippet(demonstration_platform, embed, "How people use it", 300)
    visitor = visit(demonstration_platform)
    with hosted(f"{SCROLLS}<h1>Our figures</h1>{snippet}") as address:
        visitor.driver.get(address)
        _inside(visitor)
        visitor.wait(FITS)
        shown = _height(visitor)
        assert shown > 300
        assert axe(visitor.driver) == []
        visitor.find(".behind summary").click()
        visitor.wait(f"return window.innerHeight > {shown}")
        visitor.wait(FITS)
        visitor.find(".behind summary").click()
        visitor.wait(f"return window.innerHeight === {shown}")

        # What grows as the frame is just told its height counts as coming of that.
        visitor.wait(A_WHILE)
        visitor.run(GROW)
        # What came at once, and three times what came of the frame's own height.
        grown = shown + 4 * (shown + 200)
        visitor.wait(f"return window.innerHeight >= {grown}")
        visitor.wait(A_WHILE)
        assert visitor.run("return window.innerHeight") == grown

        visitor.find(".choice-links a").click()
        visitor.wait("return !location.search.includes('channel=digital')")
        assert visitor.run("return location.pathname") == f"/embed{SERVICE}/channels"
        visitor.wait(IS_THERE)
        visitor.wait(FITS)
        visitor.find(".source a").click()
        visitor.driver.switch_to.default_content()
        visitor.settle()
        assert visitor.address == f"{SERVICE}#channels"


def test_without_the_script_an_embed_keeps_its_height_and_scrolls_inside(
    visit: Visit, demonstration_platform: str
) -> None:
    embed = embed_address(SERVICE, "journey")
    snippet = embed_snippet(demonstration_platform, embed, "The journey", 300)
    visitor = visit(demonstration_platform)
    with hosted(snippet.partition("<script")[0]) as address:
        visitor.driver.get(address)
        _inside(visitor)
        visitor.run("window.scrollTo(0, 10000)")
        assert (visitor.run("return window.innerHeight"), visitor.run("return scrollY > 0")) == (
            300,
            True,
        )


def test_the_script_heeds_nobody_but_the_frames_of_its_own_platform(
    visit: Visit, demonstration_platform: str
) -> None:
    embed = embed_address(SERVICE, "live")
    snippet = embed_snippet(demonstration_platform, embed, "Right now", 300)
    say = "window.postMessage({type:'performance-platform-embed',version:1,height:9000},'*')"
    visitor = visit(demonstration_platform)
    with hosted(f'<iframe id="other" title="Other"></iframe>{snippet}') as address:
        visitor.driver.get(address)
        visitor.wait("return document.querySelectorAll('iframe')[1].style.height !== ''")
        visitor.run(say)
        visitor.run(f"document.getElementById('other').contentWindow.eval({'parent.' + say!r})")
        visitor.wait("return new Promise(done => setTimeout(() => done(true), 200))")
        high = "return [...document.querySelectorAll('iframe')].map(one => one.style.height)"
        assert "9000px" not in visitor.run(high)


def _inside(visitor: Visitor) -> None:
    visitor.driver.switch_to.default_content()
    visitor.driver.switch_to.frame(visitor.find("iframe"))
    visitor.wait(IS_THERE)


def _height(visitor: Visitor) -> int:
    return int(visitor.run("return window.innerHeight"))

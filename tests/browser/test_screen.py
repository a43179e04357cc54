"""A big screen turns through its modules, and outlives the server that it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.server import Interrupted
from tests.browser.visitor import Visitor
from tests.fixtures.databases import database_url, opened
from tests.fixtures.small_world import report, small_world, summary

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
SHOWN = "document.querySelector('.slide[data-on]')"
ASK = "window.dispatchEvent(new Event('online'))"
TROUBLE = "document.querySelector('.trouble').textContent"
WHOLE = """
const slide = document.querySelector('.slide[data-on]').getBoundingClientRect();
const inside = document.querySelector('.slide[data-on] > .fit').getBoundingClientRect();
return inside.bottom <= slide.bottom + 1 && inside.right <= slide.right + 1
    && document.scrollingElement.scrollHeight <= window.innerHeight;
"""


@pytest.fixture
def wall(tmp_path: Path) -> Iterator[Interrupted]:
    """A platform over the small world, to be stopped and started."""
    small_world(tmp_path).dispose()
    server = Interrupted(database_url(tmp_path), tmp_path)
    yield server
    server.stop()


def test_a_big_screen_turns_and_recovers_by_itself_when_the_server_comes_back(
    visit: Visit, wall: Interrupted, tmp_path: Path
) -> None:
    visitor = visit(wall.address)
    visitor.go("/?view=screen&every=5")
    visitor.wait(f"return {SHOWN}?.textContent.startsWith('1,500')")
    assert visitor.find_all("header.site, select, .slide a, footer.site") == []
    assert visitor.run(WHOLE)
    # By itself, in five seconds.
    visitor.wait(f"return {SHOWN}.textContent.startsWith('Right now')")
    assert visitor.run(WHOLE)
    visitor.press(Keys.SPACE, Keys.ARROW_LEFT)
    visitor.wait(f"return {SHOWN}.textContent.startsWith('1,500')")
    visitor.wait("return document.querySelector('[data-held] .pause')?.textContent === 'Go on'")
    visitor.run("window.stayed = true")

    wall.stop()
    visitor.run(ASK)
    visitor.wait(f"return {TROUBLE}.startsWith('Out of date since ')")
    assert visitor.run(f"return {SHOWN}.textContent.startsWith('1,500')")
    said = visitor.driver.get_log("browser")
    assert said
    assert all("ERR_CONNECTION" in entry["message"] for entry in said)

    engine = opened(tmp_path)
    report(engine, "summaries", [summary("pay-a-toll", "year", "2016-10-01", transactions=800)])
    engine.dispose()
    wall.start()
    # 1,000 + 200 + 800.
    visitor.wait(f"return {SHOWN}.textContent.startsWith('2,000')")
    visitor.wait(f"return {TROUBLE} === ''")
    assert visitor.run("return window.stayed")
    assert visitor.run(WHOLE)
    # While it was down it was asked more than once.
    visitor.driver.get_log("browser")

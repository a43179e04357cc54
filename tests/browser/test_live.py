"""Figures of who is there now move in an open page, say how old they are, and are never old."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from selenium.webdriver import Chrome

from data import tokens
from data.data_sets import put
from data.deliveries import Sender
from data.entries import DataSetEntry
from tests.browser.server import served
from tests.browser.visitor import Visitor
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import small_world

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
TAX = "tax-a-vehicle"
TOKEN = "a-token-for-tests"
PROMISED = 10
AGE = re.compile(r"Counted (?:just now|(\d+) seconds? ago)\.")
OF = "document.querySelector('.live .of').textContent"
NUMBER = "document.querySelector('.live .people').textContent"
CHART = "document.querySelector('.dash-graph[id*=live-chart]')"
CURVE = f"[...{CHART}.querySelector('.js-plotly-plot')._fullData[0].y]"
LABEL = f"{CHART}.closest('.chart').getAttribute('aria-label')"
POLLS = "performance.getEntriesByType('resource').filter(e => /\\/live(\\?|$)/.test(e.name)).length"
SHOWN = """
Object.defineProperty(document, 'visibilityState', {get: () => arguments[0], configurable: true});
document.dispatchEvent(new Event('visibilitychange'));
"""
# Whatever is to be done by then is due: a page that rests does not do it.
LATER = "const now = Date.now; Date.now = () => now() + 60000;"


@contextmanager
def counting(folder: Path) -> Iterator[str]:
    """A platform where a service may send its live users."""
    engine = small_world(folder)
    stored = put(engine, DataSetEntry(TAX, "realtime", service=TAX, realtime=True), Sender("test"))
    tokens.create(engine, stored.id, "own", None, Sender("test"), text=TOKEN)
    engine.dispose()
    with served(database_url(folder)) as address:
        yield address


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A platform for counts of now."""
    with counting(tmp_path_factory.mktemp("live")) as address:
        yield address


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[str]:
    """A platform that nothing was sent to yet."""
    with counting(tmp_path) as address:
        yield address


def count(platform: str, people: int, age: timedelta = timedelta()) -> None:
    """Send a count through the record API, as a service would."""
    moment = datetime.now(UTC).replace(microsecond=0) - age
    record: Any = {"_timestamp": moment.isoformat(), "unique_visitors": people}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    address = f"{platform}/data/{TAX}/realtime"
    requests.post(address, json=record, headers=headers, timeout=60).raise_for_status()


def seconds_until(visitor: Visitor, script: str, *given: object) -> float:
    """How long it takes until a script's answer is true."""
    started = time.monotonic()
    visitor.wait(f"return {script}", *given)
    return time.monotonic() - started


@pytest.mark.parametrize("path", ["/", f"/services/{TAX}"])
def test_a_count_that_is_sent_is_seen_in_ten_seconds_in_a_page_that_stays_open(
    visit: Visit, platform: str, path: str
) -> None:
    count(platform, 40, timedelta(minutes=30))
    count(platform, 50, timedelta(seconds=2))
    visitor = visit(platform)
    visitor.go(path)
    visitor.open_all()
    visitor.run("window.stayed = true")
    # Another one on the same page moves with it.
    visitor.run("document.body.append(document.querySelector('.live').cloneNode(true))")
    assert visitor.text(".live .people") == "50"
    for people in (1234, 987):
        count(platform, people)
        words = f"{people:,}"
        assert seconds_until(visitor, f"{NUMBER} === arguments[0]", words) < PROMISED
    both = visitor.run("return [...document.querySelectorAll('.people')].map(e => e.textContent)")
    assert both == ["987", "987"]
    # The line and the table behind it are of the same answer.
    visitor.wait(f"return {CURVE}.at(-1) > 60")
    rows = visitor.rows("[id*=live-table] table")
    newest = visitor.run(f"return {CURVE}.at(-1)")
    assert rows[1][1] == f"{newest:,.0f}"
    assert f"at most {rows[1][1]} people" in visitor.run(f"return {LABEL}")
    assert visitor.run("return window.stayed")


def test_the_age_goes_on_by_itself(visit: Visit, platform: str) -> None:
    count(platform, 70)
    visitor = visit(platform)
    visitor.go(f"/services/{TAX}")
    visitor.wait(f"return {NUMBER} === '70'")
    ages = [visitor.text(".live .of")]
    for _ in range(3):
        visitor.wait(f"return {OF} !== arguments[0]", ages[-1])
        ages.append(visitor.text(".live .of"))
    found = [AGE.fullmatch(age) for age in ages]
    seconds = [int(age[1] or 0) for age in found if age]
    assert (len(seconds), seconds) == (4, sorted(set(seconds)))


def test_a_count_turns_stale_while_the_page_is_open_and_a_new_one_comes_back(
    visit: Visit,
    quiet: str,
    axe: Callable[[Chrome], list[str]],
    phone: Callable[[Chrome], None],
) -> None:
    visitor = visit(quiet)
    counted_at = datetime.now(UTC) - timedelta(minutes=9, seconds=54)
    count(quiet, 33, timedelta(minutes=9, seconds=54))
    visitor.go(f"/services/{TAX}")
    assert visitor.text(".live") == ("33\npeople are using this service. Counted 9 minutes ago.")
    visitor.wait("return document.querySelector('.live .since').textContent")
    since = f"{counted_at:%H:%M} (UTC)"
    yesterday = counted_at.date() != datetime.now(UTC).date()
    day = f" on {counted_at.day} {counted_at:%B}" if yesterday else ""
    expected = f"No live figures since {since}{day}.\n33 people were using this service then."
    assert visitor.text(".live") == expected
    visitor.reload()
    assert visitor.text(".live") == expected
    assert axe(visitor.driver) == []
    phone(visitor.driver)
    visitor.wait("return document.documentElement.scrollWidth <= 320")
    count(quiet, 35)
    assert seconds_until(visitor, f"{NUMBER} === '35'") < PROMISED
    assert visitor.text(".live .since") == ""
    assert axe(visitor.driver) == []


def test_a_hidden_page_rests_and_asks_at_once_when_it_is_shown_again(
    visit: Visit, platform: str
) -> None:
    count(platform, 80)
    visitor = visit(platform)
    visitor.go("/")
    visitor.wait(f"return {POLLS} > 0")
    before = visitor.run(f"return {POLLS}")
    visitor.run(LATER)
    visitor.wait(f"return {POLLS} > arguments[0]", before)
    visitor.run(SHOWN, "hidden")
    # An answer that is on its way still comes.
    resting = visitor.run(f"return new Promise(done => setTimeout(() => done({POLLS}), 500))")
    visitor.run(LATER)
    count(platform, 81)
    slept = f"return new Promise(done => setTimeout(() => done({POLLS}), 2500))"
    assert visitor.run(slept) == resting
    assert visitor.run(f"return {NUMBER}") != "81"
    visitor.run(SHOWN, "visible")
    assert seconds_until(visitor, f"{NUMBER} === '81'") < 3


def test_without_an_answer_the_age_goes_on_and_the_page_recovers(
    visit: Visit, platform: str
) -> None:
    count(platform, 90)
    visitor = visit(platform)
    visitor.go(f"/services/{TAX}")
    visitor.wait(f"return {NUMBER} === '90'")
    visitor.run(
        "window.fetched = window.fetch; window.refused = 0;"
        "window.fetch = () => { refused += 1; return Promise.reject(new TypeError('away')); }"
    )
    visitor.wait("return refused > 0")
    age = visitor.text(".live .of")
    visitor.wait(f"return {OF} !== arguments[0]", age)
    count(platform, 91)
    visitor.run("window.fetch = window.fetched")
    visitor.wait(f"return {NUMBER} === '91'")


def test_a_page_that_is_left_is_not_asked_for_any_more(visit: Visit, platform: str) -> None:
    count(platform, 60)
    visitor = visit(platform)
    visitor.go("/")
    visitor.wait(f"return {POLLS} > 0")
    with visitor.new_page():
        visitor.find(f"a[href='/services/{TAX}']").click()
    own = "performance.getEntriesByType('resource').filter(e => /live.service=/.test(e.name))"
    visitor.wait(f"return {own}.length > 0")
    before = visitor.run(f"return [{POLLS}, {own}.length]")
    visitor.run(LATER)
    visitor.wait(f"return {own}.length > arguments[0]", before[1])
    after = visitor.run(f"return [{POLLS}, {own}.length]")
    assert after[0] - before[0] == after[1] - before[1]

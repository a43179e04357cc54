"""A publisher declares a KPI of a service's own, sends records, and everyone sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from selenium.webdriver import Chrome

from data import data_sets, people_changes, tokens
from data.deliveries import Sender
from data.entries import DataSetEntry
from data.people import PUBLISHER, PersonEntry
from tests.browser.csv_file import rows_of
from tests.browser.server import served
from tests.browser.visitor import Visitor
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import small_world

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]

PAGE = "/services/tax-a-vehicle"
KPI = f"/api{PAGE}/own-kpis/answered-in-time"
MODULE = "#own-answered-in-time"
BODY: dict[str, Any] = {
    "name": "Calls answered within a minute",
    "unit": "proportion",
    "format": "percentage",
    "better": "higher",
    "data_set": "calls",
    "numerator": {"field": "in_time"},
    "denominator": {"field": "calls"},
}
RECORDS: list[Any] = [
    {
        "_id": f"month-{number}",
        "_timestamp": f"2017-{number:02}-01T00:00:00+00:00",
        "period": "month",
        "in_time": in_time,
        "calls": 50,
    }
    for number, in_time in ((7, 30), (8, 35), (9, 40))
]


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A platform over the small world, with Eve, who publishes for vehicles, and a data set."""
    folder = tmp_path_factory.mktemp("own-kpi")
    engine, sender = small_world(folder), Sender("test")
    entry = PersonEntry("eve@example.com", "Eve", PUBLISHER, organisations=("vehicles",))
    eve = people_changes.add(engine, entry, sender)
    tokens.create(engine, None, "own", None, sender, text="eve", person_id=eve.id)
    stored = data_sets.put(engine, DataSetEntry("desk", "calls", service="tax-a-vehicle"), sender)
    tokens.create(engine, stored.id, "desk", None, sender, text="desk")
    engine.dispose()
    with served(database_url(folder)) as address:
        yield address


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_kpi_that_is_declared_by_api_is_seen_on_the_page(
    visit: Visit,
    platform: str,
    axe: Callable[[Chrome], list[str]],
    phone: Callable[[Chrome], None],
) -> None:
    sent = requests.post(f"{platform}/data/desk/calls", json=RECORDS, headers=bearer("desk"))
    assert sent.status_code == 200, sent.text
    declared = requests.put(platform + KPI, json=BODY, headers=bearer("eve"))
    assert declared.status_code == 201, declared.text
    visitor = visit(platform)
    visitor.go(PAGE)
    cards = [card.text.split("\n") for card in visitor.find_all(".kpi")]
    assert cards[-1][:3] == ["Calls answered within a minute", "80.0%", "September 2017"]
    assert "up 10.0 percentage points on August" in cards[-1]
    assert visitor.text(f"{MODULE} .summary").startswith("80.0% in September 2017")
    assert visitor.wait(f"return document.querySelector('{MODULE} .js-plotly-plot .trace')")
    address = visitor.find(f"{MODULE} a[href*='format=csv']").get_attribute("href")
    assert [row["value"] for row in rows_of(str(address))] == ["0.6", "0.7", "0.8"]
    assert axe(visitor.driver) == []
    phone(visitor.driver)
    visitor.go(PAGE)
    assert visitor.run("return document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(visitor.driver) == []

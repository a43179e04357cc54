"""A dashboard that a publisher puts through the API, as people then use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from data import tokens
from data.deliveries import Sender
from kpi.modules import flat, parse_modules
from tests.browser.server import served
from tests.browser.test_every_page import WIDER
from tests.browser.visitor import Visitor
from tests.fixtures.dashboards import EVERY_TYPE, SERVICE, deliver_everything
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import small_world

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
PAGE = f"/services/{SERVICE}"
ADDRESS = f"/api{PAGE}/dashboards/dashboard"
ADMIN = {"Authorization": "Bearer admin"}
TABS = "#what-they-use .tabs"
CHOSEN = f"{TABS} a[aria-current]"


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A platform with a service that reports everything, and a token of an admin."""
    folder = tmp_path_factory.mktemp("own-dashboard")
    engine = small_world(folder)
    deliver_everything(engine, now=datetime.now(UTC))
    tokens.create(engine, None, "admin", None, Sender("test"), text="admin")
    engine.dispose()
    with served(database_url(folder)) as address:
        yield address


def put(platform: str, body: Any) -> requests.Response:
    return requests.put(platform + ADDRESS, json=body, headers=ADMIN, timeout=20)


@pytest.fixture
def dashboard(platform: str, visit: Visit) -> Visitor:
    """The page of the service that has a module of every type."""
    assert put(platform, EVERY_TYPE).ok
    visitor = visit(platform)
    visitor.go(PAGE)
    return visitor


def test_what_is_put_through_the_api_is_on_the_page(platform: str, dashboard: Visitor) -> None:
    on_show = [one.slug for one in flat(parse_modules(EVERY_TYPE)) if one.slug != "devices"]
    assert [slug for slug in on_show if not dashboard.find_all(f"#{slug}")] == []
    assert "‘Pay’" in dashboard.text("#journey h2")
    assert dashboard.text("#headline-figure-visits .value") == "9,000 visits"
    told = put(platform, {"modules": [{"type": "journey"}, {"type": "pie"}]})
    assert (told.status_code, told.json()["faults"][0]["field"]) == (400, "modules[1].type")
    assert "modules[1].type: ‘pie’ is none of" in told.json()["message"]
    requests.delete(platform + ADDRESS, headers=ADMIN, timeout=20).raise_for_status()
    dashboard.go(PAGE)
    assert dashboard.find_all("#how-it-is-used") == []
    # The four, and a card for each standard metric that is a line.
    assert len(dashboard.find_all(".kpi")) == 4 + 5


def test_tabs_are_links_that_the_keyboard_follows(dashboard: Visitor) -> None:
    assert dashboard.text(CHOSEN) == "Browsers"
    dashboard.follow(dashboard.find_all(f"{TABS} a")[1])
    assert dashboard.address == f"{PAGE}?tab=devices"
    assert dashboard.text(CHOSEN) == "Devices"
    assert dashboard.run("return document.activeElement.textContent") == "Devices"
    assert dashboard.find_all("#browsers") == []
    assert dashboard.rows("#devices table")[1] == ["September 2017", "666", "333", "100", "6"]
    dashboard.reload()
    assert dashboard.text(CHOSEN) == "Devices"
    dashboard.choose("#service-channel", Keys.ARROW_DOWN)
    assert dashboard.address == f"{PAGE}?channel=digital&tab=devices"
    dashboard.back()
    dashboard.back()
    assert (dashboard.address, dashboard.text(CHOSEN)) == (PAGE, "Browsers")


@pytest.mark.parametrize("search", ["", "?tab=devices"])
def test_every_type_is_accessible_and_fits_a_phone(
    *,
    dashboard: Visitor,
    search: str,
    axe: Callable[[Chrome], list[str]],
    phone: Callable[[Chrome], None],
) -> None:
    dashboard.go(PAGE + search)
    dashboard.open_all()
    assert axe(dashboard.driver) == []
    phone(dashboard.driver)
    dashboard.go(PAGE + search)
    dashboard.open_all()
    assert axe(dashboard.driver) == []
    assert dashboard.run("return document.scrollingElement.scrollWidth") <= 320, dashboard.run(
        WIDER
    )


def test_a_span_that_is_dragged_in_one_module_narrows_them_all(dashboard: Visitor) -> None:
    dashboard.go(f"{PAGE}?from=2017-07-01&tab=devices")
    assert len(dashboard.rows("#devices table")) == 4
    link = dashboard.find("#devices .actions a[href*='format=csv']").get_attribute("href")
    assert "start_at=2017-07-01&end_at=2017-10-01" in str(link)

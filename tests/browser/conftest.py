"""What tests in a browser share: the platform served, a browser, its console, and axe-core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from dash.testing.browser import Browser
from selenium.webdriver import Chrome
from sqlalchemy import Engine

from data import demonstration, transactional_services
from data.deliveries import Sender, deliver
from data.engine import migrate
from tests.browser.server import ROOT, served
from tests.browser.visitor import Visitor
from tests.fixtures.databases import copied_database, database_once, database_url

PUBLISHED = ROOT.parent / "shared" / "data" / "transactional-services.csv"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_MISSING = (
    "axe-core is missing, which the accessibility tests need. "
    "Install node and npm, then run make test."
)
RUN_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']})
   .then(found => done(found.violations), error => done([{id: String(error)}]));
"""
PHONE = (320, 640)
DESKTOP = (1280, 900)


@pytest.fixture
def axe() -> Callable[[Chrome], list[str]]:
    """`axe(driver)`: each violation that axe-core finds on the page, as a line; [] when none."""
    if not AXE.is_file():
        pytest.fail(AXE_MISSING, pytrace=False)
    return _violations


@pytest.fixture
def phone() -> Callable[[Chrome], None]:
    """`phone(driver)`: makes the page 320 pixels wide, as at 400% zoom."""
    return lambda driver: _resize(driver, *PHONE)


@pytest.fixture
def desktop() -> Callable[[Chrome], None]:
    """`desktop(driver)`: makes the page 1280 pixels wide."""
    return lambda driver: _resize(driver, *DESKTOP)


@pytest.fixture
def console_is_empty() -> Callable[[Chrome], bool]:
    """`console_is_empty(driver)`: whether no error or warning came since it was last asked.

    What did come is printed, so that a failing test shows it.
    """
    return _console_is_empty


@pytest.fixture(scope="session")
def demonstration_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database with the demonstration data, to be copied."""
    return database_once(tmp_path_factory, "demonstration", _demonstrate)


@pytest.fixture(scope="session")
def demonstration_platform(
    demonstration_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a platform with the demonstration data."""
    with served(copy_of(demonstration_database, tmp_path_factory.mktemp("copy"))) as address:
        yield address


@pytest.fixture(scope="session")
def published_platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a platform with the published figures."""
    if not PUBLISHED.exists():
        pytest.skip(f"the published download is not at {PUBLISHED}")
    database = database_once(tmp_path_factory, "published", _publish)
    with served(copy_of(database, tmp_path_factory.mktemp("copy"))) as address:
        yield address


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[Browser]:
    """Dash's browser for tests, started once for all of them."""
    options = request.config.hook.pytest_setup_options()
    folder = str(tmp_path_factory.mktemp("downloads"))
    with Browser("Chrome", options=options, download_path=folder, percy_run=False) as started:
        started.driver.implicitly_wait(0)
        # Scrolling that takes its time would have every click wait for it.
        still = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
        started.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", still)
        yield started


@pytest.fixture
def visit(
    browser: Browser, desktop: Callable[[Chrome], None]
) -> Iterator[Callable[[str], Visitor]]:
    """`visit(platform)`: a visitor at a desk. Each test that uses it ends with an empty console."""
    browser.driver.get("about:blank")
    desktop(browser.driver)
    _console_is_empty(browser.driver)
    yield lambda platform: Visitor(browser, platform)
    assert _console_is_empty(browser.driver)


def copy_of(database: Path, folder: Path) -> str:
    """The URL of a database's copy in a folder, to be written to."""
    copied_database(database, folder).dispose()
    return database_url(folder)


def _demonstrate(engine: Engine) -> None:
    now = datetime.now(UTC)
    migrate(engine)
    deliver(engine, demonstration.delivery(now), Sender("demonstration", True, now))


def _publish(engine: Engine) -> None:
    migrate(engine)
    deliver(engine, transactional_services.read(PUBLISHED).delivery, Sender("test"))


def _violations(driver: Chrome) -> list[str]:
    driver.set_script_timeout(60)
    driver.execute_script(AXE.read_text(encoding="utf-8"))
    return [_line(violation) for violation in driver.execute_async_script(RUN_AXE)]


def _line(violation: dict[str, Any]) -> str:
    places = "; ".join(str(node["target"]) for node in violation.get("nodes", []))
    return f"{violation['id']}: {violation.get('help', '')} at {places}"


def _resize(driver: Chrome, width: int, height: int) -> None:
    # A window has a least width of 500 pixels; emulation has none.
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def _console_is_empty(driver: Chrome) -> bool:
    said = [
        entry["message"]
        for entry in driver.get_log("browser")
        if entry["level"] in ("SEVERE", "WARNING")
    ]
    for message in said:
        print(message)
    return not said

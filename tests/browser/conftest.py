"""What tests in a browser share: sizes of screen, the console, and axe-core.

Each fixture is a function of a Selenium driver, so that it serves `dash_duo.driver`,
`dash_br.driver` and any other.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
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


# The fixture that starts the platform for these tests belongs here.


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

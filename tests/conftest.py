"""How Chromium is started for tests in a browser, folders for databases, and what is made up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from selenium.webdriver.chrome.options import Options

from tests.fixtures.databases import Databases, remove_databases, use

pytest_plugins = ["tests.fixtures.engine_choice"]

# The same examples each time, however slow the machine is.
settings.register_profile(
    "same",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same")

CHROMIUM_MISSING = (
    "Chromium is missing, which tests in a browser need. Run make test, or install it "
    "(on Debian: apt-get install chromium chromium-driver)."
)
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--lang=en-GB",
)


class ChromiumOptions(Options):
    """Chromium's options, with a console that keeps warnings too, where Dash asks for errors."""

    def set_capability(self, name: str, value: Any) -> None:
        if name == "goog:loggingPrefs":
            value = {"browser": "ALL"}
        super().set_capability(name, value)


def pytest_setup_options() -> ChromiumOptions:
    """Options for the browser of `dash_duo` and `dash_br`."""
    chromium = shutil.which("chromium")
    if chromium is None or shutil.which("chromedriver") is None:
        pytest.fail(CHROMIUM_MISSING, pytrace=False)
    options = ChromiumOptions()
    options.binary_location = chromium
    for argument in ARGUMENTS:
        options.add_argument(argument)
    return options


@pytest.fixture(scope="session")
def tmp_path_factory(
    tmp_path_factory: pytest.TempPathFactory,
    databases: Databases,
) -> pytest.TempPathFactory:
    """Pytest's own. What is made in its folders goes when tests change to another engine."""
    use(databases, tmp_path_factory)
    return tmp_path_factory


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """Pytest's own, whose databases go with it."""
    yield tmp_path
    remove_databases(tmp_path)

"""How Chromium is started for tests in a browser."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from selenium.webdriver.chrome.options import Options

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

"""A first visit: what an empty browser fetches for a page, and when its last chart is drawn."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options

from bench.figures import Figure

BYTES_AIM = 900_000.0
# Of one embedded chart.
EMBED_BYTES_AIM = 750_000.0
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-GB",
    "--window-size=1280,900",
)
_PATIENCE, _QUIET = 60.0, 1.0
# Notes when the last drawing or heading came to the page.
_WATCH = """
window.lastDrawn = 0;
new MutationObserver(() => {
  const drawn = document.querySelectorAll('svg, h1').length;
  if (drawn !== window.drawings) {
    window.drawings = drawn;
    window.lastDrawn = performance.now();
  }
}).observe(document, {childList: true, subtree: true});
"""
# Every chart is drawn, and nothing is being loaded.
_IS_DRAWN = """
const charts = [...document.querySelectorAll('.dash-graph')];
const drawn = charts.every(chart => chart.querySelector('.js-plotly-plot .main-svg'));
return document.querySelector('main h1') !== null && drawn &&
  document.querySelector('[data-dash-is-loading]') === null;
"""


@dataclass(frozen=True)
class Visit:
    """A page in an empty browser: its requests, by path, with their bytes; seconds; charts."""

    name: str
    requests: tuple[tuple[str, int], ...]
    seconds: float
    charts: int
    aim: float = BYTES_AIM

    @property
    def figures(self) -> list[Figure]:
        """What was promised of it."""
        sent = sum(size for _, size in self.requests)
        return [
            Figure(f"First load of {self.name}", sent / 1e6, "MB", self.aim / 1e6),
            Figure("… requests", len(self.requests), ""),
            Figure(f"… until the last of {self.charts} charts is drawn", self.seconds, "s"),
        ]


def visit(port: int, name: str, path: str, aim: float = BYTES_AIM) -> Visit:
    """Open a page in a new browser with an empty cache. aim: the most bytes it is to transfer."""
    with _browser() as driver:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
        driver.get(f"http://127.0.0.1:{port}{path}")
        seconds = _wait(driver)
        charts = len(driver.find_elements("css selector", ".js-plotly-plot"))
        return Visit(name, tuple(_requests(driver.get_log("performance"))), seconds, charts, aim)


def is_installed() -> bool:
    """Whether there is a browser to measure with."""
    return all(shutil.which(name) for name in ("chromium", "chromedriver"))


@contextmanager
def _browser() -> Iterator[Chrome]:
    options = Options()
    options.binary_location = str(shutil.which("chromium"))
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    for argument in ARGUMENTS:
        options.add_argument(argument)
    driver = Chrome(options=options)
    try:
        yield driver
    finally:
        driver.quit()


def _wait(driver: Chrome) -> float:
    """Seconds from the start of the visit to the last drawing.

    :raises RuntimeError: when the page is not drawn in a minute.
    """
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        last = float(driver.execute_script("return window.lastDrawn"))
        now = float(driver.execute_script("return performance.now()"))
        if driver.execute_script(_IS_DRAWN) and now - last > _QUIET * 1000:
            return last / 1000
        time.sleep(0.1)
    raise RuntimeError(f"{driver.current_url} was not drawn in {_PATIENCE:.0f} seconds.")


def _requests(log: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """The path and bytes of each answer from a server, in the order of their requests."""
    paths: dict[str, str] = {}
    sizes: dict[str, int] = {}
    for entry in log:
        message = json.loads(entry["message"])["message"]
        given = message["params"]
        if message["method"] == "Network.requestWillBeSent":
            paths[given["requestId"]] = given["request"]["url"]
        elif message["method"] == "Network.loadingFinished":
            sizes[given["requestId"]] = int(given["encodedDataLength"])
    for key, url in paths.items():
        if url.startswith("http"):
            yield urlsplit(url).path, sizes.get(key, 0)

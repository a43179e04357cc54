"""Charts are drawn by Plotly's basic bundle where set-up fetched it, and by the stock one else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import copy_of
from tests.browser.server import ROOT, served
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
BASIC = ROOT / "node_modules" / "plotly.js-basic-dist-min" / "plotly-basic.min.js"
BASIC_MISSING = "Plotly's basic bundle is missing. Install node and npm, then run make test."
SCRIPTS = """
return performance.getEntriesByType('resource').map(one => new URL(one.name).pathname)
    .filter(path => path.includes('plotly'));
"""


def code(folder: Path) -> Path:
    """The platform's code in a folder of its own, as it is before set-up fetched any bundle."""
    folder.mkdir()
    for entry in ROOT.iterdir():
        if entry.name != "assets" and not entry.name.startswith("."):
            (folder / entry.name).symlink_to(entry)
    shutil.copytree(ROOT / "assets", folder / "assets", ignore=shutil.ignore_patterns("vendor"))
    return folder


def drawn_with(visitor: Visitor) -> list[str]:
    """Draw the charts of a service, and say which bundles that took."""
    visitor.go("/services/dwp-carers-allowance-new-claims")
    assert len(visitor.find_all("main .main-svg")) > 4
    scripts: list[str] = visitor.run(SCRIPTS)
    return scripts


def test_charts_are_drawn_by_the_stock_bundle(
    visit: Visit, demonstration_database: Path, tmp_path: Path
) -> None:
    folder = code(tmp_path / "code")
    with served(copy_of(demonstration_database, tmp_path), folder) as address:
        (script,) = drawn_with(visit(address))
    assert script.startswith("/_dash-component-suites/plotly/package_data/plotly.")


def test_charts_are_drawn_by_the_basic_bundle_where_there_is_one(
    visit: Visit, demonstration_database: Path, tmp_path: Path
) -> None:
    if not BASIC.is_file():
        pytest.fail(BASIC_MISSING, pytrace=False)
    folder = code(tmp_path / "code")
    (folder / "assets" / "vendor").mkdir()
    shutil.copy(BASIC, folder / "assets" / "vendor")
    with served(copy_of(demonstration_database, tmp_path), folder) as address:
        assert drawn_with(visit(address)) == ["/assets/vendor/plotly-basic.min.js"]

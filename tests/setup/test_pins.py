"""What is installed is pinned, whole, and from nowhere in particular."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

ROOT = Path(__file__).parents[2]
LISTS = ["requirements.txt", "requirements-dev.txt"]
PIN = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+(; python_version < \"3\.14\")?")


def pins(name: str) -> list[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", LISTS)
def test_every_requirement_is_pinned_to_one_release(name: str) -> None:
    assert [line for line in pins(name) if not PIN.fullmatch(line)] == []


def test_what_the_platform_runs_on_is_what_it_is_tested_on() -> None:
    # dash[testing] holds urllib3 back for its old Selenium; the platform itself fetches nothing.
    assert [
        line
        for line in pins("requirements.txt")
        if line not in pins("requirements-dev.txt") and not line.startswith("urllib3==")
    ] == []


@pytest.mark.parametrize("name", LISTS)
def test_every_asked_for_requirement_is_in_the_pinned_list(name: str) -> None:
    asked = pins(name.replace(".txt", ".in"))
    names = {_plain(re.split(r"[~=\[]", line)[0]) for line in asked if not line.startswith("-r")}
    assert names <= {_plain(line.split("==")[0]) for line in pins(name)}


def _plain(name: str) -> str:
    """A package's name as PyPI compares them (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_basic_bundle_asked_for_is_the_one_that_plotly_draws_for() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert package["dependencies"]["plotly.js-basic-dist-min"] == get_plotlyjs_version()


def test_the_lock_file_names_no_registry() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text
    assert "://" not in text

"""The audit tells what is wrong from what is accepted, and from what could not be asked."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime

from setup.audit import (
    ACCEPTED,
    ROOT,
    Risk,
    accepted,
    code_risks,
    files_of,
    judge,
    python_risks,
    script_risks,
    stale,
)

# As pip-audit prints it: one package that it knows, one that it could not look up.
KNOWN = {
    "name": "flask",
    "version": "0.5",
    "vulns": [{"id": "PYSEC-2019-179", "fix_versions": ["1.0"], "aliases": [], "description": ""}],
}
UNKNOWN = {"name": "dash", "skip_reason": "Dependency not found on PyPI"}


def test_a_package_with_a_known_vulnerability_is_found() -> None:
    found = python_risks({"dependencies": [KNOWN, UNKNOWN]})
    assert found == [Risk("PYSEC-2019-179", "flask", "mended in 1.0")]
    assert judge(found, set()) == found
    assert judge(found, {("PYSEC-2019-179", "flask")}) == []


def test_a_registry_that_knows_no_package_has_not_answered() -> None:
    assert python_risks({"dependencies": [UNKNOWN]}) is None


def test_scripts_are_found_by_their_advisory() -> None:
    via = [{"url": "https://github.com/advisories/GHSA-xxxx", "title": "A fault"}]
    told = {"vulnerabilities": {"x": {"name": "x", "severity": "high", "via": via}}}
    assert script_risks(told) == [Risk("GHSA-xxxx", "x", "high")]
    assert script_risks({"vulnerabilities": {}}) == []


def test_npm_that_got_an_error_has_not_answered() -> None:
    assert script_risks({"message": "405 Method Not Allowed"}) is None


def test_a_finding_is_accepted_in_its_file_alone() -> None:
    result = {"test_id": "B608", "filename": "./data/x.py", "line_number": 3}
    found = code_risks({"results": [result]})
    assert judge(found, {("B608", "data/y.py")}) == [Risk("B608", "data/x.py", "line 3")]
    assert judge(found, {("B608", "data/x.py")}) == []


def test_what_is_accepted_and_not_there_any_more_is_told() -> None:
    found = [Risk("B101", "data/x.py")]
    assert stale(found, {("B101", "data/x.py"), ("B608", "data/x.py")}) == ["B608 in data/x.py"]


def test_every_accepted_risk_has_a_reason_and_a_day() -> None:
    told = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))
    every = [*told.get("finding", []), *told.get("vulnerability", [])]
    named = [file for one in told.get("finding", []) for file in files_of(one)]
    assert len(named) + len(told.get("vulnerability", [])) == len(accepted())
    assert all((ROOT / file).is_file() for file in named)
    for one in every:
        assert len(one["reason"]) > 30, one
        assert one["date"] <= datetime.now(UTC).date(), one

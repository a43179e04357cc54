"""Known vulnerabilities of what is pinned, and what a security linter says of our code.

Ends with 1 when it finds what setup/accepted-risks.toml does not have. A registry that does not
answer is no finding: it is said, and what it would have told was not checked.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ACCEPTED = ROOT / "setup" / "accepted-risks.toml"
# What runs in production; tests and measurements are not served.
CODE = ("app.py", "config.py", "api", "callbacks", "data", "kpi", "layouts")
NOT_CHECKED = "not checked: the registry did not answer"
_SECONDS_MOST = 180
_REQUIREMENTS = "requirements-dev.txt"


@dataclass(frozen=True, order=True)
class Risk:
    """A vulnerability of a package, or a finding of the linter in a file."""

    name: str
    place: str
    says: str = ""


def accepted() -> set[tuple[str, str]]:
    """What is accepted: a rule and a file, or a vulnerability's id and package."""
    told = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))
    found = {(one["rule"], file) for one in told.get("finding", []) for file in files_of(one)}
    return found | {(one["id"], one["package"]) for one in told.get("vulnerability", [])}


def files_of(finding: Mapping[str, Any]) -> list[str]:
    """The files in which a finding is accepted: each is named, so that a new one is looked at."""
    named: list[str] = finding["files"] if "files" in finding else [finding["file"]]
    return named


def code_risks(report: Mapping[str, Any]) -> list[Risk]:
    """The findings of bandit's JSON."""
    return [
        Risk(one["test_id"], one["filename"].removeprefix("./"), f"line {one['line_number']}")
        for one in report["results"]
    ]


def python_risks(report: Mapping[str, Any]) -> list[Risk] | None:
    """The vulnerabilities of pip-audit's JSON; None where no package could be looked up."""
    known = [one for one in report["dependencies"] if "skip_reason" not in one]
    if not known:
        return None
    return [
        Risk(fault["id"], one["name"], f"mended in {', '.join(fault['fix_versions']) or 'none'}")
        for one in known
        for fault in one["vulns"]
    ]


def script_risks(report: Mapping[str, Any]) -> list[Risk] | None:
    """The vulnerabilities of npm's JSON; None where the registry did not answer."""
    if "vulnerabilities" not in report:
        return None
    found = report["vulnerabilities"].values()
    return [Risk(_advisory(one), one["name"], one["severity"]) for one in found]


def _advisory(one: Mapping[str, Any]) -> str:
    named = (str(via["url"]).rpartition("/")[2] for via in one["via"] if isinstance(via, dict))
    return next(named, one["name"])


def judge(found: Sequence[Risk], known: set[tuple[str, str]]) -> list[Risk]:
    """Those that are not accepted."""
    return [one for one in found if (one.name, one.place) not in known]


def stale(found: Sequence[Risk], known: set[tuple[str, str]]) -> list[str]:
    """What is accepted of our code and is not there any more."""
    there = {(one.name, one.place) for one in found}
    rules = sorted(pair for pair in known if pair[0].startswith("B") and pair[0][1:].isdigit())
    return [f"{rule} in {file}" for rule, file in rules if (rule, file) not in there]


def _report(command: Sequence[str]) -> Any:
    """What a command says in JSON; {} where it says none."""
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, timeout=_SECONDS_MOST, check=False
        )
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return {}


def _python() -> list[Risk] | None:
    options = ("--requirement", _REQUIREMENTS, "--no-deps", "--disable-pip", "--format", "json")
    report = _report([sys.executable, "-m", "pip_audit", "--progress-spinner", "off", *options])
    return python_risks(report) if report else None


def _scripts() -> list[Risk] | None:
    npm = shutil.which("npm")
    return script_risks(_report([npm, "audit", "--package-lock-only", "--json"])) if npm else None


def main() -> int:
    """Check all three, and say what was found."""
    known, wrong = accepted(), 0
    options = ("--quiet", "--recursive", "--format", "json")
    linted = _report([sys.executable, "-m", "bandit", *options, *CODE])
    if not linted:
        print("Our code: the linter failed.")
        return 1
    ours = code_risks(linted)
    for title, found in (
        ("Python packages", _python()),
        ("Scripts of npm", _scripts()),
        ("Our code", ours),
    ):
        left = judge(found or (), known)
        print(f"{title}: {NOT_CHECKED if found is None else _said(found, left)}")
        for one in left:
            print(f"  {one.name} in {one.place} ({one.says})")
        wrong += len(left)
    for gone in stale(ours, known):
        print(f"  accepted, and not found any more: {gone}")
        wrong += 1
    return 1 if wrong else 0


def _said(found: Sequence[Risk], left: Sequence[Risk]) -> str:
    if not found:
        return "nothing found"
    return f"{len(found)} found, of which {len(found) - len(left)} accepted"


if __name__ == "__main__":
    sys.exit(main())

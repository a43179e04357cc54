"""The platform as hosts start it: not at all while it is not safe to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SENTENCE = (
    "SECRET_KEY must be set in production, to 32 characters at least that nobody can guess, such "
    "as `openssl rand -hex 32` prints."
)


def procfile() -> str:
    """The line that hosts run."""
    name, _, line = (ROOT / "Procfile").read_text(encoding="utf-8").strip().partition(": ")
    assert name == "web"
    return line


def run(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """What a shell says to a command, which must not serve."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DATABASE_URL": f"sqlite:///{folder / 'figures.sqlite'}",
        "PORT": "1",
        **more,
    }
    return subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("key", ["", "too short"])
def test_the_procfile_starts_nothing_without_a_secret_key(key: str, tmp_path: Path) -> None:
    done = run(procfile(), tmp_path, SECRET_KEY=key)
    assert done.returncode != 0
    assert (done.stdout, done.stderr.strip()) == ("", SENTENCE)
    assert list(tmp_path.iterdir()) == []


def test_neither_does_gunicorn_alone(tmp_path: Path) -> None:
    done = run("exec python -m gunicorn app:server", tmp_path, ENVIRONMENT="production")
    assert done.returncode != 0
    assert (done.stdout, done.stderr.strip()) == ("", SENTENCE)

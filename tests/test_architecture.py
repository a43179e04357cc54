"""Imports run one way only, files are named for what they hold, and only data/ knows SQL."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import ROOT

OURS = ("app", "config", "kpi", "data", "api", "layouts", "callbacks")
# What each part of the house may import of ours.
MAY_IMPORT = {
    "config": set[str](),
    "kpi": set[str](),
    "layouts": {"kpi", "config"},
    "data": {"kpi", "config"},
    "api": {"data", "kpi", "config"},
    "callbacks": {"layouts", "data", "kpi", "config"},
    "app": {"api", "callbacks", "layouts", "data", "kpi", "config"},
}
# Libraries that would bring in what a part must know nothing of.
MUST_NOT_IMPORT = {
    "kpi": {"dash", "flask", "sqlalchemy", "plotly"},
    "data": {"dash", "dash_bootstrap_components", "plotly"},
    "api": {"dash", "dash_bootstrap_components", "plotly", "sqlalchemy"},
    "layouts": {"flask", "sqlalchemy"},
    "callbacks": {"sqlalchemy"},
    "app": {"sqlalchemy"},
}
NOTHING_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core"}
WORDS_OF_SQL = ("SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "PRAGMA ")


def files(part: str) -> list[Path]:
    single = ROOT / f"{part}.py"
    return [single] if single.exists() else sorted((ROOT / part).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The top packages that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute, so that they can be followed"
            yield str(node.module).split(".")[0]


def docstrings(tree: ast.AST) -> set[int]:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, kinds) and node.body]
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


def texts(path: Path) -> Iterator[str]:
    """The string constants of a file, apart from its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield str(node.value)


def python_files() -> list[Path]:
    places = [*(ROOT / part for part in OURS), ROOT / "migrations", ROOT / "tests", ROOT / "bench"]
    return [path for place in places for path in sorted(place.rglob("*.py"))]


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_run_one_way_only(part: str) -> None:
    allowed = MAY_IMPORT[part] | {part}
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files(part)
        for name in imported(path)
        if name in OURS and name not in allowed
    }
    assert not wrong


@pytest.mark.parametrize("part", MUST_NOT_IMPORT)
def test_each_part_knows_nothing_of_what_is_not_its_own(part: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files(part)
        for name in imported(path)
        if name in MUST_NOT_IMPORT[part]
    }
    assert not wrong


def test_nothing_imports_app() -> None:
    parts = [part for part in OURS if part != "app"]
    assert not [path for part in parts for path in files(part) if "app" in set(imported(path))]


def test_every_part_of_the_house_is_there() -> None:
    assert [part for part in OURS if not files(part)] == []


def test_files_are_named_for_the_noun_they_hold() -> None:
    named = [path for path in python_files() if NOTHING_NAMES & set(path.stem.split("_"))]
    assert named == []


def test_only_data_speaks_sql() -> None:
    wrong = {
        f"{path.relative_to(ROOT)}: {text[:40]!r}"
        for part in ("kpi", "api", "layouts", "callbacks", "app")
        for path in files(part)
        for text in texts(path)
        if text.startswith(WORDS_OF_SQL)
    }
    assert not wrong


def test_only_one_file_knows_one_engine_from_another() -> None:
    dialects = {
        path.relative_to(ROOT).as_posix()
        for path in files("data")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("sqlalchemy.dialects")
    }
    assert dialects <= {"data/dialect.py"}
    # What is done with the file itself of SQLite's has a file of its own beside it, and so have
    # the words for many rows at once, and those by which writers wait for one another.
    speaking = {path.name for path in files("data") if any(map(_is_sql, texts(path)))}
    assert speaking == {"dialect.py", "bulk.py", "sqlite_file.py", "write_locks.py"}


def _is_sql(text: str) -> bool:
    return text.startswith(WORDS_OF_SQL)


def test_the_only_cache_is_in_data() -> None:
    caching = {
        path.relative_to(ROOT).as_posix()
        for part in OURS
        for path in files(part)
        if "flask_caching" in set(imported(path))
    }
    assert caching == {"data/cache.py"}

"""How the engine answers: every statement that a question makes, and what it would read whole.

The two big tables grow with every day that is reported. A statement that goes through one of them
from end to end, or through an index of theirs, takes longer with each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event

from bench.subject import Ask, Subject
from config import Settings
from data.engine import open_engine
from data.tables import measurement, record

BIG = (measurement.name, record.name)
_ALIAS = re.compile(rf'\b({"|".join(BIG)})"? AS "?(\w+)')
_NAMED = re.compile(rf"\b({'|'.join(BIG)})\b")


@dataclass(frozen=True)
class Statement:
    """What was sent to the engine."""

    words: str
    parameters: Any


@dataclass(frozen=True)
class Scan:
    """A big table that is read whole: which question did it, in which words, and by which plan."""

    ask: str
    words: str
    plan: str

    def __str__(self) -> str:
        return f"{self.ask}: {self.plan}: {' '.join(self.words.split())}"


@contextmanager
def statements() -> Iterator[dict[str, Statement]]:
    """What is sent about the big tables in the meantime, on whichever engine, once each."""
    found: dict[str, Statement] = {}

    def note(_connection: Any, _cursor: Any, words: str, given: Any, *_about: Any) -> None:
        if _NAMED.search(words) and words.lstrip().upper().startswith(("SELECT", "WITH")):
            found.setdefault(words, Statement(words, given))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def scans(subject: Subject, asks: Iterable[Ask]) -> Iterator[Scan]:
    """Every question's statements that read a big table whole, with nothing in the cache."""
    engine = open_engine(Settings(database_url=subject.database.url))
    seen: set[str] = set()
    for ask in asks:
        subject.forget()
        with statements() as found:
            subject.ask(ask)
        with engine.connect() as connection:
            for words in found.keys() - seen:
                whole = read_whole(connection, found[words])
                yield from (Scan(ask.name, words, plan) for plan in whole)
        seen |= found.keys()
    engine.dispose()


def read_whole(connection: Connection, statement: Statement) -> list[str]:
    """The steps of the engine's plan for a statement that go through a big table end to end.

    On PostgreSQL as it would be with very many rows: of few it reads all rather than use an index.
    """
    names = {*BIG, *(alias for _, alias in _ALIAS.findall(statement.words))}
    if connection.dialect.name == "sqlite":
        return [step for step in _sqlite_steps(connection, statement) if _scans(step, names)]
    return list(_postgresql_scans(_postgresql_plan(connection, statement)))


def _sqlite_steps(connection: Connection, statement: Statement) -> list[str]:
    words = f"EXPLAIN QUERY PLAN {statement.words}"
    return [str(row[-1]) for row in connection.exec_driver_sql(words, statement.parameters)]


def _scans(step: str, names: Iterable[str]) -> bool:
    return any(re.match(rf"SCAN {name}\b", step) for name in names)


def _postgresql_plan(connection: Connection, statement: Statement) -> Mapping[str, Any]:
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    words = f"EXPLAIN (FORMAT JSON) {statement.words}"
    told = connection.exec_driver_sql(words, statement.parameters).scalar_one()
    found: Mapping[str, Any] = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return found


def _postgresql_scans(node: Mapping[str, Any]) -> Iterator[str]:
    kind, index = node["Node Type"], node.get("Index Name", "")
    if kind == "Seq Scan" and node["Relation Name"] in BIG:
        yield f"{kind} on {node['Relation Name']}"
    # An index that is not entered by its first column is looked through from end to end.
    if index in _FIRST and not re.search(rf"\b{_FIRST[index]}\b", node.get("Index Cond", "")):
        yield f"{kind} on {index}"
    for inner in node.get("Plans", ()):
        yield from _postgresql_scans(inner)


def _first_columns() -> Iterator[tuple[str, str]]:
    for table in (measurement, record):
        yield str(table.primary_key.name), table.primary_key.columns[0].name
        for index in table.indexes:
            yield str(index.name), next(iter(index.columns)).name


_FIRST = dict(_first_columns())

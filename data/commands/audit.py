"""`audit`: who changed what, when, and what it was before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from sqlalchemy import Connection, Engine

from data import audits, changes
from data.audits import Audit
from data.commands.groups import Group
from data.commands.listings import NOTHING, moment, plain

# Records of one entry that are told one by one.
_RECORDS = 5
_CHANGES = ("before", "after", "altered")


def group(engine: Engine) -> Group:
    """The command that shows the audit."""
    commands = Group(engine, "audit", "See who changed what.")

    @commands.command("list")
    @click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
    @click.option("--subject", default="", help="About this only: 'data set group/type'.")
    def list_entries(limit: int, subject: str) -> None:
        """List the newest changes first: when, who, what, and what was before and after."""
        with engine.connect() as connection:
            entries = audits.newest(connection, limit, subject)
            told = [(_headline(entry), *_lines(connection, entry)) for entry in entries]
        for headline, *lines in told:
            click.echo("\n    ".join([headline, *lines]))
        if not entries:
            about = f" about {subject!r}" if subject else ""
            click.echo(f"The audit has nothing{about}.")

    return commands


def _headline(entry: Audit) -> str:
    told = (moment(entry.at, ""), entry.actor, entry.action, entry.subject)
    return f"{entry.id}  " + "  ".join(part for part in told if part)


def _lines(connection: Connection, entry: Audit) -> Iterator[str]:
    """What an entry tells: changed fields before and after, then how much was written."""
    detail = entry.detail
    yield from _changes(detail)
    yield from _records(connection, entry)
    altered = detail.get("altered", ())
    for item in altered:
        what = f"{item['what']}, " if len(altered) > 1 else ""
        yield from (f"{what}{line}" for line in _changes(item))
    for name, value in detail.items():
        if name in _CHANGES or value is False or value == [entry.subject.removeprefix("data set ")]:
            continue
        if said := _said(name, value):
            yield f"{name.replace('_', ' ')}: {said}"


def _records(connection: Connection, entry: Audit) -> Iterator[str]:
    """The first records that were replaced or removed, before and after."""
    for item in changes.first_changes(connection, entry, _RECORDS):
        fields = {
            "before": {**item.before, "_id": None},
            "after": {**(item.after or {}), "_id": None},
        }
        for line in _changes(fields):
            yield f"record {item.key}, {line}"


def _changes(told: dict[str, Any]) -> Iterator[str]:
    before, after = told.get("before") or {}, told.get("after") or {}
    for name in {**before, **after}:
        old, new = _said(name, before.get(name)) or NOTHING, _said(name, after.get(name)) or NOTHING
        if old != new:
            yield f"{name.replace('_', ' ')}: {old} → {new}"


def _said(name: str, value: Any) -> str:
    """A value in words; none for what is empty, or is a count of nothing."""
    if name.endswith("_at") and isinstance(value, int):
        return moment(value, NOTHING)
    if isinstance(value, dict) and value and all(type(item) is int for item in value.values()):
        return ", ".join(f"{number:,} {word}" for word, number in value.items() if number)
    said = plain(value)
    return "" if said == NOTHING else said

"""`audit`: who changed what, when, and what it was before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from sqlalchemy import Engine

from data import audits
from data.audits import Audit
from data.commands.groups import Group
from data.commands.listings import NOTHING, moment, plain

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
        for entry in entries:
            click.echo(_headline(entry))
            for line in _lines(entry):
                click.echo(f"    {line}")
        if not entries:
            about = f" about {subject!r}" if subject else ""
            click.echo(f"The audit has nothing{about}.")

    return commands


def _headline(entry: Audit) -> str:
    told = (moment(entry.at, ""), entry.actor, entry.action, entry.subject)
    return f"{entry.id}  " + "  ".join(part for part in told if part)


def _lines(entry: Audit) -> Iterator[str]:
    """What an entry tells: changed fields before and after, then how much was written."""
    detail = entry.detail
    yield from _changes(detail)
    altered = detail.get("altered", ())
    for item in altered:
        what = f"{item['what']}, " if len(altered) > 1 else ""
        yield from (f"{what}{line}" for line in _changes(item))
    for name, value in detail.items():
        if name in _CHANGES or value is False or value == [entry.subject.removeprefix("data set ")]:
            continue
        if said := _said(name, value):
            yield f"{name.replace('_', ' ')}: {said}"


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

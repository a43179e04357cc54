"""`audit`: who changed what, when, and what it was before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from sqlalchemy import Engine

from data import audits
from data.audits import Audit
from data.commands.groups import Group
from data.commands.listings import moment, plain

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
            for line in _lines(entry.detail):
                click.echo(f"    {line}")
        if not entries:
            about = f" about {subject!r}" if subject else ""
            click.echo(f"The audit has nothing{about}.")

    return commands


def _headline(entry: Audit) -> str:
    told = (moment(entry.at, ""), entry.actor, entry.action, entry.subject)
    return f"{entry.id}  " + "  ".join(part for part in told if part)


def _lines(detail: dict[str, Any]) -> Iterator[str]:
    """What an entry tells: changed fields before and after, then everything else."""
    yield from _changes(detail)
    for item in detail.get("altered", ()):
        yield from (f"{item['what']}, {line}" for line in _changes(item))
    for name, value in detail.items():
        if name not in _CHANGES and value not in ("", [], {}):
            yield f"{name.replace('_', ' ')}: {_said(value)}"


def _changes(told: dict[str, Any]) -> Iterator[str]:
    before, after = told.get("before") or {}, told.get("after") or {}
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            old, new = plain(before.get(name)), plain(after.get(name))
            yield f"{name.replace('_', ' ')}: {old} → {new}"


def _said(value: Any) -> str:
    if isinstance(value, dict) and all(isinstance(item, int) for item in value.values()):
        return ", ".join(f"{number:,} {name}" for name, number in value.items())
    return plain(value)

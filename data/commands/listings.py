"""Lists and settings as text, in columns that line up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import click

NOTHING = "-"


def show(header: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """Print rows under their header; where there is none, say so."""
    lines = [[plain(cell) for cell in row] for row in rows]
    if not lines:
        click.echo(empty)
        return
    lines.insert(0, list(header))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def show_fields(fields: Iterable[tuple[str, object]]) -> None:
    """Print names and what they are, a line each."""
    told = [(name, plain(value)) for name, value in fields]
    width = max(len(name) for name, _ in told)
    for name, value in told:
        click.echo(f"{name.ljust(width)}  {value}".rstrip())


def plain(value: Any) -> str:
    """A value as someone would write it; nothing is '-'."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value in ("", [], {}, ()):
        return NOTHING
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def moment(second: int | None, otherwise: str) -> str:
    """A moment in UTC, to the minute; a day where it is midnight."""
    if second is None:
        return otherwise
    at = datetime.fromtimestamp(second, UTC)
    return f"{at:%Y-%m-%d}" if second % 86400 == 0 else f"{at:%Y-%m-%d %H:%M}"

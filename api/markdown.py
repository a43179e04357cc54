"""Markdown that the documentation is written in."""

from __future__ import annotations

from collections.abc import Iterable


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table, a line a row, an empty line after it."""
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def code(text: str) -> str:
    """Text as it is typed."""
    return f"`{text}`"


def block(text: str) -> str:
    """Lines as they are typed."""
    return "\n".join(f"    {line}" for line in text.splitlines()) + "\n"

"""Notes as services wrote them: their mark-up read as paragraphs, never shown and never obeyed."""

from __future__ import annotations

import re
from html import unescape

BREAK = re.compile(r"(?:</?(?:br|p|div|li|ul|ol)\b[^<>]*>|\r?\n)+", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a note, without tags: a line break of any kind begins a new one.

    What only looks like a tag ('fewer than <5 cases') stays.
    """
    parts = (unescape(TAG.sub("", part)).strip() for part in BREAK.split(text))
    return [" ".join(part.split()) for part in parts if part]


def one_line(text: str) -> str:
    """A note in one line."""
    return " ".join(paragraphs(text))

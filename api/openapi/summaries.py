"""Summaries of operations: a line each, in a list that knows no Markdown."""

from __future__ import annotations

import re

_LONGEST = 60


def summary(words: str) -> str:
    """The first words of a description that fit on a line."""
    line = re.split(r"[:;.] | \(|\.$", words)[0].replace("`", "")
    return line if len(line) <= _LONGEST else line.split(", ")[0]

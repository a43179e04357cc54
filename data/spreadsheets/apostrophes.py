"""The apostrophe before text in CSV that a spreadsheet program would run as a formula."""

from __future__ import annotations

import re

# Whatever apostrophes are there already, one more: so that one can be taken away again.
_RUN = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"''*[=+\-@\t\r]")
# No other text needs to be looked at any further.
_FIRST = frozenset("'=+-@\t\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def guarded(text: str) -> str:
    """Text as a CSV has it: harmless where it begins with =, +, -, @, a tab or a carriage return.

    A number with a sign is one to a spreadsheet, too, and stays as it is.
    """
    if text[:1] in _FIRST and _RUN.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unguarded(text: str) -> str:
    """What `guarded` was given. An apostrophe before anything else is the text's own."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text

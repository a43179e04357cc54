"""Files that cannot be read: a sentence each, which says what it is and what to do."""

from __future__ import annotations


class Refused(ValueError):
    """A file that is no spreadsheet, or none that can be read; the sentence says which, and what
    to do about it."""

"""Cells that do not say what their column is about."""

from __future__ import annotations


class Unreadable(ValueError):
    """A cell that is no such thing; the words go on from it: 'is not a number'."""

"""What a reader of workbooks leaves out: cells with errors, and what is merged."""

from __future__ import annotations

from dataclasses import dataclass, field

Place = tuple[int, int]


@dataclass(frozen=True)
class Marks:
    """Of one sheet: errors by their place (row, column, from 0), and what is merged.

    A merged range is its first and its last place.
    """

    errors: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)

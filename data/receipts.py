"""What a delivery did: how much of each kind was new, changed or the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

KINDS = ("departments", "agencies", "services", "data sets", "records", "measurements")


@dataclass
class Count:
    """How many were new, changed or the same."""

    new: int = 0
    changed: int = 0
    same: int = 0

    @property
    def written(self) -> int:
        """How many had to be written."""
        return self.new + self.changed

    def add(self, old: object | None, now: object) -> bool:
        """Count one thing by what it was before (None: it is new); whether it must be written."""
        if old is None:
            self.new += 1
        elif old != now:
            self.changed += 1
        else:
            self.same += 1
            return False
        return True

    def __str__(self) -> str:
        return f"{self.new:,} new, {self.changed:,} changed, {self.same:,} the same"


@dataclass
class Receipt:
    """Counts by kind, and the revision that the delivery led to."""

    counts: dict[str, Count] = field(default_factory=lambda: {kind: Count() for kind in KINDS})
    revision: int = 0
    replaced_demonstration: bool = False

    @property
    def changed_anything(self) -> bool:
        """Whether anything was written at all."""
        return self.replaced_demonstration or any(count.written for count in self.counts.values())

    def sentences(self) -> Iterable[str]:
        """The receipt in words, a line a kind."""
        if self.replaced_demonstration:
            yield "The demonstration data was replaced."
        for kind, count in self.counts.items():
            yield f"{kind.capitalize()}: {count}."

    def detail(self) -> dict[str, dict[str, int]]:
        """The counts as plain values, for the audit."""
        return {kind: asdict(count) for kind, count in self.counts.items()}

"""What a delivery did: how much of each kind was new, changed, removed or the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = (
    "departments",
    "agencies",
    "services",
    "data sets",
    "declarations",
    "records",
    "measurements",
)


@dataclass
class Count:
    """How many were new, changed, the same or removed."""

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0

    @property
    def written(self) -> int:
        """How many had to be written, or removed."""
        return self.new + self.changed + self.removed

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
        removed = f", {self.removed:,} removed" if self.removed else ""
        return f"{self.new:,} new, {self.changed:,} changed, {self.same:,} the same{removed}"


@dataclass
class Receipt:
    """Counts by kind, the revision that the delivery led to, and its audit entry (0: none).

    ``altered`` tells of each service, organisation and data set that was changed what it was
    before and what it is.
    """

    counts: dict[str, Count] = field(default_factory=lambda: {kind: Count() for kind in KINDS})
    revision: int = 0
    audit_id: int = 0
    replaced_demonstration: bool = False
    altered: list[dict[str, Any]] = field(default_factory=list)

    @property
    def changed_anything(self) -> bool:
        """Whether anything was written at all."""
        return self.replaced_demonstration or any(count.written for count in self.counts.values())

    @property
    def changed_catalogue(self) -> bool:
        """Whether it is said anew who reports what, or what is declared of a service."""
        kinds = ("departments", "agencies", "services", "data sets", "declarations")
        return self.replaced_demonstration or any(self.counts[kind].written for kind in kinds)

    def sentences(self) -> Iterable[str]:
        """The receipt in words, a line a kind."""
        if self.replaced_demonstration:
            yield "The demonstration data was replaced."
        for kind, count in self.counts.items():
            if kind != "declarations" or count != Count():
                yield f"{kind.capitalize()}: {count}."

    def note(self, what: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Keep what was changed of one thing for the audit."""
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        old, new = ({name: side.get(name) for name in names} for side in (before, after))
        self.altered.append({"what": what, "before": old, "after": new})

    def detail(self) -> dict[str, dict[str, int]]:
        """The counts as plain values, for the audit."""
        return {kind: dict(vars(count)) for kind, count in self.counts.items()}

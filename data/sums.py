"""What a delivery changes in figures and in the sums that rest on them, a part after another."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from data import figures, latest
from data.catalogue import Ids
from data.figures import FigureChanges

# So many changed figures are at hand at once, of however many there are.
_MANY = 10_000


@dataclass
class Sums:
    """Changed figures, as they are noted, and whom those concern that are written by now.

    ``moved`` are the slugs of services whose latest figures change; ``concerned`` those whose
    KPIs rest on any that do.
    """

    connection: Connection
    services: Ids
    changes: FigureChanges = field(default_factory=FigureChanges)
    moved: set[str] = field(default_factory=set)
    concerned: set[str] = field(default_factory=set)
    moves_kpis: bool = False

    def add_up_many(self) -> None:
        """Write what is noted, if that is much: what is noted later builds on it."""
        if len(self.changes.written) + len(self.changes.removed) >= _MANY:
            self.add_up()

    def add_up(self) -> None:
        """Write what is noted, with the sums at every coarser calendar period that rest on it."""
        changes, self.changes = self.changes, FigureChanges()
        self.moved |= latest.moved(figures.write(self.connection, changes, self.services))
        self.concerned |= latest.concerned([*changes.written, *changes.removed])
        self.moves_kpis |= changes.moves_kpis

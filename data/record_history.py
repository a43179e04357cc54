"""What became of each record, kept for the audit entry of the delivery that did it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from data import bulk
from data.records import RecordChange
from data.tables import record_change

# So many changes are at hand at once, of however many there are.
_MANY = 5_000


@dataclass
class RecordHistory:
    """The changes of a delivery, by data set.

    :param begin: makes the delivery's audit entry, which is asked for once, before the first
        change is written; it is ``audit_id`` then, and 0 before.
    :param data_sets: the ids of those that had a batch, in order, and whether it changed any.
    """

    connection: Connection
    begin: Callable[[], int]
    data_sets: dict[int, bool] = field(default_factory=dict)
    audit_id: int = 0
    _waiting: list[tuple[int, RecordChange]] = field(default_factory=list)

    def add(self, data_set_id: int, changes: Sequence[RecordChange]) -> None:
        """Keep what a write did to a data set's records."""
        self.data_sets[data_set_id] = self.data_sets.get(data_set_id, False) or bool(changes)
        self._waiting += [(data_set_id, item) for item in changes]
        if len(self._waiting) >= _MANY:
            self.write()

    def forget(self, data_set_id: int) -> None:
        """Keep nothing of a data set that is removed, with what was written of it."""
        del self.data_sets[data_set_id]
        self._waiting = [item for item in self._waiting if item[0] != data_set_id]

    def write(self) -> None:
        """Write what waits to be written."""
        if not self._waiting:
            return
        self.audit_id = self.audit_id or self.begin()
        audit = self.audit_id
        rows = [(id, item.key, audit, item.before) for id, item in self._waiting]
        self._waiting = []
        names = ("data_set_id", "key", "audit_id", "before")
        bulk.insert(self.connection, record_change, names, rows)

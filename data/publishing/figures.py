"""The KPIs of a service before a write and after it, as far as it changes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data.queries import KpiQuery, Query
from data.selection import Selection
from kpi.definitions import SLUGS
from kpi.frames import period_of
from kpi.periods import PERIODS
from kpi.publishing import Figure

# A figure as it is compared: its value and its status.
Told = tuple[float | None, str]
Figures = dict[tuple[str, str, pd.Timestamp], Told]
_ABSENT: Told = (None, "not reported")


@dataclass(frozen=True)
class Look:
    """Looks at the figures of a service, from the first day that a write may change on.

    ``lengths`` are the lengths of period that its records have; months, quarters and years are
    looked at as well.
    """

    service: str
    lengths: frozenset[str]
    since: date
    today: date

    def __call__(self, connection: Connection) -> Figures:
        """The figures, as a rehearsal's transaction sees them."""
        run = _asking(connection, self.today)
        found: Figures = {}
        for length in PERIODS:
            if length in self.lengths or length in ("month", "quarter", "year"):
                found.update(self._figures(run, length))
        return found

    def _figures(self, run: Callable[[Query], Any], length: str) -> Figures:
        # A year that holds the first day may start eleven months before its calendar year.
        start = date(self.since.year - 1, 1, 1)
        selection = Selection(service=self.service, preview=True)
        frame = run(KpiQuery(selection, length, start, kpis=SLUGS))
        columns = (frame["kpi"], frame["start_at"], frame["value"], frame["status"])
        return {
            (str(kpi), length, start_at): (None if pd.isna(value) else float(value), str(status))
            for kpi, start_at, value, status in zip(*columns, strict=True)
        }


def changed(before: Figures, after: Figures) -> tuple[Figure, ...]:
    """Of each KPI and length of period the newest figure that changes, and how many others do."""
    differ = [
        key for key in {**before, **after} if before.get(key, _ABSENT) != after.get(key, _ABSENT)
    ]
    return tuple(_newest(differ, before, after))


def _newest(keys: list[Any], before: Figures, after: Figures) -> Iterator[Figure]:
    for kpi in SLUGS:
        for length in PERIODS:
            starts = sorted(start for one, name, start in keys if (one, name) == (kpi, length))
            if starts:
                key = (kpi, length, starts[-1])
                old, new = before.get(key, _ABSENT), after.get(key, _ABSENT)
                period = period_of(length, starts[-1])
                yield Figure(kpi, period, old[0], new[0], old[1], new[1], len(starts) - 1)


def _asking(connection: Connection, today: date) -> Callable[[Query], Any]:
    """Asks questions of one transaction; nothing of it is kept, as it may be taken back."""
    answers: dict[Query, Any] = {}

    def run(query: Query) -> Any:
        if query not in answers:
            answers[query] = query.execute(connection, run, today)
        return answers[query]

    return run

"""The rows that a service's daily transactions are in every table, all at once.

The one way in works them out record by record and looks at what was there before; a test holds
that these are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.daily import CHANNELS, TYPE, Counts, DailyReport
from data.channels import KINDS, channel_kind
from data.tables import MILLION
from kpi.rollups import PARTIAL, REPORTED

Row = tuple[Any, ...]
Days = npt.NDArray[np.datetime64]
_DAY = np.timedelta64(1, "D")
_BODY = (
    '{{"_id": "{0}.{1}", "_timestamp": "{0}T00:00:00+00:00", "period": "day", '
    '"channel": "{1}", "count": {2}}}'
)


@dataclass(frozen=True)
class DailyRows:
    """A report, the ids that it has in the tables, and when and by which audit entry it came."""

    report: DailyReport
    service_id: int
    data_set_id: int
    audit_id: int
    now: int

    def records(self) -> Iterator[Row]:
        """Rows of `record`, in the order of their key; the body as the text that is stored."""
        starts = self.report.starts()
        for day, at, counts in zip(
            starts.astype(str).tolist(),
            _seconds(starts),
            self.report.counts().tolist(),
            strict=True,
        ):
            for channel, count in zip(CHANNELS, counts, strict=True):
                body = _BODY.format(day, channel, count)
                yield self.data_set_id, f"{day}.{channel}", at, body, self.now, 0

    def changes(self) -> Iterator[Row]:
        """Rows of `record_change`: all of them are new."""
        for day in self.report.starts().astype(str).tolist():
            for channel in CHANNELS:
                yield self.data_set_id, f"{day}.{channel}", self.audit_id, None

    def measurements(self) -> Iterator[Row]:
        """Rows of `measurement`, in the order of their key."""
        starts, series = self.report.starts(), _series(self.report.counts())
        yield from self._published(starts, series)
        for period in ("month", "quarter", "week", "year"):
            yield from self._sums(period, starts, series)

    def _published(self, starts: Days, series: dict[tuple[str, str], Counts]) -> Iterator[Row]:
        at = _seconds(starts)
        for about, amounts in series.items():
            yield from zip(
                *map(repeat, (self.service_id, "day", *about)),
                at,
                (amounts * MILLION).tolist(),
                *map(repeat, (REPORTED, 1, 1, "day", self.data_set_id)),
                strict=False,
            )

    def _sums(
        self, period: str, starts: Days, series: dict[tuple[str, str], Counts]
    ) -> Iterator[Row]:
        begins, ends = _bounds(period, starts)
        periods, first = np.unique(begins, return_index=True)
        parts = np.diff([*first, len(starts)])
        expected = ((ends[first] - periods) // _DAY).astype(np.int64)
        status = np.where(parts == expected, REPORTED, PARTIAL).tolist()
        for about, amounts in series.items():
            yield from zip(
                *map(repeat, (self.service_id, period, *about)),
                _seconds(periods),
                (np.add.reduceat(amounts, first) * MILLION).tolist(),
                status,
                parts.tolist(),
                expected.tolist(),
                repeat("day"),
                repeat(None),
                strict=False,
            )


def _series(counts: Counts) -> dict[tuple[str, str], Counts]:
    """What is measured of the counts, by measure and category, in the order of the key."""
    kinds = np.array([channel_kind(channel) for channel in CHANNELS])
    found = {("transactions", ""): counts.sum(axis=1)}
    for kind in sorted({*KINDS} & {*kinds}):
        found["transactions", kind] = counts[:, kinds == kind].sum(axis=1)
    for number, channel in enumerate(CHANNELS):
        found[TYPE, channel] = counts[:, number]
    return found


def _bounds(period: str, days: Days) -> tuple[Days, Days]:
    """When the period of each day begins and ends."""
    if period == "week":
        # 1 January 1970 was a Thursday.
        begins = days - ((days.astype(np.int64) + 3) % 7) * _DAY
        return begins, begins + 7 * _DAY
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    begins = days.astype("datetime64[M]")
    begins = begins - begins.astype(np.int64) % months
    return begins.astype("datetime64[D]"), (begins + months).astype("datetime64[D]")


def _seconds(days: Days) -> list[int]:
    found: list[int] = days.astype("datetime64[s]").astype(np.int64).tolist()
    return found

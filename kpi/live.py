"""Live users over several services: one number now, one line for the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

# Services count at moments of their own; within this long a count stands for 'now'.
STEP = pd.Timedelta(minutes=10)


@dataclass(frozen=True)
class LiveUsers:
    """How many people use how many services, when they were counted, and the day up to then.

    ``line``: start_at (with time), value (people), one row a ten minutes in which any counted.
    ``counted_at`` has no time zone and is in UTC; None when nobody counts.
    """

    people: float | None
    services: int
    counted_at: datetime | None
    line: pd.DataFrame


_COLUMNS = ["start_at", "value"]
NOBODY = LiveUsers(None, 0, None, pd.DataFrame(columns=_COLUMNS))


def live_users(counts: pd.DataFrame) -> LiveUsers:
    """Live users added up over services.

    :param counts: service, start_at (with time), value (people), of a day.

    A service counts now if it counted within ten minutes of the newest count of any.
    """
    if counts.empty:
        return LiveUsers(None, 0, None, counts[_COLUMNS])
    newest = counts["start_at"].max()
    recent = counts[counts["start_at"] > newest - STEP].drop_duplicates("service", keep="last")
    return LiveUsers(
        float(recent["value"].sum()), len(recent), newest.to_pydatetime(), _line(counts)
    )


def _line(counts: pd.DataFrame) -> pd.DataFrame:
    """Each service's mean in every ten minutes, added up; only where all that day's counted."""
    steps = counts.assign(start_at=counts["start_at"].dt.floor(STEP))
    means = steps.groupby(["start_at", "service"], observed=True)["value"].mean().unstack()
    line = means.ffill(limit=1).sum(axis=1, min_count=len(means.columns))
    return line.rename("value").reset_index()

"""Journeys for tests, written a stage or a week at a time."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from kpi.journeys import Stretch, with_leavers
from kpi.periods import Period
from tests.kpi.rows import long_frame, measurement


def stretch(
    *stages: tuple[str, float, str], first: str = "2017-09-04", periods: int = 1, expected: int = 0
) -> Stretch:
    """Weeks of (stage, people, kind), in order."""
    frame = pd.DataFrame(stages, columns=["stage", "visitors", "kind"]).assign(name="")
    week = Period("week", date.fromisoformat(first))
    last = week
    for _ in range(periods - 1):
        last = last.next
    frame = with_leavers(frame.astype({"visitors": "float64"}))
    return Stretch(frame, week, last, periods, expected or periods, (week.start, last.end))


def visitors(
    weeks: Mapping[str, tuple[float, ...]], stages: tuple[str, ...] = ("start", "pay", "done")
) -> pd.DataFrame:
    """A row a stage and week, as data hands them over; weeks may lack their last stages."""
    rows = [
        measurement("s", "journey", count, stage, period="week", start_at=start)
        for start, counts in weeks.items()
        for stage, count in zip(stages, counts, strict=False)
    ]
    return long_frame(*rows)

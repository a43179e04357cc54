"""Rows for the times at which nothing was reported, so that a line breaks there."""

import pandas as pd

from kpi.periods import Period
from kpi.spans import STEPS, ordinals

OFFSETS = {"day": "D", "week": "7D", "month": "MS", "quarter": "QS"}
SKIPS = 3
# Rolling years are a series with a rhythm if this share of their starts is there.
REGULAR = 2 / 3


def _months_between(starts: pd.Series) -> int:
    """How far apart years start: 12 months where all do in one month, otherwise 3 or 1."""
    months = starts.dt.month.unique()
    for step in (12, 3):
        if len({(month - 1) % step for month in months}) == 1:
            return step
    return 1


def _every_start(rows: pd.DataFrame) -> pd.DatetimeIndex:
    starts = rows["start_at"].sort_values()
    name = str(rows["period"].iloc[0])
    step = _months_between(starts) if name == "year" else 0
    offset = OFFSETS.get(name) or f"{step}MS"
    every = pd.date_range(starts.iloc[0], starts.iloc[-1], freq=offset)
    has_no_rhythm = 0 < step < 12 and len(starts) < REGULAR * len(every)
    return _uncovered(starts) if has_no_rhythm else every


def _uncovered(starts: pd.Series) -> pd.DatetimeIndex:
    """Years without a rhythm, and a row for each time between them that none of them covers."""
    ends = starts + pd.DateOffset(years=1)
    return pd.DatetimeIndex(pd.concat([starts, ends[ends < starts.shift(-1)]])).sort_values()


def _is_whole(rows: pd.DataFrame) -> bool:
    """Whether there is a row for every period already; said of periods that cannot overlap."""
    name = str(rows["period"].iloc[0])
    if name not in OFFSETS:
        return False
    ends = rows["start_at"].agg(["min", "max"]).to_numpy()
    first, last = ordinals(name, ends)
    return bool((last - first) // STEPS[name] + 1 == len(rows))


def with_gaps(frame: pd.DataFrame, line: str = "") -> pd.DataFrame:
    """The rows of one line in order, with a row of NaN for each period that has none.

    frame: period, start_at, value, status, perhaps line. Returns start_at, value, status, where
    an added row has the status 'not reported'. Rolling years may start every 3 months or every
    one: what the frame has decides; without such a rhythm, only times that no year covers break.
    """
    rows = frame[frame["line"] == line] if "line" in frame else frame
    if rows.empty:
        return pd.DataFrame({"start_at": [], "value": [], "status": []})
    if _is_whole(rows):
        return rows[["start_at", "value", "status"]].sort_values("start_at", ignore_index=True)
    known = rows.assign(status=rows["status"].astype(str)).set_index("start_at")
    full = known[["value", "status"]].reindex(_every_start(rows))
    full["status"] = full["status"].fillna("not reported")
    return full.rename_axis("start_at").reset_index()


def periods_of(frame: pd.DataFrame) -> list[Period]:
    """Each row's period. frame: period, start_at."""
    rows = zip(frame["period"], frame["start_at"], strict=True)
    return [Period(str(name), start.date()) for name, start in rows]


def live_gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Counts in order, with a row of NaN wherever more than three were skipped.

    frame: start_at (datetime64 with time), value.
    """
    rows = frame.sort_values("start_at")[["start_at", "value"]].reset_index(drop=True)
    steps = rows["start_at"].diff()
    late = steps > SKIPS * steps.median()
    breaks = pd.DataFrame({"start_at": (rows["start_at"] - steps / 2)[late], "value": float("nan")})
    if breaks.empty:
        return rows
    return pd.concat([rows, breaks]).sort_values("start_at").reset_index(drop=True)

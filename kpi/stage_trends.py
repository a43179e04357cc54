"""One stage of a journey over time: people at it, and how many of them went on to the next."""

from __future__ import annotations

import pandas as pd

from kpi.journeys import Path

COLUMNS = (
    "stage",
    "period",
    "start_at",
    "people",
    "status",
    "went_on",
    "share",
    "share_status",
    "next_stage",
)


def next_stage(stage: str, path: Path, known: list[str]) -> str:
    """The required stage after a required one; '' after the last, and beside the path.

    known: the stages that have figures, which count where the settings name none in order.
    """
    required = path.required(known)
    if stage not in required or stage == required[-1]:
        return ""
    return required[required.index(stage) + 1]


def stage_trend(frame: pd.DataFrame, stage: str, path: Path) -> pd.DataFrame:
    """A row a period of a stage: how many people were there, and how many reached the next.

    :param frame: long frame of the measure 'journey' of one length, a row a stage and period.
    :param stage: which; '' for the first that everybody passes.
    :returns: stage, period, start_at, people, status, went_on (people at the next required stage;
        NaN where there is none, or it is not reported), share (went_on of people, NaN likewise),
        share_status ('reported' only if both are) and next_stage ('' where there is none), in the
        order of time.
    """
    if frame.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    stages = frame["category"].astype(str)
    totals = frame.groupby(stages)["value"].sum().sort_values(ascending=False)
    known = [str(name) for name in totals.index]
    stage = stage or (path.required(known) or known)[0]
    after = next_stage(stage, path, known)
    own, following = (_of(frame[stages == name]) for name in (stage, after))
    after_it = following[["value", "status"]].add_suffix("_after")
    both = own.join(after_it)
    went_on = both["value_after"].astype(float)
    share = went_on / both["value"].where(both["value"] > 0)
    return pd.DataFrame(
        {
            "stage": stage,
            "period": both["period"].astype(str),
            "start_at": both.index,
            "people": both["value"].astype(float),
            "status": both["status"].astype(str),
            "went_on": went_on,
            "share": share,
            "share_status": _together(both["status"], both["status_after"], share),
            "next_stage": after,
        }
    ).reset_index(drop=True)


def _of(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.set_index("start_at").sort_index()


def _together(one: pd.Series, other: pd.Series, share: pd.Series) -> pd.Series:
    sound = (one.astype(str) == "reported") & (other.astype(str) == "reported")
    words = pd.Series("partial", index=share.index).mask(sound, "reported")
    return words.mask(share.isna(), "not reported")

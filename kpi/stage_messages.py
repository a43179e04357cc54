"""The errors that people met and the help that they opened at each stage of a journey."""

from __future__ import annotations

import pandas as pd

from kpi.journeys import Stretch

MOST = 3
# Between stage and message: see data.rules.
SEPARATOR = "/"
COLUMNS = ("measure", "stage", "name", "message", "count", "people", "per_hundred", "periods")


def most_frequent(
    frame: pd.DataFrame, told: pd.DataFrame, visitors: pd.DataFrame, stretch: Stretch
) -> pd.DataFrame:
    """The three most frequent messages of each stage, over the periods in which any were told.

    :param frame: long frame of a measure whose category is 'stage/message', of one length.
    :param told: long frame of the same data set's total; its reported periods are those in which
        a message that is not there was not met.
    :param visitors: `kpi.journeys.by_period` of the same span.
    :param stretch: the stages that are shown, in order; messages at others are left out.
    :returns: measure, stage, name, message, count (times), people (at that stage in the same
        periods; NaN where they are not reported in all of them), per_hundred (times for every
        hundred people) and periods (how many are added up), by stage, the most frequent first.
    """
    starts = _starts(told).intersection(visitors.index)
    rows = frame[(frame["status"] == "reported") & frame["start_at"].isin(starts)]
    if rows.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    counts = rows.groupby(rows["category"].astype(str))["value"].sum()
    parts = [category.partition(SEPARATOR) for category in counts.index]
    found = pd.DataFrame(
        {
            "measure": str(frame["measure"].iloc[0]),
            "stage": [stage for stage, _, _ in parts],
            "message": [message for _, _, message in parts],
            "count": counts.to_numpy(),
        }
    )
    found = found.merge(stretch.frame[["stage", "name"]].reset_index(names="place"), on="stage")
    people = visitors.loc[starts].sum(skipna=False)
    found["people"] = found["stage"].map(people)
    found["per_hundred"] = 100 * found["count"] / found["people"].where(found["people"] > 0)
    ordered = found.sort_values(["place", "count", "message"], ascending=[True, False, True])
    top = ordered[ordered["count"] > 0].groupby("stage", sort=False).head(MOST)
    return top.assign(periods=len(starts))[list(COLUMNS)].reset_index(drop=True)


def _starts(told: pd.DataFrame) -> pd.Index:
    return pd.Index(told.loc[told["status"] == "reported", "start_at"].unique())

"""A journey: how many people reach each stage, and where most of them leave."""

import pandas as pd
from dash import html

from layouts.leagues import bar
from layouts.tables import Column, data_table
from layouts.wording import counted, named

NO_JOURNEY = "No figures for this journey yet."


def main_stages(frame: pd.DataFrame) -> pd.DataFrame:
    """The stages that everybody passes, with how many left before each.

    frame: stage (slug), visitors (people), in order, and perhaps optional (bool). Returns stage,
    visitors, left (people; NaN for the first and where a stage is not reported) and
    share (of those at the stage before). More people than before is nobody left: 0.
    """
    asked = frame["optional"].astype(bool) if "optional" in frame else pd.Series(False, frame.index)
    stages = frame.loc[~asked, ["stage", "visitors"]].reset_index(drop=True)
    before = stages["visitors"].shift(1)
    left = (before - stages["visitors"]).clip(lower=0)
    return stages.assign(left=left, share=left / before.where(before > 0))


def worst_stage(stages: pd.DataFrame) -> int | None:
    """The place of the one stage with more leavers than every other; None if there is none.

    stages: as main_stages returns them.
    """
    left = stages["left"].dropna()
    most = left.max() if not left.empty else 0
    places = left.index[left == most]
    return int(places[0]) if most > 0 and len(places) == 1 else None


def _people(visitors: float) -> str:
    return "not reported" if pd.isna(visitors) else f"{visitors:,.0f}"


def _drop(share: float) -> str:
    if pd.isna(share):
        return ""
    return "under 1% left" if 0 < share < 0.005 else f"{share:.0%} left"


def _stage(stage: pd.Series, most: float, worst: bool) -> html.Li:
    share = stage["visitors"] / most if most and pd.notna(stage["visitors"]) else 0
    drop: list[str | html.Span] = [_drop(stage["share"])]
    if worst:
        drop.append(html.Span(", the most of any stage", className="visually-hidden"))
    return html.Li(
        [
            html.Span(named(str(stage["stage"])), className="stage"),
            html.Span([bar(share), html.B(_people(stage["visitors"]))], className="reach"),
            html.Span(drop, className="drop"),
        ],
        className="worst" if worst else None,
    )


def _optional(frame: pd.DataFrame) -> html.P | None:
    if "optional" not in frame or not frame["optional"].any():
        return None
    rows = frame[frame["optional"].astype(bool)].sort_values("visitors", ascending=False)
    pairs = zip(rows["stage"], rows["visitors"], strict=True)
    said = [f"{named(str(stage)).lower()} {_people(visitors)}" for stage, visitors in pairs]
    return html.P(f"Asked of some people only: {' · '.join(said)}", className="of")


def journey(frame: pd.DataFrame) -> html.Div:
    """The stages as bars, the one where most people leave marked; optional ones listed below.

    frame: stage (slug), visitors (people), in order, and perhaps optional (bool).
    """
    if frame.empty or frame["visitors"].isna().all():
        return html.Div(html.P(NO_JOURNEY, className="empty"))
    stages = main_stages(frame)
    most, worst = float(stages["visitors"].max()), worst_stage(stages)
    items = [_stage(stage, most, place == worst) for place, stage in stages.iterrows()]
    below = _optional(frame)
    listed = html.Ol(items, className="journey")
    return html.Div([listed] if below is None else [listed, below])


def journey_table(frame: pd.DataFrame, caption: str) -> html.Div:
    """The stages in full: people, how many left before each, and their share."""
    columns = [
        Column("Stage"),
        *(Column(name, numeric=True) for name in ("People", "Left", "Share")),
    ]
    rows = [
        [
            named(str(stage["stage"])),
            _people(stage["visitors"]),
            "" if pd.isna(stage["left"]) else f"{stage['left']:,.0f}",
            "" if pd.isna(stage["share"]) else f"{stage['share']:.1%}",
        ]
        for _, stage in main_stages(frame).iterrows()
    ]
    return data_table(columns, rows, caption, empty=NO_JOURNEY)


def journey_summary(frame: pd.DataFrame, when: str) -> str:
    """The figures in a sentence. when: 'in the last nine weeks', 'in September 2017'."""
    if frame.empty or frame["visitors"].isna().all():
        return NO_JOURNEY
    stages = main_stages(frame)
    started, worst = stages["visitors"].iloc[0], worst_stage(stages)
    if pd.isna(started):
        return f"How many people started {when} was not reported."
    people = counted(round(started), "person", "people")
    if worst is None:
        return f"{people} started {when}."
    left, share = stages["left"][worst], stages["share"][worst]
    stage = named(str(stages["stage"][worst]))
    return (
        f"{left:,.0f} people left at ‘{stage}’, {share:.0%} of those who had got that far; "
        f"{people} started {when}."
    )

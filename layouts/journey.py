"""A journey: how many people reach each stage, and where most of them leave."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, log10
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from kpi.journeys import OPTIONAL, OTHER, REQUIRED, ChannelCosts, Stretch, worst_stage
from layouts.aria import aria
from layouts.leagues import bar
from layouts.tables import Column, data_table
from layouts.wording import capitalised, counted, listed, named

NO_JOURNEY = "No figures for this journey yet."
BESIDE = {
    OPTIONAL: "Asked of some people only",
    OTHER: "Not placed among the stages by the data set’s settings",
}
# Where each stage leads, by its slug.
Href = Callable[[str], str]


def stage_name(stage: Any) -> str:
    """What people read for a row of stage and name: its name, or its slug as one."""
    return str(stage["name"] or named(str(stage["stage"])))


def is_empty(found: Stretch) -> bool:
    """Whether there is nothing to draw."""
    return found.stages.empty or bool(found.stages["visitors"].isna().all())


def people_in_words(visitors: float) -> str:
    """'48,880', or 'not reported'."""
    return "not reported" if pd.isna(visitors) else f"{visitors:,.0f}"


def share_in_words(share: float) -> str:
    """'32%', 'under 1%'; '' where there is none."""
    if pd.isna(share):
        return ""
    return "under 1%" if 0 < share < 0.005 else f"{share:.0%}"


def left_in_words(stage: Any) -> str:
    """'15,584 left, 32%'; '192 more' where a stage gained people; '' for the first."""
    if pd.isna(stage["left"]):
        return ""
    if stage["left"] < 0:
        return f"{-stage['left']:,.0f} more"
    share = share_in_words(stage["share"])
    return f"{stage['left']:,.0f} left" + (f", {share}" if share else "")


def stage_link(stage: Any, href: Href | None) -> Component:
    """A stage's name, which leads to its trend."""
    name = stage_name(stage)
    if href is None:
        return html.Span(name, className="stage")
    return dcc.Link(name, href=href(str(stage["stage"])), className="stage")


def if_open(stage: Any, opened: str) -> dict[str, Any]:
    """What says of a stage's element that its trend is open."""
    return aria(current="true") if str(stage["stage"]) == opened else {}


def _stage(
    stage: pd.Series, most: float, worst: bool, link: Component, current: dict[str, Any]
) -> html.Li:
    share = stage["visitors"] / most if most and pd.notna(stage["visitors"]) else 0
    drop: list[str | html.Span] = [left_in_words(stage)]
    if worst:
        drop.append(html.Span(", the most of any stage", className="visually-hidden"))
    return html.Li(
        [
            link,
            html.Span([bar(share), html.B(people_in_words(stage["visitors"]))], className="reach"),
            html.Span(drop, className="drop"),
        ],
        className="worst" if worst else None,
        **current,
    )


def _beside(frame: pd.DataFrame, kind: str, href: Href | None, opened: str) -> html.P | None:
    rows = frame[frame["kind"] == kind].sort_values("visitors", ascending=False)
    if rows.empty:
        return None
    said: list[Any] = [f"{BESIDE[kind]}: "]
    for place, (_, stage) in enumerate(rows.iterrows()):
        link = html.Span(stage_link(stage, href), **if_open(stage, opened))
        said += [" · " if place else "", link, f" {people_in_words(stage['visitors'])}"]
    return html.P(said, className="of")


def gains(found: Stretch) -> list[str]:
    """The names of the stages with more people than at the required one before."""
    stages = found.stages
    return [stage_name(row) for _, row in stages[stages["left"] < 0].iterrows()]


def quality_note(found: Stretch) -> html.P | None:
    """What does not fit together: stages that gained people."""
    names = [f"‘{name}’" for name in gains(found)]
    if not names:
        return None
    words = f"More people at {listed(names)} than at the stage before."
    return html.P([html.Strong("Check the data. "), words], className="warning")


def journey(found: Stretch, href: Href | None = None, opened: str = "") -> html.Div:
    """The stages as bars, the one where most people leave marked; those beside the path below.

    href: where a stage leads; without it, nowhere. opened: the stage whose trend is open.
    """
    if is_empty(found):
        return html.Div(html.P(NO_JOURNEY, className="empty"))
    stages = found.stages
    most, worst = float(stages["visitors"].max()), worst_stage(stages)
    items = [
        _stage(stage, most, place == worst, stage_link(stage, href), if_open(stage, opened))
        for place, stage in stages.iterrows()
    ]
    below = [_beside(found.frame, kind, href, opened) for kind in BESIDE]
    parts = [html.Ol(items, className="journey"), *below, quality_note(found)]
    return html.Div([part for part in parts if part is not None])


def journey_table(found: Stretch, caption: str) -> html.Div:
    """All stages in full: people, how many left before each, and their share."""
    columns = [
        Column("Stage"),
        *(Column(name, numeric=True) for name in ("People", "Left", "Share")),
    ]
    rows = [
        [
            stage_name(stage) + ("" if stage["kind"] == REQUIRED else " (beside the path)"),
            people_in_words(stage["visitors"]),
            "" if pd.isna(stage["left"]) else f"{stage['left']:,.0f}".replace("-", "−"),
            "" if pd.isna(stage["share"]) else f"{stage['share']:.1%}".replace("-", "−"),
        ]
        for _, stage in found.frame.iterrows()
    ]
    return data_table(columns, rows, caption, empty=NO_JOURNEY)


def about(number: float, sign: str = "") -> str:
    """A mean in two figures, as people say it: 'about 1,700', 'about £26'; whole below 100."""
    if number < 0.5:
        return f"less than {sign}1"
    step = 10 ** max(0, floor(log10(number)) - 1)
    rounded = int(number / step + 0.5) * step
    return f"{sign}{rounded:,}" if rounded == number else f"about {sign}{rounded:,}"


def journey_summary(found: Stretch, when: str) -> str:
    """The figures in a sentence. when: 'in the last nine weeks', 'in September 2017'."""
    if is_empty(found):
        return NO_JOURNEY
    stages = found.stages
    started, worst = stages["visitors"].iloc[0], worst_stage(stages)
    people = counted(round(started), "person", "people")
    if worst is None:
        return f"{people} started {when}."
    row = stages.loc[worst]
    return (
        f"{row['left']:,.0f} people left at ‘{stage_name(row)}’, {row['share']:.0%} of those who "
        f"had got that far{_each(found, float(stages['left'][worst]))}; {people} started {when}."
    )


def _each(found: Stretch, left: float) -> str:
    if found.periods < 2 or found.last is None:
        return ""
    return f", {about(left / found.periods)} a {found.last.name}"


def cost_in_words(found: Stretch, costs: ChannelCosts | None) -> str:
    """What it costs to serve those who leave at the worst stage on another channel; '' if unknown.

    People lost a week, times what a transaction costs more there than online.
    """
    worst = worst_stage(found.stages) if not is_empty(found) else None
    if worst is None or costs is None or found.last is None:
        return ""
    more = costs.of_turning(float(found.stages["left"][worst]) / found.periods)
    channel = costs.elsewhere or "another channel"
    prices = f"£{costs.other:,.2f} a transaction against £{costs.digital:,.2f} online"
    amount = f"{about(abs(more), '£')} a {found.last.name} {'more' if more >= 0 else 'less'}"
    return f"If each of them turned to {channel} instead, at {prices}, that would cost {amount}."


def heading_stage(found: Stretch) -> tuple[str, bool] | None:
    """The worst stage's name, and whether more than half of all leavers leave there."""
    if is_empty(found):
        return None
    stages = found.stages
    worst = worst_stage(stages)
    if worst is None:
        return None
    most = stages["left"][worst] > stages["left"].clip(lower=0).sum() / 2
    return capitalised(stage_name(stages.loc[worst])), bool(most)

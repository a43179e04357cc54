"""Two periods of one journey side by side: people, and the share that left, at each stage."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from dash import html
from dash.development.base_component import Component

from kpi.journeys import Stretch
from layouts.journey import Href, if_open, people_in_words, stage_link, stage_name
from layouts.leagues import bar
from layouts.spans import span_in_words
from layouts.tables import Column, data_table

SAME, NEITHER = "no change", "not comparable"


@dataclass(frozen=True)
class Difference:
    """How two shares differ: in words, and whether that is better, worse or neither (flat)."""

    words: str
    direction: str

    @classmethod
    def of(cls, share: float, before: float, *, fewer_is_better: bool = True) -> Difference:
        """The difference of two shares (0 to 1; NaN where there is none) in percentage points."""
        if pd.isna(share) or pd.isna(before):
            return cls("", "flat")
        points = f"{abs(share - before) * 100:.1f}"
        if points == "0.0":
            return cls(SAME, "flat")
        up = share > before
        better = up != fewer_is_better
        return cls(f"{'up' if up else 'down'} {points} points", "better" if better else "worse")

    @property
    def shown(self) -> Component:
        """It, coloured and marked, with what the mark says for those who do not see it."""
        hidden = [html.Span(f"{self.direction}: ", className="visually-hidden")]
        said = hidden if self.direction != "flat" else []
        return html.Span([*said, self.words], className=f"change {self.direction}")


def _differences(shown: Stretch, against: Stretch, rows: pd.DataFrame) -> list[Difference]:
    """By stage how the shares differ; none is told where weeks of either are missing."""
    found = [Difference.of(*pair) for pair in zip(rows["share"], rows["share_before"], strict=True)]
    if shown.is_whole and against.is_whole:
        return found
    return [Difference(NEITHER, "flat") if one.words else one for one in found]


def together(shown: Stretch, against: Stretch) -> pd.DataFrame:
    """The required stages of both: stage, name, visitors, share and reach (of those who started)
    of the one, and of the other with '_before' behind their names; in the order of the first.
    """
    one, other = (_with_reach(found.stages) for found in (shown, against))
    columns = ["stage", "visitors", "share", "reach"]
    return one.merge(other[columns], on="stage", how="left", suffixes=("", "_before"))


def _with_reach(stages: pd.DataFrame) -> pd.DataFrame:
    started = stages["visitors"].iloc[0] if len(stages) else float("nan")
    return stages.assign(reach=stages["visitors"] / (started or float("nan")))


def when(found: Stretch) -> str:
    """'4 to 24 September 2017', and how many of its weeks were reported if not all."""
    if found.first is None or found.last is None:
        return ""
    words = span_in_words(found.first, found.last)
    if found.is_whole:
        return words
    return f"{words}, {found.periods} of {found.expected} {found.last.name}s reported in full"


def _figures(stage: pd.Series, end: str, name: str) -> html.Span:
    share = stage[f"share{end}"]
    said = "" if pd.isna(share) else f" {share:.0%} left".replace("-", "−")
    reach = stage[f"reach{end}"]
    return html.Span(
        [
            bar(0 if pd.isna(reach) else float(reach)),
            html.Span(f"{name}: ", className="visually-hidden"),
            html.B(people_in_words(stage[f"visitors{end}"])),
            html.Span(said, className="drop"),
        ],
        className="reach before" if end else "reach",
    )


def _stage(
    stage: pd.Series, difference: Difference, names: tuple[str, str], href: Href, opened: str
) -> html.Li:
    pair = [_figures(stage, end, name) for end, name in zip(("", "_before"), names, strict=True)]
    parts = [stage_link(stage, href), html.Span(pair, className="pair"), difference.shown]
    return html.Li(parts, **if_open(stage, opened))


def comparison(shown: Stretch, against: Stretch, href: Href, opened: str = "") -> html.Div:
    """Each stage twice, its bars in proportion to those who started, with the difference between.

    href, opened: as `layouts.journey.journey` takes them.
    """
    names = (when(shown), when(against))
    key = html.P(
        [
            html.Span([html.Span(className=f"swatch {mark}"), name])
            for mark, name in zip(("now", "then"), names, strict=True)
        ],
        className="key",
    )
    rows = together(shown, against)
    told = zip(rows.iterrows(), _differences(shown, against, rows), strict=True)
    items = [_stage(stage, difference, names, href, opened) for (_, stage), difference in told]
    return html.Div([key, html.Ol(items, className="journey compared")])


def comparison_table(shown: Stretch, against: Stretch, caption: str) -> html.Div:
    """The same in full."""
    names = (when(shown), when(against))
    heads = [f"{what}, {name}" for name in names for what in ("People", "Left")]
    columns = [Column("Stage"), *(Column(head, numeric=True) for head in (*heads, "Difference"))]
    rows = together(shown, against)
    told = zip(rows.iterrows(), _differences(shown, against, rows), strict=True)
    return data_table(columns, [_row(stage, one.words) for (_, stage), one in told], caption)


def _row(stage: pd.Series, difference: str) -> list[str]:
    cells = [stage_name(stage)]
    for end in ("", "_before"):
        share = stage[f"share{end}"]
        cells += [
            people_in_words(stage[f"visitors{end}"]),
            "" if pd.isna(share) else f"{share:.1%}".replace("-", "−"),
        ]
    return [*cells, difference]


def completion_compared(shown: Stretch, against: Stretch) -> str:
    """'39.1% of those who started finished, up 2.9 points on 7 to 27 August 2017.'

    '' where either is not known, or weeks of it are missing.
    """
    if shown.completion is None or against.completion is None:
        return ""
    if not (shown.is_whole and against.is_whole):
        return ""
    moved = Difference.of(shown.completion, against.completion, fewer_is_better=False).words
    words = "the same share as in" if moved == SAME else f"{moved} on"
    time = when(against)
    time = f"the {time}" if time.startswith("week") else time
    return f"{shown.completion:.1%} of those who started finished, {words} {time}."

"""How many people are using services right now, how old that count is, and the day up to it.

A page that stays open asks again by itself (assets/live.js): what moves on it and what it is sent
are made here of the same parts, so that they say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import plotly.graph_objects as go
from dash import html

from kpi.live import LiveUsers
from layouts import ids
from layouts.ages import age
from layouts.charts import build_live, chart
from layouts.fixed import fixed
from layouts.tables import Column, data_table
from layouts.unscripted import UNSCRIPTED
from layouts.wording import count_said, counted

FRESH_FOR = 10 * 60


@dataclass(frozen=True)
class LiveShown:
    """Live users of which there are some figures, and what they use: 'this service'.

    address: where newer ones are asked for.
    """

    users: LiveUsers
    of: str
    address: str

    @property
    def counted_at(self) -> datetime:
        """When the newest count was made, in UTC."""
        assert self.users.counted_at is not None
        return self.users.counted_at.replace(tzinfo=UTC)

    @property
    def people(self) -> str:
        """The number, set large."""
        return count_said(self.users.people)

    @property
    def sentence(self) -> str:
        """What the number counts, as it follows the number: 'people are using 12 services.'"""
        return f"{'person is' if self.users.people == 1 else 'people are'} using {self.of}."

    @property
    def then(self) -> str:
        """What an old number counted."""
        said = "person was" if self.users.people == 1 else "people were"
        return f"{self.people} {said} using {self.of} then."

    @property
    def summary(self) -> str:
        """The day up to then in a sentence."""
        line = self.users.line.dropna(subset=["value"]).sort_values("value", kind="stable")
        until = f"People using {self.of} in the 24 hours to {moment_said(self.counted_at)} (UTC)"
        if line.empty:
            return f"{until}."
        most = line.iloc[-1]
        people = counted(round(float(most["value"])), "person", "people")
        return f"{until}: at most {people}, at {moment_said(most['start_at'])}."

    @property
    def figure(self) -> go.Figure:
        """The day up to then."""
        return build_live(self.users.line)

    def id(self, kind: str) -> dict[str, str]:
        """The id of its chart or its table."""
        return {"type": kind, "of": self.address}


def is_fresh(counted_at: datetime, now: datetime) -> bool:
    """Whether a count is recent enough to speak of 'now': ten minutes."""
    return (now - counted_at).total_seconds() < FRESH_FOR


def since(counted_at: datetime, now: datetime) -> str:
    """What is said in place of an old number: 'No live figures since 14:05 (UTC).'

    With the day where it is not today's, and the year where it is not this one.
    """
    words = f"{counted_at:%H:%M} (UTC)"
    if counted_at.date() != now.date():
        words += f" on {counted_at.day} {counted_at:%B}"
    if counted_at.year != now.year:
        words += f" {counted_at.year}"
    return f"No live figures since {words}."


def live_figure(shown: LiveShown, now: datetime) -> html.Div:
    """A live count set large, with a pulse, and how old it is; an old one as what it was then.

    Nothing of it is read out when it moves, but that there are no new figures any more.
    """
    fresh = is_fresh(shown.counted_at, now)
    counted_then = f"Counted {age(shown.counted_at, now)}." if fresh else ""
    people = html.Span(shown.people if fresh else "", className="people")
    sentence = html.Span(shown.sentence if fresh else "", className="sentence")
    old = "" if fresh else since(shown.counted_at, now)
    at = [_counted_at(shown)] if fresh else []
    return html.Div(
        [
            html.P([html.Span(className="pulse"), people], className="value", hidden=not fresh),
            html.P([sentence, " ", html.Span(counted_then, className="of")], hidden=not fresh),
            html.P(old, className="since", role="status"),
            html.P("" if fresh else shown.then, className="then"),
            *at,
        ],
        className="live",
        **_attributes(shown, now),
    )


def _counted_at(shown: LiveShown) -> html.P:
    """When it was counted, for whoever runs no script that would tell how long that is ago."""
    words = f"Counted at {moment_said(shown.counted_at)} (UTC)."
    return html.P(words, className=f"of {UNSCRIPTED}", hidden=True)


def _attributes(shown: LiveShown, now: datetime) -> dict[str, Any]:
    """What assets/live.js goes by: the words, and moments in seconds since 1970."""
    return {
        "data-live": shown.address,
        "data-people": shown.people,
        "data-sentence": shown.sentence,
        "data-then": shown.then,
        "data-counted": str(int(shown.counted_at.timestamp())),
        "data-drawn": str(int(now.timestamp())),
        "data-fresh-for": str(FRESH_FOR),
    }


def live_chart(shown: LiveShown) -> html.Div:
    """The day up to the newest count, as a line."""
    return chart(shown.figure, shown.id(ids.LIVE_CHART), shown.summary)


def live_table(shown: LiveShown) -> html.Div:
    """The line's figures, the newest first."""
    return html.Div(_rows(shown), id=shown.id(ids.LIVE_TABLE))


def live_parts(shown: LiveShown) -> dict[str, Any]:
    """What an open page is sent: the words of the count, its chart and its table."""
    return {
        "people": shown.people,
        "sentence": shown.sentence,
        "then": shown.then,
        "counted": int(shown.counted_at.timestamp()),
        "summary": shown.summary,
        "figure": shown.figure,
        "table": fixed(_rows(shown)),
    }


def moment_said(moment: datetime) -> str:
    """'14:05, 3 October'."""
    return f"{moment:%H:%M}, {moment.day} {moment:%B}"


def _rows(shown: LiveShown) -> html.Div:
    newest_first = shown.users.line.dropna(subset=["value"]).iloc[::-1]
    rows = [
        [moment_said(start), f"{value:,.0f}"]
        for start, value in zip(newest_first["start_at"], newest_first["value"], strict=True)
    ]
    columns = [Column("Ten minutes from (UTC)"), Column("People", numeric=True)]
    return data_table(columns, rows, "People using services, a mean of every ten minutes")

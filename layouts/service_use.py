"""How a service is used: its channels, and the people on it right now."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from kpi.dashboard import VOLUME, Dashboard
from kpi.definitions import kpi as known_kpi
from layouts import ids
from layouts.addresses import always_latest
from layouts.charts import HEIGHT
from layouts.findings import channels_heading
from layouts.live import LiveShown, live_chart, live_figure, live_table
from layouts.modules import module
from layouts.normal_range import ON_CHART, banded, has_ranges, volume_in_words
from layouts.service_addresses import (
    live_csv,
    measurements_csv,
    page_address,
    service_live,
    shared_address,
)
from layouts.service_charts import build_channels, curves, trend_chart
from layouts.service_filters import channel_in_words
from layouts.service_kpis import gaps_in_words
from layouts.service_projections import (
    continued_volumes,
    in_words,
    projection_actions,
)
from layouts.spans import during
from layouts.tables import figures_table
from layouts.timeline import periods_of
from layouts.wording import count_said, listed, named, parts_in_words

CHANNELS, LIVE = "channels", "live"
TRANSACTIONS = "Transactions"


def channels_module(shown: Dashboard) -> Component | None:
    """Transactions over time by channel; of all and of digital ones where channels are not told."""
    kpi, frame = known_kpi("transactions"), shown.channels.frame
    if frame.empty:
        return None
    title = "Transactions by channel" if shown.channels.split else TRANSACTIONS
    frame, words = _with_band(shown, frame)
    summary = " ".join(filter(None, (_transactions_in_words(frame), *words)))
    asked = "transactions-by-channel" if shown.channels.split else "transactions"
    figure = build_channels(banded(frame), kpi, HEIGHT)
    coming = [] if shown.channels.split else projection_actions(shown, kpi.slug)
    if coming:
        figure = continued_volumes(shown, figure)
        summary = f"{summary} {in_words(shown, kpi.slug)}"
    return module(
        CHANNELS,
        _heading(shown, title),
        [trend_chart(figure, CHANNELS, summary), *_links(shown), _curves(shown, figure)],
        summary=summary,
        table=figures_table(frame, kpi, f"{title} by {shown.view.period}"),
        after=coming,
        csv_href=measurements_csv(shown, asked, shown.view.period, *_ends(shown)),
        share_href=shared_address(shown, CHANNELS),
        title=title,
    )


def _with_band(shown: Dashboard, frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """A single line with its normal range, and what is said of the volume and its band."""
    words = volume_in_words(shown.latest.get(VOLUME))
    judged = shown.lines.get(VOLUME)
    if judged is None or not has_ranges(judged) or frame["line"].nunique() != 1:
        return frame, (words,)
    known = judged.set_index("start_at")[["normal_low", "normal_high", "verdict"]]
    return frame.join(known, on="start_at"), (words, ON_CHART)


def _ends(shown: Dashboard) -> tuple[date | None, date | None]:
    return shown.view.start_at, shown.view.end_at


def _heading(shown: Dashboard, title: str) -> str:
    if shown.view.channel:
        return f"{title}: {channel_in_words(shown.view.channel).lower()}"
    return channels_heading(shown.channels.frame) if shown.channels.split else title


def _transactions_in_words(frame: pd.DataFrame) -> str:
    """'14,204 transactions in September 2017: 11,790 digital and 2,414 paper. No figures for …'"""
    known = frame[frame["value"].notna()]
    sound = known[known["status"] == "reported"]
    rows = sound if len(sound) else known
    if rows.empty:
        return "No transactions were reported in this time."
    last = rows[rows["start_at"] == rows["start_at"].max()]
    return " ".join(filter(None, (_last_in_words(last), gaps_in_words(frame))))


def _last_in_words(last: pd.DataFrame) -> str:
    period = periods_of(last.head(1))[0]
    values = dict(zip(last["line"], last["value"], strict=True))
    total = values.pop("all transactions", sum(values.values()))
    each = sorted(values.items(), key=lambda pair: -pair[1])
    parts = listed([f"{count_said(value)} {named(line).lower()}" for line, value in each])
    split = f": {parts}" if len(each) > 1 or "all transactions" in set(last["line"]) else ""
    return f"{count_said(total)} transactions {during(period)}{split}{_part(last)}."


def _part(last: pd.DataFrame) -> str:
    row = last.iloc[0]
    if row["status"] != "partial":
        return ""
    parts = parts_in_words(int(row["parts"]), int(row["expected"]), str(row["part"]))
    return f" (partial: {parts})"


def _links(shown: Dashboard) -> list[Component]:
    """The same as clicking a line of the chart, for the keyboard."""
    view = shown.view
    kinds = [kind for kind in ("", *view.channels) if kind != view.channel]
    if not kinds or (shown.channels.split and len(view.channels) < 2):
        return []
    links = [
        dcc.Link(channel_in_words(kind), href=page_address(shown, view.of_channel(kind)))
        for kind in kinds
    ]
    said: list[Component] = [html.Span("Show only: " if not view.channel else "Show: "), *links]
    return [html.P(said, className="choice-links")]


def _curves(shown: Dashboard, figure: go.Figure) -> Component:
    """What a click on each curve chooses."""
    id = {"type": ids.SERVICE_CURVES, "module": CHANNELS}
    return dcc.Store(id=id, data=curves(figure, shown.channels.kinds))


def live_module(shown: Dashboard, now: datetime) -> Component | None:
    """How many people are on the service, and the day up to then; None where nobody counts."""
    if shown.live.people is None:
        return None
    live = LiveShown(shown.live, "this service", service_live(shown))
    return module(
        LIVE,
        "Right now",
        [live_figure(live, now), live_chart(live)],
        table=live_table(live),
        csv_href=live_csv(shown),
        share_href=always_latest(page_address(shown, module=LIVE)),
        title="People using the service",
    )

"""The Overview: headline figures, right now, last week, where to look first, every service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from kpi.definitions import kpi
from kpi.live import LiveUsers
from kpi.overview import COST, TAKE_UP, TOTAL_COST, TRANSACTIONS, Busiest, Choice, Overview
from kpi.overview import Performance
from layouts import ids
from layouts.addresses import csv_address, organisation_address, service_address
from layouts.cards import Volume, change, figure, headline, volumes
from layouts.charts import build_live, chart
from layouts.fields import select_field
from layouts.frame import title_row
from layouts.leagues import Place, league
from layouts.live import live_figure
from layouts.modules import actions, empty_state
from layouts.sparkline import trend_line
from layouts.tables import Column, data_table
from layouts.treemap import Area, treemap, treemap_key
from layouts.wording import (
    capitalised,
    change_in_words,
    count_said,
    counted,
    exact,
    missing,
    out_of,
    said,
)

TITLE = "How services perform"
DESCRIPTION = (
    "Cost per transaction, digital take-up, volumes and live users of an organisation's services."
)
_LABELS = (
    (TRANSACTIONS, "transactions"),
    (TOTAL_COST, "total cost"),
    (COST, "cost per transaction"),
    (TAKE_UP, "done digitally"),
)
_UNITS = {
    "week": "on the week before",
    "month": "on the month before",
    "quarter": "on the quarter before",
    "year": "on the year before",
}


def build_overview(answer: Overview, now: datetime, notice: str = "") -> list[Component]:
    """The whole page for one period."""
    shown = answer.performance
    return [
        title_row(TITLE, lede(shown), period_field(answer.choices, shown)),
        *([html.P(notice, className="notice-line")] if notice else []),
        headline_figures(shown),
        html.Section([right_now(answer.live, now), last_period(answer.busiest)], className="split"),
        leagues(shown, answer.names),
        areas(answer.areas, shown, level="department"),
    ]


def build_empty() -> list[Component]:
    """Nothing was ever loaded: say what to do next."""
    return [
        title_row(TITLE),
        empty_state(
            "No figures have been loaded yet.",
            [
                html.P(
                    [
                        "Load the published figures, or your own: ",
                        dcc.Link("how to load figures", href="/about#load"),
                        ".",
                    ]
                )
            ],
        ),
    ]


def lede(shown: Performance) -> str:
    """The period in words, and how many services have reported it."""
    return f"{capitalised(shown.period.label)}. {out_of(shown.reporting, shown.services, 'service')} {'has' if shown.reporting == 1 else 'have'} reported."


def period_field(choices: Sequence[Choice], shown: Performance) -> html.Div:
    """The periods that have figures, each with how many services reported it."""
    options = [
        (
            value_of(choice),
            f"{capitalised(choice.period.label)} ({counted(choice.services_reporting, 'service')})",
        )
        for choice in choices
    ]
    current = f"{shown.period.name}:{shown.period.start}"
    if current not in {value for value, _ in options}:
        options.insert(0, (current, capitalised(shown.period.label)))
    return select_field(ids.PERIOD_CHOICE, "Period", options, current)


def value_of(choice: Choice) -> str:
    """A choice as the select and the address hold it: 'year:2016-10-01'."""
    return f"{choice.period.name}:{choice.period.start}"


def headline_figures(shown: Performance) -> html.Section:
    """The four big numbers, each with its change over the services that reported both years."""
    return headline([_headline_figure(shown, slug, label) for slug, label in _LABELS])


def _headline_figure(shown: Performance, slug: str, label: str) -> html.Div:
    total = _row(shown.headline, slug)
    moved = _row(shown.changes, slug)
    value = None if total is None else total["value"]
    reporting = 0 if total is None else int(total["services_reporting"])
    lines: list[Component] = [figure(value, kpi(slug)), html.P(label, className="label")]
    if moved is not None and moved["services"] and not missing(moved["before"]):
        same = counted(int(moved["services"]), "service")
        lines.append(change(moved["value"], moved["before"], kpi(slug), "on the year before"))
        lines.append(html.P(f"in the {same} that reported both", className="of"))
    lines.append(html.P(f"from {out_of(reporting, shown.services, 'service')}", className="of"))
    return html.Div(lines)


def _row(frame: pd.DataFrame, slug: str) -> pd.Series | None:
    rows = frame[frame["kpi"] == slug]
    return None if rows.empty else rows.iloc[0]


def right_now(live: LiveUsers, now: datetime) -> html.Div:
    """How many people are using services, how old that is, and the day up to then."""
    heading = html.H2("Right now")
    if live.people is None or live.counted_at is None:
        words = "No service here counts its users as they come."
        return html.Div([heading, empty_state(words)])
    counted_at = live.counted_at.replace(tzinfo=UTC)
    people = "person is" if live.people == 1 else "people are"
    sentence = f"{people} using {counted(live.services, 'service')}."
    summary = f"People using services in the 24 hours to {counted_at:%H:%M} on {counted_at.day} {counted_at:%B %Y}."
    drawn = chart(build_live(live.line), ids.LIVE_CHART, summary)
    table = _live_table(live.line)
    csv = csv_address("live")
    return html.Div(
        [
            heading,
            live_figure(live.people, sentence, counted_at, now),
            drawn,
            actions("people using services right now", table, csv),
        ]
    )


def _live_table(line: pd.DataFrame) -> html.Div:
    hourly = line.set_index("start_at")["value"].resample("h").last().dropna().iloc[::-1]
    rows = [
        [f"{moment:%H:%M}, {moment.day} {moment:%B}", f"{value:,.0f}"]
        for moment, value in hourly.items()
    ]
    return data_table(
        [Column("Hour from"), Column("People", numeric=True)],
        rows,
        "People using services, at the end of each hour",
    )


def last_period(busiest: Busiest) -> html.Div:
    """The three most used services in the latest week (or the shortest period there is)."""
    if busiest.period is None or busiest.frame.empty:
        return html.Div(
            [html.H2("Last week"), empty_state("No service has reported its transactions yet.")]
        )
    period = busiest.period
    is_week = period.name == "week"
    heading = "Last week" if is_week else "Most used"
    when = f"{capitalised(period.label)}, the latest {period.name} that services have reported."
    items = [_volume(row, busiest) for row in busiest.frame.itertuples()]
    return html.Div([html.H2(heading), html.P(when, className="of"), volumes(items)])


def _volume(row: object, busiest: Busiest) -> Volume:
    period = busiest.period
    assert period is not None
    item = kpi(TRANSACTIONS)
    slug, value, before = row.service, row.value, row.before  # type: ignore[attr-defined]
    trend = busiest.trends[busiest.trends["service"] == slug]
    words = (
        "" if missing(before) else f"{change_in_words(value, before, item)} {_UNITS[period.name]}"
    )
    picture = trend_line(trend["value"].tolist(), f"Trend over {len(trend)} {period.name}s")
    return Volume(row.name, service_address(slug), count_said(value), words, picture)  # type: ignore[attr-defined]


def leagues(shown: Performance, names: pd.Series) -> html.Section:
    """Highest and lowest cost per transaction, and where take-up grows fastest."""
    minimum = f"{shown.highest.minimum:,}"
    costs = f"{counted(shown.highest.qualified, 'service')} with a cost and at least {minimum} transactions"
    grows = f"digital take-up of {counted(shown.growing.qualified, 'service')}, on the same months a year before"
    return html.Section(
        [
            html.H2("Where to look first"),
            html.Div(
                [
                    _league("Highest cost per transaction", costs, shown.highest.frame, names),
                    _league(
                        "Lowest cost per transaction",
                        "the same services",
                        shown.lowest.frame,
                        names,
                    ),
                    _growing(grows, shown.growing.frame, names),
                ],
                className="three",
            ),
        ]
    )


def _league(title: str, base: str, frame: pd.DataFrame, names: pd.Series) -> html.Div:
    item = kpi(COST)
    places = [
        Place(names[row.service], service_address(row.service), row.value, said(row.value, item))
        for row in frame.itertuples()
    ]
    return league(title, base, places)


def _growing(base: str, frame: pd.DataFrame, names: pd.Series) -> html.Div:
    places = [
        Place(
            names[row.service],
            service_address(row.service),
            max(row.change, 0),
            f"{row.change * 100:+.1f} points",
        )
        for row in frame.itertuples()
    ]
    return league("Growing fastest online", base, places)


def areas(
    frame: pd.DataFrame, shown: Performance, level: str, parameters: dict[str, str] | None = None
) -> html.Section:
    """The tree's next level, sized by transactions and coloured by take-up."""
    is_service = level == "service"
    lead = service_address if is_service else organisation_address
    found = [
        Area(
            row.abbreviation or row.name,
            lead(slug),
            row.transactions,
            None if missing(row.take_up) else row.take_up,
            row.name,
        )
        for slug, row in zip(frame.index, frame.itertuples(), strict=True)
    ]
    path = "organisations" if not is_service else "services"
    table = _areas_table(frame, lead, level)
    noun = {"department": "department", "agency": "agency", "service": "service"}[level]
    look = (
        "" if is_service else f" Choose {'an' if noun == 'agency' else 'a'} {noun} to look inside."
    )
    return html.Section(
        [
            html.H2("Every service by size"),
            html.P(
                f"Area: transactions, {shown.period.label}. Colour: share done digitally.{look}",
                className="of",
            ),
            treemap(found),
            treemap_key(),
            actions("services by size", table, csv_address(path, parameters)),
        ]
    )


def _areas_table(frame: pd.DataFrame, lead: object, level: str) -> html.Div:
    rows = [
        [
            dcc.Link(row.name, href=lead(slug)),  # type: ignore[operator]
            exact(row.transactions, kpi(TRANSACTIONS)),
            exact(row.take_up, kpi(TAKE_UP)),
        ]
        for slug, row in zip(frame.index, frame.itertuples(), strict=True)
    ]
    columns = [
        Column(level.capitalize()),
        Column("Transactions", numeric=True),
        Column("Digital take-up", numeric=True),
    ]
    return data_table(columns, rows, f"Transactions and digital take-up by {level}")

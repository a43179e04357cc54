"""How some services performed in one period: big numbers, and where to look first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from kpi.definitions import kpi
from kpi.overview import COST, TAKE_UP, TOTAL_COST, TRANSACTIONS, Choice, Performance
from kpi.periods import Period
from layouts import ids
from layouts.addresses import Parameter, csv_address, service_address, span_parameters
from layouts.cards import HEADLINE, change, figure, headline
from layouts.fields import select_field
from layouts.leagues import Place, league
from layouts.modules import actions
from layouts.wording import capitalised, counted, missing, out_of, said

# The section of the leagues.
LEAGUES = "where-to-look-first"
_LABELS = (
    (TRANSACTIONS, "transactions"),
    (TOTAL_COST, "total cost"),
    (COST, "cost per transaction"),
    (TAKE_UP, "done digitally"),
)


def lede(shown: Performance) -> str:
    """The period in words, and how many services have reported it."""
    reported = capitalised(out_of(shown.reporting, shown.services, "service"))
    have = "has" if 1 in (shown.reporting, shown.services) else "have"
    return f"{capitalised(shown.period.label)}. {reported} {have} reported."


def period_field(choices: Sequence[Choice], shown: Performance, of_all: bool = True) -> html.Div:
    """The periods that have figures; of all services each with how many reported it."""
    options = [(period_parameter(choice.period), _words(choice, of_all)) for choice in choices]
    current = period_parameter(shown.period)
    if current not in {value for value, _ in options}:
        options.insert(0, (current, capitalised(shown.period.label)))
    url = dcc.Location(id=ids.PERIOD_URL, refresh="callback-nav")
    return html.Div([url, select_field(ids.PERIOD_CHOICE, "Period", options, current)])


def period_parameter(period: Period) -> str:
    """A period as an address names it: 'year:2016-10-01'."""
    return f"{period.name}:{period.start}"


def _words(choice: Choice, of_all: bool) -> str:
    reporting = f" ({counted(choice.services_reporting, 'service')})" if of_all else ""
    return capitalised(choice.period.label) + reporting


def totals_csv(period: Period, filters: dict[str, Parameter]) -> str:
    """The big numbers of one period as CSV. filters: the API's, that leave these services."""
    times = span_parameters(period.start, period.end)
    kpis = [slug for slug, _ in _LABELS]
    return csv_address("kpis", {**filters, "kpi": kpis, "period": period.name, **times})


def headline_figures(shown: Performance, filters: dict[str, Parameter], page: str) -> html.Section:
    """The four big numbers, each with its change over the services that reported both years.

    filters: the API's, that leave these services. page: the page's address in that period.
    """
    figures = [_headline_figure(shown, slug, label) for slug, label in _LABELS]
    csv_href, share_href = totals_csv(shown.period, filters), f"{page}#{HEADLINE}"
    return headline(figures, actions("headline figures", None, csv_href, share_href))


def _headline_figure(shown: Performance, slug: str, label: str) -> html.Div:
    total, moved = _row(shown.headline, slug), _row(shown.changes, slug)
    value = None if total is None else total["value"]
    reporting = 0 if total is None else int(total["services_reporting"])
    base = f"from {out_of(reporting, shown.services, 'service')}"
    return html.Div(
        [
            figure(value, kpi(slug)),
            html.P(label, className="label"),
            *_change(moved, slug),
            html.P(base, className="of"),
        ]
    )


def _change(moved: pd.Series | None, slug: str) -> list[Component]:
    if moved is None or missing(moved["before"]):
        return []
    words = change(moved["value"], moved["before"], kpi(slug), "on the year before")
    same = counted(int(moved["services"]), "service")
    return [words, html.P(f"in the {same} that reported both", className="of")]


def _row(frame: pd.DataFrame, slug: str) -> pd.Series | None:
    rows = frame[frame["kpi"] == slug]
    return None if rows.empty else rows.iloc[0]


def leagues(shown: Performance, names: pd.Series, page: str) -> html.Section:
    """Highest and lowest cost per transaction, and where take-up grows fastest.

    names: service (slug) to name. page: the page's address in that period.
    """
    costed = counted(shown.highest.qualified, "service")
    costs = f"{costed} with a cost and at least {shown.highest.minimum:,} transactions"
    compared = counted(shown.growing.qualified, "service")
    grows = f"digital take-up of {compared}, on the same months a year before"
    tables = [
        _costs("Highest cost per transaction", costs, shown.highest.frame, names),
        _costs("Lowest cost per transaction", "the same services", shown.lowest.frame, names),
        _growing(grows, shown.growing.frame, names),
    ]
    below = actions("where to look first", share_href=f"{page}#{LEAGUES}")
    inside = [html.H2("Where to look first"), html.Div(tables, className="three"), below]
    return html.Section(inside, id=LEAGUES)


def _costs(title: str, base: str, frame: pd.DataFrame, names: pd.Series) -> html.Div:
    places = [
        Place(names[slug], service_address(slug), value, said(value, kpi(COST)))
        for slug, value in zip(frame["service"], frame["value"], strict=True)
    ]
    return league(title, base, places)


def _growing(base: str, frame: pd.DataFrame, names: pd.Series) -> html.Div:
    places = [
        Place(names[slug], service_address(slug), change, f"{change * 100:+.1f} points")
        for slug, change in zip(frame["service"], frame["change"], strict=True)
    ]
    return league("Growing fastest online", base, places)

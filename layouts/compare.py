"""The comparison page: which services, their KPIs side by side, and each KPI over time."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from kpi.comparisons import KPIS, Comparison
from layouts import ids
from layouts.compare_address import CompareAddress, compare_csv
from layouts.compare_charts import comparison_module
from layouts.compare_choice import choice, periods
from layouts.compare_table import names_of, side_by_side_table
from layouts.frame import title_row
from layouts.modules import empty_state, module

TITLE = "Compare services"
DESCRIPTION = (
    "Up to six services side by side and over time: cost per transaction, user satisfaction, "
    "completion rate, digital take-up and volume, beside the medians."
)
LEDE = "Up to six services on the same periods, beside the medians of their department and of all."


def build_compare(
    wanted: CompareAddress,
    shown: Comparison | None,
    candidates: pd.DataFrame,
    notes: Sequence[str] = (),
) -> list[Component]:
    """The whole page. shown: None where no service is compared. notes: what cannot be given."""
    names = names_of(shown) if shown else {}
    said = [*notes, *(shown.view.notes if shown else ())]
    # refresh: what the fields write is an address like any other, so going back undoes it.
    url = dcc.Location(id=ids.COMPARE_URL, refresh="callback-nav")
    own = wanted.of(shown.view) if shown else wanted
    return [
        url,
        title_row(TITLE, LEDE, _buttons(own, shown) if shown else None),
        *([_notes(said)] if said else []),
        choice(own, names, candidates),
        *(_figures(own, shown) if shown else [_nothing()]),
    ]


def _buttons(wanted: CompareAddress, shown: Comparison) -> html.Div:
    href = CompareAddress(wanted.services, wanted.period, wanted.first, wanted.last).href
    share = html.A(
        html.Span("Share", className="said"), href=href, className="share btn btn-primary"
    )
    save = html.A("Download CSV", href=compare_csv(shown), className="btn btn-outline-primary")
    return html.Div([share, save], className="buttons")


def _notes(said: Sequence[str]) -> html.Div:
    return html.Div([html.P(one) for one in said], className="empty-state problems", role="status")


def _nothing() -> html.Div:
    way = dcc.Link("the list of services", href="/services")
    words = "No service is chosen yet. Search for one above, or add one that is used most."
    return empty_state(words, html.P(["Every service’s own page leads here, too: see ", way, "."]))


def _figures(wanted: CompareAddress, shown: Comparison) -> list[Component]:
    if shown.frame.empty:
        words = "None of these services has reported anything that can be compared."
        return [empty_state(words, html.P("Add another service, or choose another time."))]
    own = CompareAddress(wanted.services, wanted.period, wanted.first, wanted.last)
    picker = periods(shown.view)
    table = module(
        "side-by-side",
        "Side by side",
        side_by_side_table(shown),
        csv_href=compare_csv(shown),
        share_href=f"{own.href}#side-by-side",
    )
    known = [one.slug for one in KPIS if not shown.of(one.slug).empty]
    charts = [comparison_module(shown, slug, own.href) for slug in known]
    return [*([picker] if picker else []), table, *charts, *_absent(known)]


def _absent(known: list[str]) -> list[Component]:
    """The KPIs that none of the services reported."""
    absent = [html.Li(f"{one.name}: not reported") for one in KPIS if one.slug not in known]
    return [module("no-figures", "Not shown here", html.Ul(absent))] if absent else []

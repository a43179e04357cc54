"""The comparison page: which services, their KPIs side by side, and each KPI over time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

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
from layouts.module_absence import ABSENT
from layouts.modules import Parts, empty_state, module
from layouts.sharing import share_button

TITLE = "Compare services"
DESCRIPTION = (
    "Up to six services side by side and over time: cost per transaction, user satisfaction, "
    "completion rate, digital take-up and volume, beside the medians."
)
SIDE_BY_SIDE = "side-by-side"
# What each module is called.
TITLES = {
    SIDE_BY_SIDE: "Side by side",
    **{one.slug: one.name for one in KPIS},
    ABSENT: "Not shown here",
}
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
        *([compare_notes(said)] if said else []),
        choice(own, names, candidates),
        *(_figures(own, shown) if shown else [_nothing()]),
    ]


def _buttons(wanted: CompareAddress, shown: Comparison) -> html.Div:
    csv_href = compare_csv(shown)
    share = share_button(wanted.pinned(shown.view).href, TITLE, csv_href)
    save = html.A("Download CSV", href=csv_href, className="btn btn-outline-primary")
    return html.Div([share, save], className="buttons")


def compare_notes(said: Sequence[str]) -> html.Div:
    """What of an address cannot be given, a sentence each."""
    return html.Div([html.P(one) for one in said], className="empty-state problems", role="status")


def _nothing() -> html.Div:
    way = dcc.Link("the list of services", href="/services")
    words = "No service is chosen yet. Search for one above, or add one that is used most."
    return empty_state(words, html.P(["Every service’s own page leads here, too: see ", way, "."]))


def _figures(wanted: CompareAddress, shown: Comparison) -> list[Component]:
    if shown.frame.empty:
        return [nothing_reported("Add another service, or choose another time.")]
    picker = periods(shown.view)
    modules = compare_modules(wanted, shown)
    return [*([picker] if picker else []), *(draw() for draw in modules.values())]


def nothing_reported(next_step: str = "") -> html.Div:
    """That none of the services has figures. next_step: what to do about it."""
    words = "None of these services has reported anything that can be compared."
    return empty_state(words, html.P(next_step) if next_step else ())


def compare_modules(wanted: CompareAddress, shown: Comparison) -> Parts:
    """What draws each module, by the name of its section, in order."""
    own = wanted.pinned(shown.view).href
    known = [one.slug for one in KPIS if not shown.of(one.slug).empty]
    absent = [one.name for one in KPIS if one.slug not in known]
    return {
        SIDE_BY_SIDE: lambda: _side_by_side(shown, own),
        **{slug: partial(comparison_module, shown, slug, own) for slug in known},
        **({ABSENT: lambda: _absent(absent)} if absent else {}),
    }


def _side_by_side(shown: Comparison, own: str) -> Component:
    return module(
        SIDE_BY_SIDE,
        TITLES[SIDE_BY_SIDE],
        side_by_side_table(shown),
        csv_href=compare_csv(shown),
        share_href=f"{own}#{SIDE_BY_SIDE}",
    )


def _absent(names: Sequence[str]) -> Component:
    """The KPIs that none of the services reported."""
    said = [html.Li(f"{name}: not reported") for name in names]
    return module(ABSENT, TITLES[ABSENT], html.Ul(said))

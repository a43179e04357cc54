"""A module that is a table: the latest periods of a KPI or of the parts of a measure."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
from dash.development.base_component import Component

from kpi.dashboard import COST, Dashboard
from kpi.definitions import SLUGS
from kpi.module_figures import ModuleFigures, largest, of_the_page
from kpi.modules import Module
from kpi.own_dashboard import OwnShown
from layouts.module_addresses import module_csv
from layouts.module_headings import kpi_drawn, own_drawn, title_of
from layouts.modules import module
from layouts.service_addresses import shared_address
from layouts.tables import figures_table
from layouts.wording import counted

MOST_COLUMNS = 5


def table(shown: Dashboard, defined: Module, now: datetime) -> Component | None:  # noqa: ARG001
    """So many of the latest periods, a column for each of the largest parts."""
    figures = _figures(shown, defined)
    if not figures.has_any:
        return None
    columns, others = _columns(figures.frame)
    starts = columns["start_at"].drop_duplicates().sort_values(ascending=False)
    rows = columns[columns["start_at"].isin(starts.head(defined.limit))]
    title = title_of(shown, defined)
    return module(
        defined.slug,
        title,
        figures_table(rows, figures.kpi, f"{figures.kpi.name} by {figures.period}"),
        summary=_left_out(len(starts) - defined.limit, others, figures.period),
        csv_href=module_csv(shown, defined, figures),
        share_href=shared_address(shown, defined.slug),
        title=title,
    )


def _figures(shown: Dashboard, defined: Module) -> ModuleFigures:
    """Those of the module; of a headline KPI those that the page has."""
    if not of_the_page(defined):
        return shown.figures[defined.slug]
    own = own_drawn(shown, defined)
    if defined.kpi not in SLUGS:
        return ModuleFigures(kpi_drawn(shown, defined)) if own is None else _own(shown, own)
    view, found = shown.view, shown.latest[defined.kpi]
    frame = shown.cost if defined.kpi == COST else shown.lines[defined.kpi]
    period = str(frame["period"].iloc[0]) if len(frame) else view.period
    days = (view.start_at, view.end_at) if period == view.period else (None, None)
    split = found.status != "not applicable"
    return ModuleFigures(found.kpi, period, *days, frame, latest=found, split=split)


def _own(shown: Dashboard, own: OwnShown) -> ModuleFigures:
    view, split = shown.view, own.latest.status != "not applicable"
    days = (view.start_at, view.end_at)
    return ModuleFigures(own.own.kpi, view.period, *days, own.line, split=split)


def _columns(frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    if "line" not in frame:
        return frame, 0
    lines, others, _ = largest(frame, MOST_COLUMNS)
    kept = frame[frame["line"].isin(lines)]
    # The largest first, in every row.
    order = kept["line"].map({line: place for place, line in enumerate(lines)})
    return kept.assign(order=order).sort_values(["start_at", "order"]), others


def _left_out(periods: int, others: int, length: str) -> str:
    """'The CSV has 14 earlier months and 3 smaller columns.'; '' where nothing is left out."""
    said = [counted(periods, f"earlier {length}")] if periods > 0 else []
    said += [counted(others, "smaller column")] if others else []
    return f"The CSV has {' and '.join(said)} as well." if said else ""

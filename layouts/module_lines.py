"""Modules that draw lines over time: one of a KPI or a measure, or one for each part."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
from dash.development.base_component import Component

from kpi.dashboard import COST, Dashboard
from kpi.definitions import SLUGS
from kpi.measures import MEASURES
from kpi.module_figures import ModuleFigures, largest, of_the_page
from kpi.modules import Module
from layouts.charts import HEIGHT
from layouts.findings import CHANNELS, channels_heading, kpi_heading
from layouts.module_addresses import module_csv
from layouts.module_headings import own_drawn, title_of
from layouts.modules import module
from layouts.normal_range import banded
from layouts.own_kpis import own_line
from layouts.service_addresses import shared_address
from layouts.service_charts import SMALL, build_selectable, trend_chart
from layouts.service_kpis import (
    cost_module,
    has_figures,
    kpi_module,
    line_in_words,
    sound_year_before,
)
from layouts.service_use import channels_module
from layouts.spans import during
from layouts.tables import figures_table
from layouts.timeline import periods_of
from layouts.wording import amount, counted, listed, named


def single_timeseries(shown: Dashboard, defined: Module, now: datetime) -> Component | None:  # noqa: ARG001
    """One line: the page's own of a headline KPI, or that of another KPI or of a measure."""
    if not of_the_page(defined):
        return _single(shown, defined, shown.figures[defined.slug])
    if defined.kpi not in SLUGS:
        own = own_drawn(shown, defined)
        return own_line(shown, own) if own is not None and own.has_figures else None
    if not has_figures(shown, defined.kpi):
        return None
    build = cost_module if defined.kpi == COST else kpi_module
    return build(shown, defined.kpi)


def _single(shown: Dashboard, defined: Module, figures: ModuleFigures) -> Component | None:
    latest, kpi = figures.latest, figures.kpi
    if not figures.has_any or latest is None:
        return None
    summary, title = line_in_words(latest, figures.frame), title_of(shown, defined)
    figure = build_selectable(banded(figures.frame), kpi, SMALL if defined.is_half else HEIGHT)
    return module(
        defined.slug,
        title if defined.category else kpi_heading(kpi, latest.value, sound_year_before(latest)),
        trend_chart(figure, defined.slug, summary),
        summary=summary,
        table=figures_table(figures.frame, kpi, f"{kpi.name} by {figures.period}"),
        csv_href=module_csv(shown, defined, figures),
        share_href=shared_address(shown, defined.slug),
        title=title,
    )


def grouped_timeseries(shown: Dashboard, defined: Module, now: datetime) -> Component | None:  # noqa: ARG001
    """A line for each of the largest parts; the page's own for transactions by channel."""
    if of_the_page(defined):
        return channels_module(shown)
    figures = shown.figures[defined.slug]
    if not figures.has_any:
        return None
    lines, others, share = largest(figures.frame, defined.limit)
    frame = figures.frame[figures.frame["line"].isin(lines)].reset_index(drop=True)
    summary, title = (
        _parts_in_words(defined, figures, frame, (others, share)),
        title_of(shown, defined),
    )
    figure = build_selectable(frame, figures.kpi, SMALL if defined.is_half else HEIGHT)
    finding = channels_heading(frame)
    return module(
        defined.slug,
        title if finding == CHANNELS else finding,
        trend_chart(figure, defined.slug, summary),
        summary=summary,
        table=figures_table(frame, figures.kpi, f"{figures.kpi.name} by {figures.period}"),
        csv_href=module_csv(shown, defined, figures),
        share_href=shared_address(shown, defined.slug),
        title=title,
    )


def _parts_in_words(
    defined: Module, figures: ModuleFigures, frame: pd.DataFrame, rest: tuple[int, float]
) -> str:
    """'In September 2017 most visits were made …', and what is not drawn."""
    known = frame[frame["value"].notna()]
    sound_rows = known[known["status"] == "reported"]
    rows = sound_rows if len(sound_rows) else known
    last = rows[rows["start_at"] == rows["start_at"].max()].sort_values("value", ascending=False)
    each = zip(last["line"], last["value"], strict=True)
    parts = listed([f"{named(line)} {amount(value, figures.kpi)}" for line, value in each])
    period = periods_of(last.head(1))[0]
    partly = "" if len(sound_rows) else ", of which only a part is reported"
    when = f"{during(period)}{partly}"
    return " ".join(
        filter(None, (f"{when[:1].upper()}{when[1:]}: {parts}.", _rest(defined, *rest)))
    )


def _rest(defined: Module, others: int, share: float) -> str:
    """'4 other devices, 3% of all in this time, are not drawn.'"""
    if not others:
        return ""
    noun = MEASURES[defined.measure].by
    size = "under 1%" if 0 < share < 0.005 else f"{share:.0%}"
    verb = "is" if others == 1 else "are"
    what = counted(others, f"other {noun}", "" if noun != "help" else "other kinds of help")
    return f"{what}, {size} of all in this time, {verb} not drawn."

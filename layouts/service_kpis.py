"""The modules of single KPIs on a service's page: heading, sentence, trend, table."""

from __future__ import annotations

import pandas as pd
from dash.development.base_component import Component

from kpi.dashboard import COST, Dashboard, Latest
from kpi.definitions import Kpi
from kpi.definitions import kpi as known_kpi
from kpi.periods import Period
from kpi.rows import Rows
from layouts.charts import HEIGHT
from layouts.findings import kpi_heading
from layouts.gaps import missing_in_words, missing_periods
from layouts.modules import module
from layouts.normal_range import ON_CHART, banded, has_ranges
from layouts.service_addresses import kpis_csv, shared_address, years_csv
from layouts.service_cards import newer_in_words, when
from layouts.service_charts import SMALL, build_selectable, trend_chart
from layouts.service_projections import (
    continued_trend,
    in_words,
    projection_actions,
)
from layouts.spans import during, on_previous
from layouts.tables import figures_table
from layouts.targets import with_target
from layouts.timeline import periods_of
from layouts.wording import change_in_words, missing, said

SATISFACTION = "user-satisfaction"


def reported_periods(frame: pd.DataFrame) -> list[Period]:
    """The periods of a frame that have a figure, be it of too few people to be shown."""
    if frame.empty:
        return []
    each = zip(periods_of(frame), Rows.of(frame).told.tolist(), strict=True)
    return [period for period, is_told in each if is_told]


def has_figures(shown: Dashboard, slug: str) -> bool:
    """Whether a headline KPI has anything to draw in what is shown."""
    if shown.latest[slug].status == "not applicable":
        return False
    frame = shown.cost if slug == COST else shown.lines[slug]
    return bool(frame["value"].notna().any())


def gaps_in_words(frame: pd.DataFrame) -> str:
    """'No figures for June and July 2015.'; '' where there are no gaps."""
    return missing_in_words(missing_periods(sorted(set(reported_periods(frame)))))


def latest_in_words(found: Latest) -> str:
    """The latest figure and its change: '82.1% in August 2017, up 1 percentage point on July.'"""
    if found.period is None:
        return ""
    over = f"over the {when(found)}" if found.window else during(found.period)
    words = f"{said(found.value, found.kpi)} {over}"
    if found.status == "partial":
        return f"{words}, of which only a part is reported."
    against = "on the year before" if found.window else on_previous(found.period)
    before = found.year_before if found.window else found.before
    if missing(before):
        return f"{words}."
    return f"{words}, {change_in_words(found.value, before, found.kpi)} {against}."


def line_in_words(found: Latest, frame: pd.DataFrame) -> str:
    """The latest figure, its change, what is newer but partial, and the gaps, in sentences."""
    sentences = (
        latest_in_words(found),
        newer_in_words(found),
        gaps_in_words(frame),
        ON_CHART if has_ranges(frame) else "",
    )
    return " ".join(filter(None, sentences))


def kpi_module(shown: Dashboard, slug: str) -> Component:
    """The trend of a rate: completion rate, digital take-up."""
    kpi, found, frame = known_kpi(slug), shown.latest[slug], shown.lines[slug]
    summary = " ".join(filter(None, (line_in_words(found, frame), in_words(shown, slug))))
    figure = continued_trend(shown, slug, build_selectable(banded(frame), kpi, SMALL))
    figure = with_target(figure, shown.targets.get(slug))
    return module(
        slug,
        kpi_heading(kpi, found.value, sound_year_before(found)),
        trend_chart(figure, slug, summary),
        summary=summary,
        table=figures_table(frame, kpi, f"{kpi.name} by {shown.view.period}"),
        after=projection_actions(shown, slug),
        csv_href=kpis_csv(shown, slug),
        share_href=shared_address(shown, slug),
        title=kpi.name,
    )


def sound_year_before(found: Latest) -> float | None:
    """The year before, where the figure is sound enough to claim anything of it."""
    return found.year_before if found.status == "reported" else None


def _trend(frame: pd.DataFrame, kpi: Kpi, slug: str, summary: str, height: int) -> list[Component]:
    return [trend_chart(build_selectable(banded(frame), kpi, height), slug, summary)]


def cost_module(shown: Dashboard, slug: str) -> Component:
    """The cost per transaction: over twelve months in words, and by the chosen period drawn."""
    kpi, found, frame = known_kpi(slug), shown.latest[slug], shown.cost
    by_year = shown.view.period != "year" and bool(len(frame)) and _is_yearly(frame)
    years = tuple(periods_of(frame)) if by_year else ()
    summary = _cost_summary(found, frame, by_year)
    length = "year" if by_year else shown.view.period
    return module(
        slug,
        kpi_heading(kpi, found.value, found.year_before),
        _trend(frame, kpi, slug, summary, HEIGHT),
        summary=summary,
        table=figures_table(frame, kpi, f"{kpi.name} by {length}"),
        csv_href=years_csv(shown, slug, years) if years else kpis_csv(shown, slug),
        share_href=shared_address(shown, slug),
        title=kpi.name,
    )


def _is_yearly(frame: pd.DataFrame) -> bool:
    return bool((frame["period"].astype(str) == "year").all())


def _cost_summary(found: Latest, frame: pd.DataFrame, by_year: bool) -> str:
    sentences = [latest_in_words(found)]
    if by_year:
        sentences.append("Costs are reported over twelve months: each point is a year to its date.")
    else:
        sentences += [_in_last_period(found.kpi, frame), gaps_in_words(frame)]
        sentences.append(ON_CHART if has_ranges(frame) else "")
    return " ".join(filter(None, sentences))


def _in_last_period(kpi: Kpi, frame: pd.DataFrame) -> str:
    known = frame[frame["value"].notna() & (frame["status"] == "reported")]
    if known.empty or _is_yearly(known):
        return ""
    period = periods_of(known.tail(1))[0]
    return f"{said(float(known['value'].iloc[-1]), kpi)} {during(period)} alone."

"""Where the figures of one module are taken away: the API's answer to the very same question."""

from __future__ import annotations

from datetime import date

from kpi.dashboard import Dashboard
from kpi.module_figures import ModuleFigures
from kpi.modules import Module
from layouts.addresses import Parameter, span_parameters
from layouts.service_addresses import measurements_csv, service_csv


def module_csv(shown: Dashboard, defined: Module, figures: ModuleFigures) -> str:
    """The figures of a module as CSV, from the first to the last of those that are shown."""
    days = _days(figures)
    if defined.measure:
        return measurements_csv(shown, defined.measure, figures.period, *days)
    parameters: dict[str, Parameter] = {
        "period": figures.period,
        "kpi": defined.kpi,
        "channel": shown.view.channel.replace("assisted-", "assisted "),
        **span_parameters(*days),
    }
    return service_csv(shown, "kpis", parameters)


def _days(figures: ModuleFigures) -> tuple[date | None, date | None]:
    """The first day and the first one after, of the figures themselves where an end is open."""
    frame = figures.frame
    if frame.empty:
        return figures.start_at, figures.end_at
    first, end = frame["start_at"].min().date(), frame["end_at"].max().date()
    return figures.start_at or first, figures.end_at or end

"""Where the figures of one module are taken away: the API's answer to the very same question."""

from __future__ import annotations

from kpi.dashboard import Dashboard
from kpi.module_figures import ModuleFigures
from kpi.modules import Module
from layouts.addresses import Parameter
from layouts.service_addresses import measurements_csv, service_csv


def module_csv(shown: Dashboard, defined: Module, figures: ModuleFigures) -> str:
    """The figures of a module as CSV."""
    if defined.measure:
        asked = (figures.period, figures.start_at, figures.end_at)
        return measurements_csv(shown, defined.measure, *asked)
    parameters: dict[str, Parameter] = {
        "period": figures.period,
        "kpi": defined.kpi,
        "channel": shown.view.channel.replace("assisted-", "assisted "),
        "start_at": figures.start_at.isoformat() if figures.start_at else None,
        "end_at": figures.end_at.isoformat() if figures.end_at else None,
    }
    return service_csv(shown, "kpis", parameters)

"""Addresses of a service's page in one state, and of the API's answers to the same questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpi.dashboard import Dashboard
from kpi.journeys import Stretch, Trend
from kpi.periods import Period
from kpi.views import LINK, View
from layouts.addresses import (
    Parameter,
    address,
    csv_address,
    live_address,
    service_address,
    span_parameters,
)

Parameters = dict[str, Parameter]
JOURNEY = "journey"


def page_address(shown: Dashboard, view: View | None = None, module: str = "") -> str:
    """The page as it is shown, or in another view; at one of its modules."""
    place = f"#{module}" if module else ""
    return service_address(shown.slug, (view or shown.view).parameters) + place


def service_csv(shown: Dashboard, question: str, asked: Parameters) -> str:
    """The API's answer to a question about the service, as CSV; seen by whoever sees the page."""
    return csv_address(f"services/{shown.slug}/{question}", {**asked, LINK: shown.view.link})


def service_json(shown: Dashboard) -> str:
    """What the service is, as JSON."""
    return address(f"/api/services/{shown.slug}", {LINK: shown.view.link})


def service_live(shown: Dashboard) -> str:
    """Where the open page asks who is on the service now."""
    return live_address({"service": shown.slug, LINK: shown.view.link})


def live_csv(shown: Dashboard) -> str:
    """How many people were on the service, as CSV."""
    if shown.view.link:
        # The totals of live users know nothing of what is not published.
        return measurements_csv(shown, "live-users", "", None, None)
    return csv_address("live", {"service": shown.slug})


def shared_address(shown: Dashboard, module: str = "") -> str:
    """The page, or one of its modules, with the very time that is shown, whenever it is opened."""
    found = shown.journey
    parameters: Parameters = dict(shown.view.pinned)
    if module in ("", JOURNEY) and found.first and found.last and not shown.view.channel:
        # Left open, a journey is of the newest weeks, which may go on after the months shown.
        span = found.asked.span or (found.first.start, found.last.start)
        parameters |= replace(found.asked, span=span).parameters
    return service_address(shown.slug, parameters) + (f"#{module}" if module else "")


def _kpis(shown: Dashboard, kpi: str) -> Parameters:
    view = shown.view
    # The API calls a channel by its name in records, with a space.
    channel = view.channel.replace("assisted-", "assisted ")
    times = span_parameters(view.start_at, view.end_at)
    return {"period": view.period, "kpi": kpi, "channel": channel, **times}


def kpis_csv(shown: Dashboard, kpi: str = "") -> str:
    """The KPI figures of exactly this state as CSV; those of one KPI, if it is named."""
    return service_csv(shown, "kpis", _kpis(shown, kpi))


def kpis_json(shown: Dashboard) -> str:
    """The KPI figures of exactly this state as JSON."""
    asked = {**_kpis(shown, ""), LINK: shown.view.link}
    return address(f"/api/services/{shown.slug}/kpis", asked)


def years_csv(shown: Dashboard, kpi: str, years: tuple[Period, ...]) -> str:
    """One KPI's figures of some years as CSV."""
    times = span_parameters(min(year.start for year in years), max(year.end for year in years))
    channel = shown.view.channel.replace("assisted-", "assisted ")
    asked = {"period": "year", "kpi": kpi, "channel": channel, **times}
    return service_csv(shown, "kpis", asked)


def parts_csv(shown: Dashboard, kpi: str, period: Period) -> str:
    """The parts of one of the service's own KPIs in one period as CSV."""
    times = span_parameters(period.start, period.end)
    asked: Parameters = {"kpi": kpi, "period": period.name, **times}
    return service_csv(shown, "kpis/parts", asked)


def measurements_csv(
    shown: Dashboard, measure: str, period: str, start: date | None, end: date | None
) -> str:
    """The figures of one measure by category as CSV, in [start, end)."""
    asked: Parameters = {"measure": measure, "period": period, **span_parameters(start, end)}
    return service_csv(shown, "measurements", asked)


def _span(found: Stretch) -> Parameters:
    if found.first is None or found.span is None:
        return {}
    return {"period": found.first.name, **span_parameters(*found.span)}


def journey_csv(shown: Dashboard, found: Stretch) -> str:
    """The stages of a journey, as they are drawn, as CSV."""
    return service_csv(shown, "journey", _span(found))


def messages_csv(shown: Dashboard, found: Stretch) -> str:
    """The errors and the help of a journey's stages, as they are listed, as CSV."""
    return service_csv(shown, "journey/messages", _span(found))


def stage_csv(shown: Dashboard, trend: Trend) -> str:
    """One stage of a journey over time, as it is drawn, as CSV."""
    times = span_parameters(trend.start_at, trend.end_at)
    asked: Parameters = {"stage": trend.stage, "period": trend.length, **times}
    return service_csv(shown, "journey/stage", asked)

"""Addresses of a service's page in one state, and of the API's answers to the same questions."""

from __future__ import annotations

from datetime import date

from kpi.dashboard import Dashboard
from kpi.journeys import Stretch, Trend
from kpi.periods import Period
from kpi.views import LINK, View
from layouts.addresses import Parameter, address, csv_address, live_address, service_address

Parameters = dict[str, Parameter]
_ENDS = ("start_at", "end_at")


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


def _times(first: Period | None, last: Period | None, whole: tuple[Period, ...]) -> Parameters:
    """start_at and end_at, where they leave any of the whole out."""
    found: Parameters = {}
    if first and whole and first != whole[0]:
        found["start_at"] = first.start.isoformat()
    if last and whole and last != whole[-1]:
        found["end_at"] = last.end.isoformat()
    return found


def _kpis(shown: Dashboard, kpi: str) -> Parameters:
    view = shown.view
    # The API calls a channel by its name in records, with a space.
    channel = view.channel.replace("assisted-", "assisted ")
    times = _times(view.first, view.last, view.periods)
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
    times: Parameters = {
        "start_at": min(year.start for year in years).isoformat(),
        "end_at": max(year.end for year in years).isoformat(),
    }
    channel = shown.view.channel.replace("assisted-", "assisted ")
    asked = {"period": "year", "kpi": kpi, "channel": channel, **times}
    return service_csv(shown, "kpis", asked)


def parts_csv(shown: Dashboard, kpi: str, period: Period) -> str:
    """The parts of one of the service's own KPIs in one period as CSV."""
    start, end = period.start.isoformat(), period.end.isoformat()
    asked: Parameters = {"kpi": kpi, "period": period.name, "start_at": start, "end_at": end}
    return service_csv(shown, "kpis/parts", asked)


def measurements_csv(
    shown: Dashboard, measure: str, period: str, start: date | None, end: date | None
) -> str:
    """The figures of one measure by category as CSV, in [start, end)."""
    asked: Parameters = {"measure": measure, "period": period}
    if start:
        asked["start_at"] = start.isoformat()
    if end:
        asked["end_at"] = end.isoformat()
    return service_csv(shown, "measurements", asked)


def _span(found: Stretch) -> Parameters:
    if found.first is None or found.span is None:
        return {}
    ends = {name: day.isoformat() for name, day in zip(_ENDS, found.span, strict=True)}
    return {"period": found.first.name, **ends}


def journey_csv(shown: Dashboard, found: Stretch) -> str:
    """The stages of a journey, as they are drawn, as CSV."""
    return service_csv(shown, "journey", _span(found))


def messages_csv(shown: Dashboard, found: Stretch) -> str:
    """The errors and the help of a journey's stages, as they are listed, as CSV."""
    return service_csv(shown, "journey/messages", _span(found))


def stage_csv(shown: Dashboard, trend: Trend) -> str:
    """One stage of a journey over time, as it is drawn, as CSV."""
    ends = {"start_at": trend.start_at.isoformat(), "end_at": trend.end_at.isoformat()}
    asked: Parameters = {"stage": trend.stage, "period": trend.length, **ends}
    return service_csv(shown, "journey/stage", asked)

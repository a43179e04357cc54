"""The filters of a service's page: how long each period is, from when to when, which channel."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.periods import Period
from kpi.views import View
from layouts import ids
from layouts.fields import Option, date_field, filters, radio_field, select_field
from layouts.spans import LENGTHS, span_in_words
from layouts.wording import capitalised, named

CHANNELS = {
    "digital": "Digital",
    "assisted-digital": "Assisted digital",
    "non-digital": "Not digital",
}
# A select shows no option whose value is empty.
ALL, ALL_CHANNELS = "all", "All channels"


def channel_in_words(kind: str) -> str:
    """'Not digital'; '' is 'All channels'."""
    return CHANNELS.get(kind, named(kind)) if kind else ALL_CHANNELS


def view_in_words(view: View) -> str:
    """'Month, October 2013 to September 2017, Digital'."""
    said = [LENGTHS[view.period]]
    if view.first and view.last:
        said.append(span_in_words(view.first, view.last))
    return ", ".join([*said, *([channel_in_words(view.channel)] if view.channel else [])])


def opening_data(view: View) -> dict[str, str]:
    """What the page shows without an address's query, and the length that is shown now."""
    return {**view.opening.parameters, "channel": ALL, "tab": "", "shown": view.period}


def service_filters(shown: Dashboard) -> Component | None:
    """The band of filters, with only what has figures; None for a service without any."""
    view = shown.view
    if not view.first or not view.last:
        return None
    lengths = [(name, LENGTHS[name]) for name in view.lengths]
    fields: list[Component] = [
        radio_field(ids.SERVICE_PERIOD, "Show each", lengths, view.period),
        _end(view, ids.SERVICE_FROM, "From", view.first),
        _end(view, ids.SERVICE_TO, "To", view.last),
        _channel(view),
        dcc.Store(id=ids.SERVICE_OPENING, data=opening_data(view)),
    ]
    return filters(fields, view_in_words(view))


def _end(view: View, id: str, label: str, chosen: Period) -> Component:
    value = chosen.start.isoformat()
    if view.period == "day":
        ends = [view.periods[place].start.isoformat() for place in (0, -1)]
        return date_field(id, label, value, *ends)
    return select_field(id, label, [_option(period) for period in view.periods], value)


def _option(period: Period) -> Option:
    label = period.label.removeprefix("week of ")
    return period.start.isoformat(), capitalised(label)


def _channel(view: View) -> Component:
    kinds = [(ALL, ALL_CHANNELS), *((kind, channel_in_words(kind)) for kind in view.channels)]
    field = select_field(ids.SERVICE_CHANNEL, "Channel", kinds, view.channel or ALL)
    # Without channels the field is there but not shown: the callback reads it either way.
    return field if view.channels else html.Div(field, style={"display": "none"})

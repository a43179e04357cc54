"""Fields of a form, each truly labelled. Ids are passed in."""

import json
from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts.aria import aria

# Of one component, or of one of many that a callback reads together.
Id = str | dict[str, str]
Option = tuple[str, str]


def _options(options: Sequence[Option]) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in options]


def dom_id(id: Id) -> str:
    """The id as the browser has it, which a label names."""
    return id if isinstance(id, str) else json.dumps(id, sort_keys=True, separators=(",", ":"))


def _field(id: Id, label: str, control: Component, hint: str = "") -> html.Div:
    note = [html.Span(hint, className="hint")] if hint else []
    return html.Div([dbc.Label([label, *note], html_for=dom_id(id)), control], className="field")


def select_field(
    id: Id, label: str, options: Sequence[Option], value: str = "", hint: str = ""
) -> html.Div:
    """One of many. options: (value, words) in order. value: '' until one is chosen."""
    told = {} if value else {"placeholder": "Choose"}
    control = dbc.Select(id=id, options=_options(options), value=value, **told)
    return _field(id, label, control, hint)


def text_field(id: Id, label: str, value: str = "", hint: str = "", **more: Any) -> html.Div:
    """A line of text; it speaks up when Enter is pressed or the field is left."""
    control = dbc.Input(id=id, type="text", value=value, debounce=True, **more)
    return _field(id, label, control, hint)


def search_field(id: Id, label: str, value: str = "", hint: str = "") -> html.Div:
    """What to search for; it speaks up half a second after the last key."""
    control = dbc.Input(id=id, type="search", value=value, debounce=0.5, autocomplete="off")
    return _field(id, label, control, hint)


def number_field(
    id: Id, label: str, value: float | None = None, hint: str = "", **limits: Any
) -> html.Div:
    """A number. limits: min, max, step."""
    control = dbc.Input(id=id, type="number", value=value, debounce=True, **limits)
    return _field(id, label, control, hint)


def date_field(id: Id, label: str, value: str, least: str, most: str) -> html.Div:
    """A day, from `least` to `most` (ISO dates); it speaks up as text fields do."""
    limits: dict[str, Any] = {"min": least, "max": most}
    return _field(id, label, dbc.Input(id=id, type="date", value=value, debounce=True, **limits))


def radio_field(id: Id, legend: str, options: Sequence[Option], value: str = "") -> html.Fieldset:
    """One of a few, all in sight."""
    control = dbc.RadioItems(id=id, options=_options(options), value=value, inline=True)
    return html.Fieldset([html.Legend(legend), control], className="field choices")


def filters(fields: Sequence[Component], summary: str) -> html.Details:
    """The fields in one band. On a phone it folds to a line that says what is chosen.

    summary: what is chosen, in words: 'Month, October 2013 to September 2017'.
    """
    chosen = html.Summary([html.Span("Filters: "), summary])
    form = html.Div(list(fields), role="group", className="fields", **aria(label="Filters"))
    return html.Details([chosen, form], className="filters")

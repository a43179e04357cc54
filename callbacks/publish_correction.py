"""Wiring of correcting one record by hand: which one is in the address, what is typed is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import ALL, Dash, Input, Output, State, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks import pages
from callbacks.platform import platform
from callbacks.publishing import (
    LOOK_AGAIN,
    Stopped,
    asked_for,
    attempt,
    page_title,
    publishable,
    publishing,
    sender,
)
from data.publishing import forms
from data.publishing.forms import Corrected
from kpi.publishing import CorrectionAnswer
from layouts import ids
from layouts.addresses import publish_address, search_of
from layouts.publish import DESCRIPTION
from layouts.publish_correction import (
    build_check,
    build_correction,
    build_fields,
    build_missing,
    build_record,
    build_stopped,
)
from layouts.publish_receipt import receipt_parameters

PATH = "/publish/<group>/<type>/correct"
_FIELDS = {"type": ids.CORRECT_FIELD, "name": ALL}
_RETYPED = "You changed a figure. This is what would change now."
_SHOWN = (
    (ids.CORRECT_FORM, "children"),
    (ids.CORRECT_OUTLOOK, "children"),
    (ids.CORRECT_SAVING, "hidden"),
    (ids.CORRECT_SHOWN, "data"),
)
_RUNNING = [
    (Output(ids.CORRECT_BUSY, "hidden"), False, True),
    (Output(ids.CORRECT_CHECK, "disabled"), True, False),
    (Output(ids.CORRECT_SAVE, "disabled"), True, False),
]
_SENT = {
    "values": State(_FIELDS, "value"),
    "names": State(_FIELDS, "id"),
    "why": State(ids.CORRECT_WHY, "value"),
    "record": State(ids.CORRECT_RECORD, "data"),
    "shown": State(ids.CORRECT_SHOWN, "data"),
    "key": State(ids.PUBLISH_DATA_SET, "data"),
}
Sent = Mapping[str, Any]


def register(app: Dash) -> None:
    """Register the page and its callbacks."""
    page = pages.Page(
        name="publish-correction",
        path=PATH,
        content=_content,
        title=page_title,
        description=DESCRIPTION,
        personal=True,
    )
    pages.register(page)
    _register_choosing(app)
    _register_checking(app)
    _register_saving(app)


def _register_choosing(app: Dash) -> None:
    @app.callback(
        Output(ids.CORRECT_URL, "search"),
        Input(ids.CORRECT_START, "value"),
        prevent_initial_call=True,
    )
    def _choose(start: str) -> str:
        return search_of({"start": start})


def _register_checking(app: Dash) -> None:
    @app.callback(
        [Output(*one) for one in _SHOWN],
        Input(ids.CORRECT_CHECK, "n_clicks"),
        _SENT,
        prevent_initial_call=True,
        running=_RUNNING,
    )
    def _check(clicks: int, sent: Sent) -> tuple[Any, ...]:
        if not clicks:
            raise PreventUpdate
        return _told(attempt(lambda: _checked(sent)), sent)


def _register_saving(app: Dash) -> None:
    @app.callback(
        [
            Output(ids.PUBLISH_URL, "href", allow_duplicate=True),
            *(Output(*one, allow_duplicate=True) for one in _SHOWN),
        ],
        Input(ids.CORRECT_SAVE, "n_clicks"),
        _SENT,
        prevent_initial_call=True,
        running=_RUNNING,
    )
    def _save(clicks: int, sent: Sent) -> tuple[Any, ...]:
        if not clicks:
            raise PreventUpdate
        done = attempt(lambda: _saved(sent))
        if isinstance(done, str):
            return done, *[no_update] * len(_SHOWN)
        return no_update, *_told(done, sent)


def _checked(sent: Sent) -> CorrectionAnswer:
    stored = asked_for(sent["key"])
    return forms.check(platform().engine, stored, sent["record"], _typed(sent), sender())


def _saved(sent: Sent) -> CorrectionAnswer | str:
    """The address of the receipt; or, where what was shown is not so any more, what is."""
    stored, shown, typed = asked_for(sent["key"]), sent["shown"] or {}, _typed(sent)
    if shown.get("texts") != typed.texts:
        return _moved(sent, _RETYPED)
    if shown.get("version") != stored.version:
        return _moved(sent, LOOK_AGAIN)
    if forms.why_fault(typed.why):
        return _checked(sent)
    number = forms.correct(platform().engine, stored, sent["record"], typed, sender())
    return publish_address(stored.entry.group, stored.entry.type, receipt_parameters(number))


def _moved(sent: Sent, why: str) -> CorrectionAnswer:
    return replace(_checked(sent), moved=why)


def _typed(sent: Sent) -> Corrected:
    pairs = zip(sent["names"], sent["values"], strict=True)
    texts = {str(id["name"]): str("" if value is None else value) for id, value in pairs}
    return Corrected(texts, str(sent["why"] or ""))


def _told(answer: CorrectionAnswer | Stopped | str, sent: Sent) -> tuple[Any, ...]:
    """The outputs of _SHOWN."""
    if not isinstance(answer, CorrectionAnswer):
        why = answer.why if isinstance(answer, Stopped) else answer
        return no_update, build_stopped(why), True, no_update
    typed = _typed(sent)
    shown = {"texts": dict(typed.texts), "version": answer.version}
    return build_fields(answer, typed.why), build_check(answer), not answer.outlook, shown


def _content(
    group: str,
    type: str,
    start: str | list[str] = "",
    record: str | list[str] = "",
    **_others: object,
) -> list[Component]:
    stored = publishable(group, type)
    one, key = publishing(stored), record if isinstance(record, str) else record[-1]
    chosen = start if isinstance(start, str) else start[-1]
    with platform().engine.connect() as connection:
        if key:
            form = forms.record_form(connection, stored, key)
            return build_record(one, form) if form else build_missing(one)
        starts = forms.starts(connection, stored)
        found = forms.records_at(connection, stored, chosen) if chosen else []
    return build_correction(one, starts, chosen, found)

"""Correcting one record by hand: when it is, which one, its figures, why; then what changes."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from kpi.publishing import CorrectionAnswer, FormField, Option, RecordForm
from layouts import ids
from layouts.addresses import correct_address, corrections_address
from layouts.aria import aria
from layouts.fields import dom_id, select_field
from layouts.modules import empty_state, module
from layouts.publish_file import Publishing, page_top
from layouts.publish_outlook import build_outlook, finding
from layouts.wording import capitalised

TITLE = "Correct one figure"
_LEDE = "For one record. For more, upload a file: it replaces what it says again."
_WHY = "Why it changes"
_WHY_HINT = "Shown to everyone, in the history of corrections."
_CHECKING = "Working out what it changes."


def build_correction(
    one: Publishing, starts: Sequence[Option], start: str, records: Sequence[Option]
) -> list[Component]:
    """The first step: when it is, then which record. starts, records: (value, words)."""
    url = dcc.Location(id=ids.CORRECT_URL, refresh="callback-nav")
    top = page_top(one, TITLE, _LEDE, below=TITLE)
    if not starts:
        return [url, *top, empty_state("There is no record to correct yet.")]
    known = start if start in dict(starts) else ""
    choose = select_field(
        ids.CORRECT_START,
        "When is the figure of?",
        starts,
        known,
        "The newest are first.",
    )
    history = dcc.Link("See what was corrected", href=corrections_address(one.group, one.type))
    ask = html.Div(choose, className="ask")
    return [url, *top, ask, *_records(one, known, records), html.P(history, className="actions")]


def _records(one: Publishing, start: str, records: Sequence[Option]) -> list[Component]:
    if not start:
        return []
    links = [
        html.Li(dcc.Link(capitalised(words), href=_record_address(one, key)))
        for key, words in records
    ]
    title = "Which record is it?" if links else "There is no record of that time"
    return [module("which", title, html.Ul(links, className="plain"))]


def _record_address(one: Publishing, key: str) -> str:
    return correct_address(one.group, one.type, {"record": key})


def build_record(one: Publishing, form: RecordForm) -> list[Component]:
    """The second step: the record's figures, and why they change."""
    return [
        *page_top(one, TITLE, f"{one.title}: {form.about}.", below=TITLE),
        dcc.Store(id=ids.CORRECT_RECORD, data=form.key),
        dcc.Store(id=ids.CORRECT_SHOWN),
        html.Div(build_fields(CorrectionAnswer(form), ""), id=ids.CORRECT_FORM),
        dbc.Button("See what it changes", id=ids.CORRECT_CHECK, color="primary", n_clicks=0),
        html.P(_CHECKING, id=ids.CORRECT_BUSY, hidden=True, className="busy", role="status"),
        html.Div(id=ids.CORRECT_OUTLOOK),
        html.Div(
            dbc.Button("Save the correction", id=ids.CORRECT_SAVE, color="primary", n_clicks=0),
            id=ids.CORRECT_SAVING,
            hidden=True,
            className="confirming",
        ),
    ]


def build_fields(answer: CorrectionAnswer, why: str) -> list[Component]:
    """The fields as they were filled in, each with what is wrong with it."""
    figures = [_field(_field_id(one.name), one, _hint(one)) for one in answer.form.fields]
    reason = FormField(ids.CORRECT_WHY, _WHY, "", "", why, answer.why_fault)
    return [*figures, _field(ids.CORRECT_WHY, reason, _WHY_HINT)]


def build_check(answer: CorrectionAnswer) -> list[Component]:
    """What the correction would change, or what is in the way."""
    if answer.outlook:
        return [build_outlook(answer.outlook, answer.moved)]
    faults = [one.fault for one in answer.form.fields if one.fault]
    said = [*faults, *filter(None, (answer.why_fault, answer.problem))]
    items = html.Ul([html.Li(words) for words in said])
    return [finding("Not yet", items, bad=True)]


def build_stopped(why: str) -> list[Component]:
    """Nothing can be done, and why."""
    return [finding("Nothing was written", html.P(why), bad=True)]


def _field_id(name: str) -> dict[str, str]:
    return {"name": name, "type": ids.CORRECT_FIELD}


def _hint(one: FormField) -> str:
    words = capitalised(one.help)
    told = one.unit.casefold() in words.casefold()
    unit = "" if told else f"in {one.unit}"
    return ", ".join(filter(None, (words, unit)))


def _field(id: str | dict[str, str], one: FormField, hint: str) -> Component:
    note = [html.Span(hint, className="hint")] if hint else []
    # In the label, so that it is read out with the field.
    fault = [html.Span(one.fault, className="fault")] if one.fault else []
    wide = id == ids.CORRECT_WHY
    control = dbc.Input(
        id=id, type="text", value=one.text, autocomplete="off", className="wide" if wide else None
    )
    label = dbc.Label([one.title, *note, *fault], html_for=dom_id(id))
    name = "field wrong" if one.fault else "field"
    return html.Div([label, control], className=name)


def build_missing(one: Publishing) -> list[Component]:
    """There is no such record any more."""
    back = dcc.Link("Choose another record", href=correct_address(one.group, one.type))
    words = "There is no such record: it may have been removed."
    return [*page_top(one, TITLE, words, below=TITLE), html.P(back, **aria(label="Back"))]

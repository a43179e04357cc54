"""What is noted about a service, and, for those who may publish for it, the form to note more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from kpi.annotations import Annotation
from layouts import ids
from layouts.addresses import annotations_address
from layouts.aria import aria
from layouts.before_after import About
from layouts.fields import dom_id
from layouts.frame import Way, breadcrumbs, title_row
from layouts.modules import module

DESCRIPTION = "What happened to a service, to be read beside its figures."
_NONE = "Nothing is noted about this service yet."


@dataclass(frozen=True)
class Form:
    """What stands in the form: the texts by field, what is wrong with each, and whose it is.

    key: of the annotation that is changed; '' for a new one. problem: what else is wrong.
    """

    key: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class _Field:
    """A field: its name in the form, its words, its type, and its hint."""

    name: str
    label: str
    type: str
    hint: str = ""


FIELDS = (
    _Field("title", "What happened", "text", "In a few words, such as ‘New start page’."),
    _Field("first", "On, or from", "date"),
    _Field("last", "Last day", "date", "Leave it out if it was one day."),
    _Field("text", "More about it", "textarea", "A sentence or two. May be left out."),
    _Field("link", "Where to read more", "url", "An address with https://. May be left out."),
)


def title(about: About) -> str:
    """'Annotations of Carer’s Allowance'."""
    return f"Annotations of {about.name}"


def texts_of(found: Annotation) -> dict[str, str]:
    """An annotation as it stands in the form."""
    last = (found.end - timedelta(days=1)).isoformat() if found.is_span else ""
    first = found.start.isoformat()
    told = {"title": found.title, "first": first, "last": last}
    return {**told, "text": found.text, "link": found.link}


def build_annotations(
    about: About, annotations: Sequence[Annotation], form: Form | None
) -> list[Component]:
    """The page. form: None for those who may not publish for the service."""
    ways = [Way("Overview", "/"), Way(about.name, about.href), Way("Annotations")]
    lede = "What happened, and when. Each is marked on the service’s charts."
    return [
        dcc.Location(id=ids.ANNOTATION_URL, refresh="callback-nav"),
        breadcrumbs(ways),
        title_row(title(about), lede),
        module("noted", "What is noted", _listed(about, annotations)),
        *([_form_module(about, form)] if form else []),
    ]


def _listed(about: About, annotations: Sequence[Annotation]) -> Component:
    if not annotations:
        return html.P(_NONE, className="empty")
    newest_first = sorted(annotations, reverse=True)
    return html.Ul([_item(about, one) for one in newest_first], className="annotation-list")


def _item(about: About, one: Annotation) -> html.Li:
    hidden = html.Span(f": {one.title}", className="visually-hidden")
    links = [dcc.Link(["Before and after", hidden], href=about.annotation(one.key))]
    if about.may_publish:
        hidden = html.Span(f": {one.title}", className="visually-hidden")
        links.append(dcc.Link(["Change", hidden], href=annotations_address(about.slug, one.key)))
    said = [html.P([html.Strong(one.title), html.Span(f" {one.when}", className="of")])]
    said += [html.P(one.text)] if one.text else []
    return html.Li([*said, html.P(links, className="choice-links")])


def _form_module(about: About, form: Form) -> Component:
    heading = "Change it" if form.key else "Add an annotation"
    shown = dcc.Store(id=ids.ANNOTATION_SHOWN, data={"slug": about.slug, "key": form.key})
    inside = [shown, html.Div(build_form(form), id=ids.ANNOTATION_FORM), _actions(about, form)]
    return module("annotate", heading, inside)


def build_form(form: Form) -> list[Component]:
    """The fields as they were filled in, each with what is wrong with it."""
    fields = [_field(one, form) for one in FIELDS]
    problem = html.P(form.problem, className="fault") if form.problem else None
    said = html.Div(problem, id=ids.ANNOTATION_PROBLEM, role="alert")
    return [*fields, said]


def _field(one: _Field, form: Form) -> Component:
    id = {"name": one.name, "type": ids.ANNOTATION_FIELD}
    fault = form.faults.get(one.name, "")
    # In the label, so that it is read out with the field.
    more = [html.Span(one.hint, className="hint")] if one.hint else []
    more += [html.Span(fault, className="fault")] if fault else []
    value = form.texts.get(one.name, "")
    control: Component = (
        dbc.Textarea(id=id, value=value, rows=3)
        if one.type == "textarea"
        else dbc.Input(id=id, value=value, type=one.type, autocomplete="off")
    )
    label = dbc.Label([one.label, *more], html_for=dom_id(id))
    return html.Div([label, control], className="field wrong" if fault else "field")


def _actions(about: About, form: Form) -> Component:
    save = dbc.Button("Save", id=ids.ANNOTATION_SAVE, color="primary", n_clicks=0)
    remove = dbc.Button(
        "Remove it for good", id=ids.ANNOTATION_REMOVE, color="danger", outline=True, n_clicks=0
    )
    fold = html.Details([html.Summary("Remove"), remove], hidden=not form.key)
    back = dcc.Link("Cancel", href=annotations_address(about.slug))
    inside: list[Component] = [save, *([back] if form.key else []), fold]
    return html.Div(inside, className="confirming", **aria(label="Save or remove"), role="group")

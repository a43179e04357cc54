"""Links that show a service that is not published: which there are, and the form that makes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from kpi.periods import Period
from layouts import ids
from layouts.addresses import service_address
from layouts.aria import aria
from layouts.fields import dom_id
from layouts.frame import Way, breadcrumbs, title_row
from layouts.modules import module

TITLE = "Links to a service that is not published"
DESCRIPTION = "Show a service to some people before everyone sees it."
_LEDE = (
    "Whoever has a link sees the service’s page as it will be once it is published, with its CSV "
    "and API, until the link’s last day. It shows nothing else, and lets nobody change anything."
)
_NONE = "There is no link yet."
_OVER: Mapping[str, str] = {"ended": "Ended", "revoked": "Withdrawn"}


@dataclass(frozen=True)
class Shared:
    """A link as it is listed. href: its whole address, '' where it does not work any more.

    state: 'open', 'ended' or 'revoked'.
    """

    id: int
    label: str
    made_by: str
    made_at: datetime
    last_day: date
    state: str
    href: str = ""


@dataclass(frozen=True)
class Sharing:
    """What the page shows of a service's links, newest first.

    texts: what stands in the form; faults: what is wrong, by field; problem: what else is. made:
    the id of the link that was made just now. latest: the last day that a link may have.
    """

    slug: str
    name: str
    published: bool
    links: Sequence[Shared]
    latest: date
    texts: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    made: int = 0


def title(name: str) -> str:
    """'Links to Carer’s Allowance'."""
    return f"Links to {name}"


def build_share_links(sharing: Sharing) -> list[Component]:
    """The page."""
    ways = [Way("Overview", "/"), Way(sharing.name, service_address(sharing.slug)), Way("Links")]
    return [
        breadcrumbs(ways),
        title_row(title(sharing.name), _LEDE),
        dcc.Store(id=ids.LINK_SERVICE, data=sharing.slug),
        html.Div(build_shown(sharing), id=ids.LINK_SHOWN),
    ]


def build_shown(sharing: Sharing) -> list[Component]:
    """What changes when a link is made or revoked: what became of it, the form, and the list."""
    return [
        html.Div(_told(sharing), role="status"),
        module("make-link", "Make a link", _making(sharing)),
        module("links", "Links so far", _listed(sharing)),
    ]


def _told(sharing: Sharing) -> list[Component]:
    """The address of what was made, at once to be copied; or why nothing was."""
    if sharing.problem:
        return [html.P(sharing.problem, className="fault")]
    made = [one for one in sharing.links if one.id == sharing.made]
    return [
        html.Div(
            [
                html.P([html.Strong(f"The link for {one.label} is made."), f" {_until(one)}"]),
                html.P(html.A(one.href, href=one.href), className="address"),
                html.P(_copy(one)),
            ],
            className="empty-state",
        )
        for one in made
    ]


def _until(one: Shared) -> str:
    return f"Send this address to them. It works until {Period('day', one.last_day).label}."


def _copy(one: Shared) -> Component:
    hidden = html.Span(f" for {one.label}", className="visually-hidden")
    said = html.Span("Copy the link", className="said")
    return html.A([said, hidden], href=one.href, className="share")


def _making(sharing: Sharing) -> list[Component]:
    if sharing.published:
        words = "This service is published: everyone who has its address sees it, without a link."
        return [html.P(words)]
    latest = Period("day", sharing.latest).label
    make = dbc.Button("Make the link", id=ids.LINK_MAKE, color="primary", n_clicks=0)
    hint = f"It works until the end of that day. {latest} is the last that can be."
    fields = [
        _field(sharing, "label", "Who it is for", "So that you can tell it from others.", "text"),
        _field(sharing, "last", "Last day", hint, "date"),
    ]
    return [html.Div([*fields, html.Div(make)], className="link-form")]


def _field(sharing: Sharing, name: str, label: str, hint: str, type: str) -> Component:
    id = {"name": name, "type": ids.LINK_FIELD}
    fault = sharing.faults.get(name, "")
    more = [html.Span(hint, className="hint")]
    more += [html.Span(fault, className="fault")] if fault else []
    value = sharing.texts.get(name, "")
    control = dbc.Input(id=id, value=value, type=type, autocomplete="off")
    said = dbc.Label([label, *more], html_for=dom_id(id))
    return html.Div([said, control], className="field wrong" if fault else "field")


def _listed(sharing: Sharing) -> Component:
    if not sharing.links:
        return html.P(_NONE, className="empty")
    return html.Ul([_item(one) for one in sharing.links], className="annotation-list")


def _item(one: Shared) -> html.Li:
    made = f"Made by {one.made_by} on {Period('day', one.made_at.date()).label}."
    last = Period("day", one.last_day).label
    state = _OVER.get(one.state) or f"Works until {last}"
    if one.state == "ended":
        state = f"Ended after {last}"
    said = [html.P([html.Strong(one.label), html.Span(f" {state}", className="of")]), html.P(made)]
    return html.Li([*said, *([_actions(one)] if one.href else [])])


def _actions(one: Shared) -> Component:
    hidden = html.Span(f" the link for {one.label}", className="visually-hidden")
    revoke = dbc.Button(
        ["Withdraw it now", hidden],
        id={"link": one.id, "type": ids.LINK_REVOKE},
        color="danger",
        outline=True,
        n_clicks=0,
    )
    fold = html.Details([html.Summary(["Withdraw", hidden]), revoke])
    inside = [_copy(one), fold]
    return html.Div(inside, className="confirming", role="group", **aria(label=one.label))

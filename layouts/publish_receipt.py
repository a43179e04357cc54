"""Receipts: what was written, where it can be seen, and how it is undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from kpi.publishing import ReceiptAnswer
from layouts import ids
from layouts.addresses import data_set_address, publish_address, service_address
from layouts.aria import aria
from layouts.data_set_wording import ago
from layouts.modules import module
from layouts.publish_wording import ACTIONS, counts_in_words
from layouts.tables import Cell, Column, data_table
from layouts.wording import capitalised

_UNDO = "Undoing puts every record back as it was before, and the KPIs with it."


def receipt_parameters(id: int) -> dict[str, str]:
    """What an address says to show a receipt."""
    return {"receipt": str(id)}


def records_in_words(one: ReceiptAnswer) -> str:
    """'12 new records, 1 replaced, 3 unchanged'."""
    return counts_in_words(
        (
            (one.new, "new"),
            (one.replaced, "replaced"),
            (one.removed, "removed"),
            (one.same, "unchanged"),
        )
    )


def receipt_title(one: ReceiptAnswer) -> str:
    """What the page of a receipt is headed by: what was done, in the past."""
    if one.undoes:
        return "Undone: the records are as they were"
    done = {"upload": "Published", "correct": "Corrected"}.get(one.action, "Written")
    return f"{done}: {records_in_words(one)}"


def build_receipt(
    one: ReceiptAnswer, group: str, type: str, service: tuple[str, str], now: datetime
) -> list[Component]:
    """The receipt below its heading. service: slug and name of what the figures are about, or two
    empty texts."""
    slug, name = service
    links = [
        *([dcc.Link(f"See {name}", href=service_address(slug))] if slug else []),
        dcc.Link("See the data set", href=data_set_address(group, type)),
        dcc.Link("Publish more", href=publish_address(group, type)),
    ]
    facts = [
        ("What", ACTIONS.get(one.action, one.action)),
        ("Records", capitalised(records_in_words(one))),
        ("By", one.actor),
        ("When", f"{one.at.day} {one.at:%B %Y, %H:%M} UTC, {ago(one.at, now)}"),
        *([("Why" if one.action == "correct" else "File", one.reason)] if _told(one) else []),
    ]
    rows = [part for name, words in facts for part in (html.Dt(name), html.Dd(words))]
    return [
        dcc.Store(id=ids.PUBLISH_RECEIPT, data=one.id),
        html.Ul([html.Li(link) for link in links], className="next"),
        module("receipt", "Receipt", html.Dl(rows, className="facts")),
        _undo(one),
    ]


def _told(one: ReceiptAnswer) -> bool:
    return bool(one.reason) and one.action in ("correct", "upload")


def _undo(one: ReceiptAnswer) -> Component:
    if one.undone:
        return module("undo", "This was undone", html.P("The records are as they were before it."))
    title = "Undo the undoing" if one.undoes else "Was this a mistake?"
    button = dbc.Button("Undo", id=ids.PUBLISH_UNDO, color="primary", outline=True, n_clicks=0)
    inside = [
        html.P(_UNDO),
        button,
        html.P(id=ids.PUBLISH_UNDOING, className="fault", role="alert"),
    ]
    return module("undo", title, inside)


def receipts_list(
    group: str, type: str, receipts: Sequence[ReceiptAnswer], now: datetime
) -> list[Component]:
    """What was written last, each with its receipt."""
    if not receipts:
        return []
    columns = [Column("What"), Column("Records"), Column("By"), Column("When")]
    rows = [_row(one, group, type, now) for one in receipts]
    title = html.H2("What was written last", id="last-heading")
    table = data_table(columns, rows, "The newest receipts", caption_hidden=True)
    return [html.Section([title, table], className="module", **aria(labelledby="last-heading"))]


def _row(one: ReceiptAnswer, group: str, type: str, now: datetime) -> list[Cell]:
    href = publish_address(group, type, receipt_parameters(one.id))
    undone = " (undone)" if one.undone else ""
    hidden = html.Span(f": receipt {one.id}", className="visually-hidden")
    link = dcc.Link([ACTIONS.get(one.action, one.action), hidden], href=href)
    return [html.Span([link, undone]), records_in_words(one), one.actor, ago(one.at, now)]

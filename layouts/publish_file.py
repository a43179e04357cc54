"""Publishing a file: choose it, see how it was understood and what would change, confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from kpi.periods import Period
from kpi.publishing import ReceiptAnswer, UploadAnswer
from layouts import ids
from layouts.addresses import (
    correct_address,
    corrections_address,
    data_set_address,
    publish_address,
    template_address,
)
from layouts.aria import aria
from layouts.frame import PUBLISH_HREF, Way, breadcrumbs, title_row
from layouts.marks import marks
from layouts.publish import TITLE
from layouts.publish_outlook import build_finding
from layouts.publish_reading import build_reading
from layouts.publish_receipt import receipts_list
from layouts.publish_wording import when_in_words

UPLOAD = "Upload figures"
ALL_OR_NOTHING = "All of it is written, or nothing."
_READING = "Working on it. A large file takes some seconds."


@dataclass(frozen=True)
class Publishing:
    """Which data set is published to, and what may be uploaded.

    ``template``: the data type whose template fits, '' where none does. ``newest``: what its
    newest record is of. ``size`` is in bytes, ``rows`` of a sheet.
    """

    group: str
    type: str
    title: str
    newest: Period | datetime | None
    template: str
    size: int
    rows: int

    @property
    def key(self) -> dict[str, str]:
        """What names the data set, as callbacks send it back."""
        return {"group": self.group, "type": self.type}


def build_publish_file(
    one: Publishing, receipts: Sequence[ReceiptAnswer], now: datetime
) -> list[Component]:
    """The page, before a file is chosen."""
    return [
        *page_top(one, UPLOAD, f"{one.title}. Newest figures: {when_in_words(one.newest)}."),
        _choose(one),
        html.P(_READING, id=ids.PUBLISH_BUSY, hidden=True, className="busy", role="status"),
        html.Div(id=ids.PUBLISH_OUTLOOK),
        html.Div(
            [_button("Publish these figures", ids.PUBLISH_CONFIRM), _said(ALL_OR_NOTHING)],
            id=ids.PUBLISH_CONFIRMING,
            hidden=True,
            className="confirming",
        ),
        html.Div(id=ids.PUBLISH_READING),
        html.Div(
            _button("Read the file again", ids.PUBLISH_REREAD, outline=True),
            id=ids.PUBLISH_REREADING,
            hidden=True,
        ),
        *_others(one, receipts, now),
    ]


def page_top(one: Publishing, title: str, lede: str, below: str = "") -> list[Component]:
    """What the pages of one data set begin with. below: the page's own name, '' for the first."""
    own = publish_address(one.group, one.type)
    ways = [Way(TITLE, PUBLISH_HREF), Way(one.title, own if below else "")]
    return [
        dcc.Location(id=ids.PUBLISH_URL, refresh="callback-nav"),
        dcc.Store(id=ids.PUBLISH_DATA_SET, data=one.key),
        dcc.Store(id=ids.PUBLISH_SHOWN),
        breadcrumbs([*ways, *([Way(below)] if below else [])]),
        title_row(title, lede),
    ]


def build_answer(answer: UploadAnswer) -> tuple[list[Component], list[Component]]:
    """What is told of a file: the finding first, then how it was read."""
    reading = [build_reading(answer.reading)] if answer.reading else []
    return build_finding(answer), reading


def build_chosen(name: str) -> list[Component | str]:
    """What the button says once a file was chosen, and which one it was."""
    return [html.Strong(name), " was chosen."]


def _choose(one: Publishing) -> Component:
    limits = f"Up to {one.size / 1024**2:,.0f} MB and {one.rows:,} rows: .csv, .xlsx, .xls or .ods."
    inside = [
        html.Button("Choose a file", type="button", className="btn btn-primary"),
        html.Span("or drop it here", className="or"),
    ]
    upload = dcc.Upload(
        inside, id=ids.PUBLISH_FILE, className="drop-zone", className_active="drop-zone over"
    )
    too_large = f"This file is larger than {one.size / 1024**2:,.0f} MB. Divide it into several."
    parts: list[Component | None] = [
        html.H2("Choose a file with your figures", id="choose-heading"),
        html.P(limits, className="of"),
        html.Div(upload, className="upload", **marks(most=str(one.size), too_large=too_large)),
        html.P(id=ids.PUBLISH_CHOSEN, role="status", className="chosen-file"),
        _templates(one),
    ]
    shown = [part for part in parts if part is not None]
    return html.Section(shown, className="module", **aria(labelledby="choose-heading"))


def _templates(one: Publishing) -> Component | None:
    if not one.template:
        return None
    links = [
        html.A(f"Empty template, {name}", href=template_address(one.template, ending))
        for name, ending in (("Excel", "xlsx"), ("CSV", "csv"))
    ]
    return html.Div(links, className="actions")


def _others(one: Publishing, receipts: Sequence[ReceiptAnswer], now: datetime) -> list[Component]:
    links = [
        dcc.Link("Correct one figure without a file", href=correct_address(one.group, one.type)),
        dcc.Link("See the data set", href=data_set_address(one.group, one.type)),
        dcc.Link("See what was corrected", href=corrections_address(one.group, one.type)),
    ]
    title = html.H2("Other ways", id="others-heading")
    ways = html.Section(
        [title, html.Ul([html.Li(link) for link in links])],
        className="module words",
        **aria(labelledby="others-heading"),
    )
    return [ways, *receipts_list(one.group, one.type, receipts, now)]


def _button(words: str, id: str, *, outline: bool = False) -> Component:
    return dbc.Button(words, id=id, color="primary", outline=outline, n_clicks=0)


def _said(words: str) -> Component:
    return html.Span(words, className="of")

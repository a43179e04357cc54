"""Share: a link to exactly what is shown, and the dialog that gives it away in every form.

The dialog is one for all pages. assets/sharing.js fills it from what the chosen link carries;
without a script the link is a link.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

from dash import html
from dash.development.base_component import Component

from kpi.views import LINK
from layouts import ids
from layouts.addresses import always_latest
from layouts.aria import aria
from layouts.embed_addresses import embed_address
from layouts.embed_snippet import embed_snippet
from layouts.fields import radio_field
from layouts.marks import marks

PINNED, LATEST = "pinned", "latest"
# Which figures an address gives: its name, the choice, and what follows from it.
TIMES = (
    (PINNED, "As shown now", "Today’s filters and the time that is shown, whenever it is opened."),
    (
        LATEST,
        "Always the latest",
        "Today’s filters without dates: the newest figures, whenever it is opened. "
        "CSV and API give all from the first.",
    ),
)
# What the script puts its own words in place of: nothing in it is escaped in HTML.
ROOT, EMBED, TITLE = "[root]", "[embed]", "[title]"
_EMBEDDED = re.compile(r"/|/compare|/(services|organisations)/[^/]+")


def share_link(href: str, about: str, csv_href: str = "", name: str = "") -> html.A:
    """A link to exactly this, which opens the dialog.

    href: the page as it is shown, at one of its modules if it is that; with the time that is
    shown. about: what is shared, which tells the link from its like on the page. csv_href: its
    figures at the same time; '' where there are none. name: more classes.
    """
    hidden = html.Span(f": {about}", className="visually-hidden")
    return html.A(
        ["Share", hidden],
        href=href,
        # Inside a frame the page takes the place of what frames it.
        target="_top",
        className=f"share {name}".strip(),
        **marks(**_carried(href, csv_href)),
    )


def share_button(href: str, about: str, csv_href: str = "") -> html.A:
    """The same of a whole page, beside its title."""
    return share_link(href, about, csv_href, "btn btn-primary")


def _carried(href: str, csv_href: str) -> dict[str, str]:
    """What the script needs beside the address; what goes without saying is left out."""
    page, _, module = href.partition("#")
    latest, csv_latest = always_latest(page), always_latest(csv_href)
    path, _, query = page.partition("?")
    # What only a link shows is framed by nobody.
    framed = bool(_EMBEDDED.fullmatch(path)) and LINK not in parse_qs(query)
    found = {
        "latest": latest if latest != page else "",
        # Its query is the page's.
        "embed": embed_address(path, module) if framed else "",
        "csv": csv_href,
        "csv_latest": csv_latest if csv_latest != csv_href else "",
    }
    return {name: value for name, value in found.items() if value}


def sharing_dialog() -> html.Dialog:
    """The dialog, empty: assets/sharing.js opens and fills it."""
    heading = html.H2("Share", id=_id("heading"), tabIndex=-1)
    close = html.Button("Close", type="button", className="close", **marks(close="true"))
    return html.Dialog(
        [
            html.Div([heading, close], className="top"),
            _times(),
            _given("link", "Link"),
            _given("embed", "HTML to show it on another page", *_preview(), rows=4),
            _given("csv", "CSV", _other_forms()),
            _given("api", "API (JSON)"),
            html.P(role="status", className="visually-hidden"),
        ],
        id=ids.SHARING,
        # The root and the title are the page's: what is in their place here is no HTML.
        **marks(snippet=embed_snippet(ROOT, EMBED, TITLE)),
        **aria(labelledby=_id("heading")),
    )


def _id(name: str) -> str:
    return f"{ids.SHARING}-{name}"


def _times() -> html.Div:
    options = [(value, words) for value, words, _ in TIMES]
    hints = [html.P(hint, className="hint", **marks(time=value)) for value, _, hint in TIMES]
    choice = radio_field(ids.SHARING_TIME, "Which figures", options, PINNED)
    return html.Div([choice, *hints], className="times")


def _given(name: str, label: str, *more: Component, rows: int = 1) -> html.Div:
    """One thing to take away, with a button that copies it."""
    text = html.Textarea(
        id=_id(name), readOnly="readonly", rows=rows, className="form-control", spellCheck="false"
    )
    copy = html.Button(
        [html.Span("Copy"), html.Span(f": {label}", className="visually-hidden")],
        type="button",
        className="btn btn-outline-primary",
        **marks(copies=_id(name)),
    )
    line = html.Div([text, copy], className="line")
    inside = [html.Label(label, htmlFor=_id(name)), line, *more]
    return html.Div(inside, className="given", **marks(gives=name))


def _preview() -> tuple[Component, ...]:
    """A button, and the place of the frame: it is asked for by nobody who does not look."""
    place = _id("preview")
    state: dict[str, Any] = aria(expanded="false", controls=place)
    button = html.Button("Preview", type="button", className="preview", **state)
    return button, html.Div(id=place, hidden=True)


def _other_forms() -> html.P:
    """The same figures in other forms; the script sets where they lead."""
    forms = {"xlsx": "Download Excel", "csvw": "What the columns mean (CSVW)"}
    links = [html.A(words, href="", **marks(format=name)) for name, words in forms.items()]
    return html.P(links, className="actions")

"""A page on a big screen: its modules one at a time, set large, with nothing to press but Pause.

assets/screen.js turns them, and asks for the page anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from dash import html

from layouts.addresses import address
from layouts.frame import MAIN_ID, updated_in_words
from layouts.module_absence import ABSENT
from layouts.sent import HTML, Sent, children, classes, every, first, words
from layouts.service_about import ABOUT
from layouts.shell import Frame

VIEW = "screen"
SCREEN_PATH = "/screen"
LEAST, USUAL, MOST = 5, 15, 300
_DEMONSTRATION = "Demonstration data."
# What is pressed or followed, and what is behind what one sees.
_LEFT_OUT = {"actions", "choice-links", "choices-of-time", "field", "looked-at", "smaller"}
_PARTS_LEFT_OUT = {"journey-messages", "journey-stage"}
# What leads to the figures rather than shows some.
_NO_MODULES = {ABOUT, ABSENT}
_CARDS_MOST = 4


def turning_every(text: object) -> int:
    """For how many seconds each module is shown; 15 where nothing else is understood."""
    if not str(text).isdecimal():
        return USUAL
    return min(max(int(str(text)), LEAST), MOST)


def screen_address(page: str) -> str:
    """The big screen of a page's address, filters and all."""
    path, _, query = page.partition("?")
    return f"{path}?{query}&view={VIEW}" if query else address(path, {"view": VIEW})


def build_screen(page: Sent | list[Sent], frame: Frame, seconds: int) -> html.Main:
    """A page, of its content as Dash sends it. seconds: for how long each module is shown."""
    updated = datetime.fromtimestamp(frame.updated_at, UTC) if frame.updated_at else None
    said = [frame.site_name, *([_DEMONSTRATION] if frame.demonstration else [])]
    told = f"{'. '.join(one.rstrip('.') for one in said)}. {updated_in_words(updated, frame.now)}"
    slides = [_slide(one) for one in modules(page)]
    attributes: dict[str, Any] = {"data-every": str(seconds)}
    return html.Main(
        [
            html.Header([html.H1(title(page)), html.P(period(page), className="period")]),
            html.Div(slides, className="slides"),
            html.Footer(
                [
                    html.P([told, " ", frame.address.partition("?")[0]], className="told"),
                    html.P(role="status", className="trouble"),
                    html.Button("Pause", className="pause", type="button"),
                ]
            ),
        ],
        id=MAIN_ID,
        className=VIEW,
        **attributes,
    )


def _slide(module: Any) -> html.Div:
    return html.Div(html.Div(module, className="fit"), className="slide")


def title(page: Any) -> str:
    """What the page is called."""
    row = first(page, "title-row")
    heading = next((one for one in _elements(row) if one["type"] == "H1"), None)
    return words(heading)


def period(page: Any) -> str:
    """What of all its figures it shows, in words."""
    chosen = first(page, "filters")
    if chosen is not None:
        return words(children(children(chosen)[0])[1:])
    return words(first(page, "lede"))


def modules(page: Any) -> list[Sent]:
    """The modules of a page in order, each without what is pressed or behind it."""
    found = [_shown(one) for one in _modules(page)]
    return [one for one in found if one is not None]


def _modules(node: Any) -> Iterator[Sent]:
    for one in children(node):
        if not isinstance(one, dict) or one["props"].get("id") in _NO_MODULES:
            continue
        if classes(one) & {"two", "split"} or _holds_modules(one):
            yield from _modules(one)
        elif first(one, "three") is not None:
            yield from children(first(one, "three"))
        elif "kpis" in classes(one):
            yield from _rows_of_cards(one)
        elif one["type"] == "Section" or _is_headed(one):
            yield one


def _rows_of_cards(section: Sent) -> Iterator[Sent]:
    cards = children(section)
    for place in range(0, len(cards), _CARDS_MOST):
        row = cards[place : place + _CARDS_MOST]
        yield {**section, "props": {**section["props"], "children": row}}


def _holds_modules(node: Sent) -> bool:
    """Whether it is a section of modules, which are shown each."""
    return any(next(every(one, "module"), None) for one in children(node))


def _is_headed(node: Sent) -> bool:
    return any(isinstance(one, dict) and one["type"] == "H2" for one in children(node))


def _elements(node: Any) -> Iterator[Sent]:
    if isinstance(node, dict):
        yield node
    for child in children(node):
        yield from _elements(child)


def _shown(node: Any) -> Any:
    """A part of a module as it is shown; None for what is left out."""
    if isinstance(node, list):
        return [kept for one in node if (kept := _shown(one)) is not None]
    if not isinstance(node, dict):
        return node
    if classes(node) & _LEFT_OUT or node["type"] in ("Location", "Store", "Button"):
        return None
    if str(node["props"].get("id")) in _PARTS_LEFT_OUT:
        return None
    properties = {**node["props"], "children": _shown(node["props"].get("children"))}
    if node["type"] in ("A", "Link"):
        return _unlinked(properties)
    if node["type"] == "Graph":
        properties.pop("children")
    return {**node, "props": properties}


def _unlinked(properties: dict[str, Any]) -> Sent:
    """The words of a link: nobody follows one on a wall."""
    kept = {name: properties[name] for name in ("children", "className") if name in properties}
    return {"type": "Span", "namespace": HTML, "props": kept}

"""Components as HTML text: what a browser is given that has not run, or does not run, scripts."""

from __future__ import annotations

import re
from typing import Any

from dash.development.base_component import Component
from markupsafe import Markup, escape

# Where a component's property has another name than the attribute that it sets.
_ATTRIBUTES = {"className": "class", "htmlFor": "for"}
# What only React reads.
_UNWRITTEN = ("children", "key")
_NAME = re.compile(r"[a-z-]+")
_VOID = ("br", "hr", "img", "input")


def markup(node: Any) -> Markup:
    """The HTML of components of `dash.html`, links, and text; what is Markup stays as it is.

    Components may be such, or what Dash sends of them: nested dictionaries.
    """
    pieces: list[str] = []
    _write(node, pieces)
    return Markup("".join(pieces))


def _write(node: Any, pieces: list[str]) -> None:
    """Add the HTML of a node to pieces of text, one by one: a page has thousands of them."""
    if isinstance(node, list | tuple):
        for one in node:
            _write(one, pieces)
        return
    sent = node.to_plotly_json() if isinstance(node, Component) else node
    if not isinstance(sent, dict):
        pieces.append("" if sent is None else str(escape(sent)))
        return
    tag = "a" if sent["type"] == "Link" else sent["type"].lower()
    attributes = [_attribute(name, value) for name, value in sent["props"].items()]
    pieces.append(f"<{tag}{''.join(attributes)}>")
    if tag not in _VOID:
        _write(sent["props"].get("children"), pieces)
        pieces.append(f"</{tag}>")


def _attribute(name: str, value: Any) -> str:
    written = _ATTRIBUTES.get(name, name.lower())
    if name == "style" and isinstance(value, dict):
        value = ";".join(f"{_hyphened(key)}:{words}" for key, words in value.items())
    is_none = value is None or value is False or isinstance(value, dict)
    if is_none or name in _UNWRITTEN or not _NAME.fullmatch(written):
        return ""
    return f" {written}" if value is True else f' {written}="{escape(value)}"'


def _hyphened(name: str) -> str:
    """'fontSize' as style sheets write it."""
    return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)

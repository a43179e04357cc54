"""Components as HTML text, for the few pages that must work before any script has run."""

from __future__ import annotations

import re
from typing import Any

from dash.development.base_component import Component
from markupsafe import Markup, escape

# Where a component's property has another name than the attribute that it sets.
_ATTRIBUTES = {"className": "class", "htmlFor": "for"}
_VOID = ("br", "hr", "img", "input")


def markup(node: Any) -> Markup:
    """The HTML of components of `dash.html`, links, and text; what is Markup stays as it is."""
    if isinstance(node, list | tuple):
        return Markup("").join(markup(one) for one in node)
    if not isinstance(node, Component):
        return escape("" if node is None else node)
    properties = node.to_plotly_json()["props"]
    inside = markup(properties.pop("children", None))
    tag = "a" if type(node).__name__ == "Link" else type(node).__name__.lower()
    start = Markup("<{}{}>").format(tag, _attributes(properties))
    return start if tag in _VOID else start + inside + Markup("</{}>").format(tag)


def _attributes(properties: dict[str, Any]) -> Markup:
    pairs = ((_ATTRIBUTES.get(name, name.lower()), value) for name, value in properties.items())
    return Markup("").join(
        Markup(' {}="{}"').format(name, value)
        for name, value in pairs
        if value is not None and re.fullmatch(r"[a-z-]+", name)
    )

"""A page without scripts: its words, its tables opened, its links; no chart, nothing to press."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from layouts.markup import markup
from layouts.sent import CORE, HTML, Sent, children, classes, every, words

# What is shown only where no script runs: hidden until then.
UNSCRIPTED = "unscripted"
NEEDS_SCRIPTS = "This page needs JavaScript: figures are sent and changed here."
_ONLY_FOR_SCRIPTS = {"Button", "Dialog", "Iframe"}


def unscripted(page: Sent) -> Markup:
    """The HTML of a page as Dash sends it, for whoever runs no scripts."""
    said = {words(one) for one in every(page, "summary")}
    return markup(_kept(page, said))


def _kept(node: Any, said: set[str]) -> Any:
    """What is kept of a node, None where nothing is. said: the summaries that the page has."""
    if isinstance(node, list):
        return [kept for one in node if (kept := _kept(one, said)) is not None]
    if not isinstance(node, dict):
        return node
    if _is_for_scripts(node):
        return None
    names = classes(node)
    if "chart" in names:
        return _chart_said(node, said)
    if "filters" in names:
        return _filters_said(node)
    return _with(node, names, said)


def _is_for_scripts(node: Sent) -> bool:
    """Whether a component does nothing by itself: fields, stores, charts, buttons."""
    namespace = node.get("namespace")
    if namespace == HTML:
        return node["type"] in _ONLY_FOR_SCRIPTS or "field" in classes(node)
    return not (namespace == CORE and node["type"] == "Link")


def _with(node: Sent, names: set[str], said: set[str]) -> Sent:
    properties = dict(node["props"])
    inside = properties.get("children")
    # A form of the page's own works without any script: it is kept whole.
    if node["type"] != "Form":
        properties["children"] = _kept(inside, said)
    if "behind" in names:
        properties["open"] = True
    if UNSCRIPTED in names:
        properties["hidden"] = False
    return {**node, "props": properties}


def _chart_said(node: Sent, said: set[str]) -> Sent | None:
    """What a chart shows in words, unless the page says so already."""
    label = str(node["props"].get("aria-label", "")).removeprefix("Chart. ")
    return None if not label or label in said else _paragraph(label, "summary")


def _filters_said(node: Sent) -> Sent | None:
    """What is chosen, in words, in place of what it is chosen with."""
    summary = next((one for one in children(node) if one["type"] == "Summary"), None)
    if summary is None:
        return None
    return _paragraph(words(summary), "chosen-filters")


def _paragraph(text: str, name: str) -> Sent:
    properties = {"children": text, "className": name}
    return {"type": "P", "namespace": HTML, "props": properties}

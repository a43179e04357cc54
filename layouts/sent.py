"""Pages as Dash sends them: nested dictionaries, and how to find one's way in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# A component: its type, its namespace and its properties.
Sent = dict[str, Any]
# The namespaces of Dash's components.
HTML, CORE = "dash_html_components", "dash_core_components"


def element(name: str, inside: Any, class_name: str = "", **properties: Any) -> Sent:
    """An element of `dash.html` as Dash sends it, at once: components take far longer to make."""
    styled = {"className": class_name} if class_name else {}
    return {"type": name, "namespace": HTML, "props": {"children": inside, **styled, **properties}}


def classes(node: Any) -> set[str]:
    """The classes of an element; none of text."""
    if not isinstance(node, dict):
        return set()
    return set(str(node["props"].get("className") or "").split())


def children(node: Any) -> list[Any]:
    """What is directly inside an element, or of a list."""
    inside = node["props"].get("children") if isinstance(node, dict) else node
    if inside is None or not isinstance(node, dict | list):
        return []
    return inside if isinstance(inside, list) else [inside]


def every(node: Any, name: str) -> Iterator[Sent]:
    """Every element of a class, in order; not those inside of one that was found."""
    if name in classes(node):
        yield node
        return
    for child in children(node):
        yield from every(child, name)


def first(node: Any, name: str) -> Sent | None:
    """The first element of a class."""
    return next(every(node, name), None)


def words(node: Any) -> str:
    """The text of an element as it is seen, or of a list."""
    if isinstance(node, str | int | float):
        return str(node)
    if "visually-hidden" in classes(node):
        return ""
    return "".join(words(child) for child in children(node))

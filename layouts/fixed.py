"""A page with as few of Dash's components as it needs: what no callback touches is one of them.

Dash watches over every component by itself, and looks at each whenever anything happens on a page.
A page has thousands of elements, most of them cells of tables, that nothing happens to. These are
sent as plain lists inside a component of ours; assets/fixed.js has React make the same elements of
them that Dash would. Wherever one that callbacks touch belongs, its number stands.
"""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from layouts import ids
from layouts.sent import CORE, HTML, Sent

_NAMESPACE, _TYPE = "performance_platform", "Fixed"
LINK = "Link"
_TOUCHED = frozenset(value for name, value in vars(ids).items() if name.isupper())
# What Dash looks at more closely, or does more with than to show it.
_DASHS_OWN = {"Iframe", "Embed", "ObjectEl", "MapEl", "Base", "Script"}
_COUNTED = {"n_clicks", "n_clicks_timestamp", "disable_n_clicks", "refresh"}


def fixed(page: Any) -> Any:
    """A page with what no callback touches as one component, as Dash sends it.

    page: components, text, what Dash sends of them, or a list of such. What is all text, or one
    component that callbacks touch, stays as it is, but for what is in it.
    """
    touched: list[Sent] = []
    content = [_written(one, touched) for one in _listed(page)]
    if not any(isinstance(one, list) for one in content):
        return page
    if content == [[0]]:
        return touched[0]
    inside = {"children": touched} if touched else {}
    return {"type": _TYPE, "namespace": _NAMESPACE, "props": {"content": content, **inside}}


def loosened(page: Any) -> Any:
    """The page of which `fixed` made this, as Dash would have sent it."""
    if isinstance(page, list):
        return [one for part in page for one in _listed(loosened(part))]
    if not isinstance(page, dict):
        return page
    if page["namespace"] == _NAMESPACE:
        touched = page["props"].get("children", [])
        read = [_read(one, touched) for one in page["props"]["content"]]
        return read[0] if len(read) == 1 else read
    properties = page["props"]
    if "children" not in properties:
        return page
    return {**page, "props": {**properties, "children": loosened(properties["children"])}}


def _listed(node: Any) -> list[Any]:
    if node is None:
        return []
    return list(node) if isinstance(node, list | tuple) else [node]


def _written(node: Any, touched: list[Sent]) -> Any:
    """A node as [type, properties, *what is in it], text as it is, what is touched as [its number].

    touched: the components that callbacks touch, to which those in the node are added.
    """
    # Text and dictionaries are most of a page; to tell a component takes several times as long.
    if not isinstance(node, dict):
        if isinstance(node, str) or not isinstance(node, Component):
            return node
        node = node.to_plotly_json()
    sent: Sent = node
    if not _is_fixed(sent):
        touched.append(_with_fixed(sent))
        return [len(touched) - 1]
    properties = dict(sent["props"])
    inside = properties.pop("children", None)
    if isinstance(inside, str):
        return [sent["type"], properties, inside]
    return [sent["type"], properties, *[_written(one, touched) for one in _listed(inside)]]


def _is_fixed(sent: Sent) -> bool:
    """Whether no callback touches a component, and it does nothing but show what it is given."""
    given, id = sent["props"], sent["props"].get("id", "")
    if not isinstance(id, str) or id in _TOUCHED or not _COUNTED.isdisjoint(given):
        return False
    if sent["namespace"] == HTML:
        return sent["type"] not in _DASHS_OWN
    return bool(sent["namespace"] == CORE and sent["type"] == LINK)


def _with_fixed(sent: Sent) -> Sent:
    """A component that callbacks touch, with what is in it as one where none of that is touched."""
    given = sent["props"]
    if "children" not in given:
        return sent
    return {**sent, "props": {**given, "children": fixed(given["children"])}}


def _read(node: Any, touched: list[Sent]) -> Any:
    if not isinstance(node, list):
        return node
    if len(node) == 1:
        return loosened(touched[node[0]])
    name, properties, *inside = node
    read = [_read(one, touched) for one in inside]
    if read:
        properties = {**properties, "children": read[0] if len(read) == 1 else read}
    namespace = CORE if name == LINK else HTML
    return {"type": name, "namespace": namespace, "props": properties}

"""Reading components as a person would: their words in order, and finding one among them."""

from collections.abc import Iterator
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts.sent import HTML


def walk(component: Any) -> Iterator[Component]:
    """The component and everything in it, in reading order."""
    if isinstance(component, list | tuple):
        for item in component:
            yield from walk(item)
    elif isinstance(component, dict) and component["namespace"] == HTML:
        yield from walk(made(component))
    elif isinstance(component, Component):
        yield component
        yield from walk(getattr(component, "children", None))


def made(sent: dict[str, Any]) -> Component:
    """The component of which Dash would have sent this."""
    component: Component = getattr(html, sent["type"])(**sent["props"])
    return component


def words(component: Any) -> str:
    """All the text in a component, a space between its parts."""
    if isinstance(component, list | tuple):
        return " ".join(filter(None, map(words, component)))
    if isinstance(component, Component):
        return words(getattr(component, "children", None))
    if isinstance(component, dict):
        return words(component["props"].get("children"))
    return "" if component is None else str(component).strip()


def classed(component: Any, name: str) -> list[Component]:
    """The components of that class, in order."""
    return [
        item for item in walk(component) if name in (getattr(item, "className", "") or "").split()
    ]


def typed(component: Any, name: str) -> list[Component]:
    """The components of that type, as 'Th' or 'Link', in order."""
    return [item for item in walk(component) if type(item).__name__ == name]


def prop(component: Component, name: str) -> Any:
    """A property of a component, as 'href' or 'aria-label'; None where it is not set."""
    return component.to_plotly_json()["props"].get(name)

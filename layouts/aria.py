"""Attributes that only assistive technology reads."""

from typing import Any


def aria(**attributes: str) -> dict[str, Any]:
    """aria(label='Main') as keyword arguments of a component: {'aria-label': 'Main'}."""
    return {f"aria-{name}": value for name, value in attributes.items()}

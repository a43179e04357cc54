"""Attributes that only our scripts and stylesheets read."""

from typing import Any


def marks(**attributes: str) -> dict[str, Any]:
    """marks(leads_to='main') as keyword arguments of a component: {'data-leads-to': 'main'}."""
    return {f"data-{name.replace('_', '-')}": value for name, value in attributes.items()}

"""Wiring of the services page."""

from __future__ import annotations

from dash import Dash

from config import Settings


def register(app: Dash, settings: Settings) -> None:
    """Register the page and its callbacks."""

"""Wiring of the page of a department or an agency."""

from __future__ import annotations

from dash import Dash

from config import Settings


def register(app: Dash, settings: Settings) -> None:
    """Register the page."""

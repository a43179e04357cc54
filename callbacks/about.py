"""Wiring of the about page."""

from __future__ import annotations

from dash import Dash
from dash.development.base_component import Component

from callbacks import pages
from callbacks.platform import platform
from layouts.about import DESCRIPTION, TITLE, build_about

PATH = "/about"


def register(_app: Dash) -> None:
    """Register the page."""
    page = pages.Page(
        name="about",
        path=PATH,
        section=PATH,
        content=_content,
        title=TITLE,
        description=DESCRIPTION,
    )
    pages.register(page)


def _content(**_others: object) -> list[Component]:
    return build_about(platform().reader.revision().demonstration)

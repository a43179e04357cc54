"""What a module of a dashboard is called, and what to say where there is none of that name."""

from __future__ import annotations

from collections.abc import Mapping

from callbacks.pages import PageMissing


def named(titles: Mapping[str, str], module: str, title: str) -> str:
    """What a module is called. titles: by slug; title: of the dashboard.

    :raises PageMissing: where the dashboard has none of that name.
    """
    if module not in titles:
        raise PageMissing(f"There is no module ‘{module}’ on the dashboard ‘{title}’.")
    return titles[module]

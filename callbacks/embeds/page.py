"""The page that all embeds are: its address names the dashboard, and the module if there is one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dash import Dash
from dash.development.base_component import Component

from callbacks import pages
from callbacks.embeds.dashboards import embedded, place_of, title_of
from callbacks.platform import platform
from layouts.embed import Source, build_embed, build_frame, build_missing
from layouts.embed_addresses import CONTROLS, EMBED

_DESCRIPTION = "A dashboard, or a part of one, to be shown on another page."


def register(_app: Dash) -> None:
    """Register the page; what can be done in it is wired with the page that it is of."""
    page = pages.Page(
        name="embed",
        path=f"{EMBED}/<place>",
        content=_content,
        title=lambda place: title_of(place_of(place)),
        description=_DESCRIPTION,
        missing=build_missing,
        bare=build_frame,
    )
    pages.register(page)


def _content(place: str, **given: Any) -> list[Component]:
    here = platform()
    controls = given.pop(CONTROLS, "") == "1"
    shown = embedded(place_of(place), given, controls=controls)
    revision = here.reader.revision()
    written = revision.updated_at
    source = Source(
        here.settings.site_name,
        revision.demonstration,
        datetime.fromtimestamp(written, UTC) if written else None,
    )
    return build_embed(shown, source, controls=controls)

"""What every page has around its content: header, notice and footer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dash.development.base_component import Component

from layouts.frame import (
    PersonSignedIn,
    Way,
    demonstration_notice,
    footer,
    header,
    page_frame,
    printed,
    updated_in_words,
)

SECTIONS = (
    Way("Overview", "/"),
    Way("Services", "/services"),
    Way("Compare", "/compare"),
    Way("Data", "/data"),
    Way("About", "/about"),
)
ABOUT = (
    Way("About the data", "/about#data"),
    Way("Definitions", "/about#definitions"),
    Way("Send us data", "/sending-data"),
    Way("API", "/api"),
    Way("Accessibility", "/about#accessibility"),
)


@dataclass(frozen=True)
class Frame:
    """What a frame says: whose pages these are, which section, how fresh, how real.

    ``updated_at`` is in seconds since 1970, 0 when nothing was ever loaded. ``person`` is whoever
    is signed in. ``licence`` is the address of the figures' licence, '' where none is known.
    ``address`` is the page's own, absolute, '' where it has none to come back to. ``now`` is the
    moment that ages count to; None: they are said when the page is sent (see layouts.ages).
    """

    site_name: str
    section: str
    updated_at: int
    demonstration: bool
    now: datetime | None
    licence: str = ""
    address: str = ""
    person: PersonSignedIn | None = None


def build_page(content: Component | list[Component] | str, frame: Frame) -> Component:
    """A whole page."""
    updated = datetime.fromtimestamp(frame.updated_at, UTC) if frame.updated_at else None
    said = updated_in_words(updated, frame.now)
    return page_frame(
        [printed(frame.site_name, updated, frame.address), *_listed(content)],
        header(SECTIONS, frame.section, frame.site_name, frame.person),
        footer(said, ABOUT, licence=frame.licence, signed_in=frame.person is not None),
        demonstration_notice("/about#load") if frame.demonstration else None,
    )


def _listed(content: Component | list[Component] | str) -> list[Component | str]:
    return list(content) if isinstance(content, list) else [content]

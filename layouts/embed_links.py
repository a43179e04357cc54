"""Links of an embed: what narrows it stays in it, all else opens where the embed stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from dash import dcc, html
from dash.development.base_component import Component

from layouts.embed_addresses import embed_address, keeping_controls
from layouts.module_headings import walk

TOP = "_top"


@dataclass(frozen=True)
class Stay:
    """Which embed it is: of the page at an address, of one of its modules if named."""

    page: str
    module: str = ""
    controls: bool = False

    def address(self, href: str) -> str:
        """The embed of another state of the same page; '' where a link leads to another page."""
        asked, page = urlsplit(href), urlsplit(self.page)
        is_elsewhere = bool(self.module) and asked.fragment not in ("", self.module)
        if asked.netloc or asked.path != page.path or is_elsewhere:
            return ""
        query = keeping_controls(f"?{asked.query}" if asked.query else "", self._controls)
        part = f"#{asked.fragment}" if asked.fragment and not self.module else ""
        return embed_address(f"{asked.path}{query}", self.module) + part

    @property
    def _controls(self) -> str:
        return "?controls=1" if self.controls else ""


def kept_inside(content: Sequence[Component], stay: Stay) -> list[Component]:
    """Content just built whose links to its own page lead to its embed; without those to share."""
    inside = [part for part in content if not _is_share(part)]
    part: Any
    for part in walk(inside):
        children = getattr(part, "children", None)
        if isinstance(children, list):
            part.children = [child for child in children if not _is_share(child)]
        if _leads(part):
            part.href = stay.address(part.href) or _anchored(part.href, stay.page)
    return inside


def leading_out(content: Component) -> Component:
    """A component just built in which links to anywhere but embeds open in the top window."""
    part: Any
    for part in walk(content):
        if _leads(part) and not part.href.startswith(("/embed/", "#")):
            part.target = TOP
    return content


def _leads(part: Any) -> bool:
    return isinstance(part, html.A | dcc.Link) and isinstance(getattr(part, "href", None), str)


def _is_share(part: Any) -> bool:
    names = str(getattr(part, "className", None) or "").split()
    return isinstance(part, html.A) and "share" in names


def _anchored(href: str, page: str) -> str:
    """What leads to another part of the page leads to it there."""
    return f"{page}{href}" if href.startswith("#") else href

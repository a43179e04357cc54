"""The HTML that a page comes in: what it says to search engines, link previews and the unscripted.

The same page as its callback then answers with, drawn once for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from dash._pages import _parse_query_string
from dash._utils import format_tag
from flask import request
from markupsafe import Markup

from callbacks.headers import is_embedded
from callbacks.pages import is_shared, nowhere
from callbacks.platform import platform, root
from layouts import not_found
from layouts.link_preview import Previewed, finding, metas
from layouts.unscripted import NEEDS_SCRIPTS, unscripted

# What others add to an address to see where its readers come from.
_FOREIGN = ("utm_", "fbclid", "gclid", "msclkid", "mc_")


@dataclass(frozen=True)
class Document:
    """A page's HTML in parts: ``head`` and ``body`` are tags, ``body`` for whoever runs no scripts.

    ``status`` is HTTP's. What is not ``shared`` is for whoever asked alone.
    """

    title: str
    head: Markup
    body: Markup
    status: int
    shared: bool


def document(page: Mapping[str, Any], parts: Mapping[str, str] | None) -> Document:
    """The HTML of a registered page, or of none, at the address of this request."""
    told, shared = page or _nowhere(), is_shared()
    title, description = (told[name](**(parts or {})) for name in ("title", "description"))
    if told.get("personal"):
        body = Markup("<p class='measure'>{}</p>").format(NEEDS_SCRIPTS)
        status = 404 if title == not_found.TITLE else 200
        return Document(title, _head(title, description, description, False), body, status, False)
    state = {**(parts or {}), **_parse_query_string(f"?{request.query_string.decode()}")}
    written = _written(told, state)
    indexed = written.status == 200 and shared and not is_embedded(request.path)
    head = _head(title, description, written.finding or description, indexed)
    return Document(title, head, Markup(written.body), written.status, shared)


@dataclass(frozen=True)
class _Written:
    """What is made of a page as it is sent."""

    body: str
    finding: str
    status: int


class _Failed(Exception):
    """The page could not be built: what says so is not kept."""

    def __init__(self, written: _Written) -> None:
        super().__init__()
        self.written = written


def _written(page: Mapping[str, Any], state: Mapping[str, Any]) -> _Written:
    """A page as text, kept for as long as the page is where all are shown the same."""
    if not is_shared():
        return _write(page, state)

    def write() -> _Written:
        made = _write(page, state)
        if made.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise _Failed(made)
        return made

    here = platform()
    name = ("text", here.settings, root(), page["module"], sorted(state.items()))
    try:
        return here.reader.keep(name, write)
    except _Failed as failed:
        return failed.written


def _write(page: Mapping[str, Any], state: Mapping[str, Any]) -> _Written:
    answer = page["answer"](**state)
    drawn = answer.drawn
    return _Written(str(unscripted(drawn)), finding(drawn, ""), answer.status)


def _head(title: str, description: str, found: str, indexed: bool) -> Markup:
    """The tags of what is told of a page. found: what it finds."""
    site_name = platform().settings.site_name
    canonical = root() + request.path
    told = Previewed(site_name, title, description, found, _address(), canonical, indexed)
    tags = [format_tag("meta", one, opened=True, sanitize=True) for one in metas(told)]
    if indexed:
        link = {"rel": "canonical", "href": canonical}
        tags.append(format_tag("link", link, opened=True, sanitize=True))
    return Markup("\n    ").join(map(Markup, tags))


def _address() -> str:
    """Where this page is, with all that is chosen on it."""
    query = [pair for pair in request.args.items(multi=True) if not pair[0].startswith(_FOREIGN)]
    return root() + request.path + (f"?{urlencode(query, safe=':,')}" if query else "")


def _nowhere() -> dict[str, Any]:
    return {
        "module": "",
        "title": lambda: not_found.TITLE,
        "description": lambda: not_found.DESCRIPTION,
        "answer": lambda **_query: nowhere(),
    }

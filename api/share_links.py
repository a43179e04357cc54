"""The link that a request brings, which shows one service that is not published.

It is looked up only where something is asked for that nobody may see without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, Response, g, request

from data.engine import Engine
from data.previews import Brought
from data.reader import Reader
from data.share_links import Signing, opened
from kpi.views import LINK

# Where pages call back: the address that is shown is in what they send.
_CALLBACKS = "/_dash-update-component"
# How many queries are not read again when they come again: the same are asked over and over.
_KNOWN_QUERIES = 256
_PRIVATE = {
    # Nobody keeps it, no other site is told where its visitors came from, nobody finds it.
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def bring_links(server: Flask, engine: Engine, reader: Reader) -> None:
    """Set `flask.g.find_link` for every request: what gives the link that it brings, or None."""

    def find() -> Brought | None:
        if "link" not in g:
            text = _text()
            signing = Signing(str(server.secret_key))
            g.link = text and Brought(text, opened(engine, signing, text, reader.now()))
        return g.link or None

    @server.before_request
    def _bring() -> None:
        g.find_link = find

    @server.after_request
    def _finish(response: Response) -> Response:
        if is_linked() or g.get("link"):
            response.headers.update(_PRIVATE)
            del response.headers["ETag"]
        # A page that refuses a link is drawn like any other.
        if g.get("link_refused") and response.status_code in (200, 404):
            response.status_code = 403
        return response


def brought() -> Brought | None:
    """The link that came with the request."""
    find = g.get("find_link")
    found: Brought | None = find() if find else None
    return found


def is_linked() -> bool:
    """Whether a link came, of whatever kind: nobody keeps the answer."""
    return _has_link(request.query_string)


@lru_cache(maxsize=_KNOWN_QUERIES)
def _has_link(_query: bytes) -> bool:
    # What it says rests on its words alone.
    return LINK in request.args


def _text() -> str:
    """The text of the request's link, the last one where there are several; '' without one."""
    given = request.args.getlist(LINK)
    if not given and request.path.endswith(_CALLBACKS):
        given = [text for search in _searches() for text in parse_qs(search).get(LINK, ())]
    return given[-1] if given else ""


def _searches() -> Iterator[str]:
    """The queries of addresses that a page sends along when it calls back."""
    sent = request.get_json(silent=True)
    for name in ("inputs", "state"):
        yield from _searches_in(sent.get(name) if isinstance(sent, dict) else None)


def _searches_in(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _searches_in(one)
    elif isinstance(part, dict) and part.get("property") == "search":
        yield str(part.get("value", "")).removeprefix("?")

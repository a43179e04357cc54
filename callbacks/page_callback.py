"""The callback that draws a page, answered from what is kept where all are shown the same.

Dash would take the page apart, write it out again and have it compressed for each who asks: nine
tenths of what an answer takes that was drawn already. What comes here has passed everything that
looks at requests (limits, who asks, what callbacks take), and the answer is Dash's own to the byte.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

import brotli
from dash import Dash
from dash._pages import _parse_query_string, _path_to_page
from dash.dash import _ID_CONTENT, _ID_STORE
from flask import Response, request
from plotly.io.json import to_json_plotly

from callbacks.pages import Answer, is_shared
from callbacks.platform import link, platform, root

_ENDPOINT = "/_dash-update-component"
_JSON = "application/json"
_OUTPUT = f"..{_ID_CONTENT}.children...{_ID_STORE}.data.."
_BODY = (
    f'{{"multi":true,"response":{{"{_ID_CONTENT}":{{"children":%b}},"{_ID_STORE}":{{"data":%b}}}}}}'
).encode()
# The best first, as for all other answers (callbacks.serving.compress).
_CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda text: bytes(brotli.compress(text, quality=5)),
    "gzip": lambda text: gzip.compress(text, 6),
}


@dataclass(frozen=True)
class _Asked:
    """A registered page, the parts of its path, and those with the query's parameters."""

    page: Mapping[str, Any]
    parts: Mapping[str, str]
    state: Mapping[str, Any]

    @property
    def service(self) -> str:
        """The slug of the service that all that it shows rests on; '' where it rests on more."""
        return str(self.page["service"](self.state))


class _Unkept(Exception):
    """The page is not there or could not be built: what says so is not kept."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.body = body


def answer_pages(app: Dash) -> None:
    """Answer for Dash whoever asks for a page that all are shown alike."""
    views = app.server.view_functions
    by_dash = views[_ENDPOINT]

    # In place of the view: whatever looks at requests has looked by then.
    @wraps(by_dash)
    def answer() -> Any:
        asked = _asked(app, request.get_json())
        # What a link shows, or fails to show, is told to whoever brought it alone.
        if asked is None or not is_shared() or link() is not None:
            return by_dash()
        return _response(asked)

    views[_ENDPOINT] = answer


def _asked(app: Dash, body: Mapping[str, Any]) -> _Asked | None:
    """What a body asks for, as Dash reads it; None where it is no page's, or not of this kind."""
    if body["output"] != _OUTPUT:
        return None
    path, search = (one.get("value") for one in body["inputs"])
    if not path or not path.startswith("/"):
        return None
    page, parts = _path_to_page(app.strip_relative_path(path))
    given = _parse_query_string(search)
    # Dash has a parameter of the query take the place of a part of the path.
    if not page or "service" not in page or page["personal"] or given.keys() & (parts or {}).keys():
        return None
    return _Asked(page, parts or {}, {**(parts or {}), **given})


def _response(asked: _Asked) -> Response:
    coding = request.accept_encodings.best_match(list(_CODINGS))
    here = platform()
    name = ("callback", here.settings, root(), asked.page["module"], sorted(asked.state.items()))
    try:
        with here.reader.about(asked.service):
            body = here.reader.keep((*name, coding), lambda: _coded(_body(asked), coding))
    except _Unkept as unkept:
        return Response(unkept.body, mimetype=_JSON)
    headers = {"Content-Encoding": coding} if coding else {}
    return Response(body, headers=headers, mimetype=_JSON)


def _coded(text: bytes, coding: str | None) -> bytes:
    return _CODINGS[coding](text) if coding else text


def _body(asked: _Asked) -> bytes:
    """The answer in Dash's words.

    :raises _Unkept: with the answer, where it says that something is amiss.
    """
    drawn: Answer = asked.page["answer"](**asked.state)
    titled = to_json_plotly({"title": asked.page["title"](**asked.parts)}).encode()
    body = _BODY % (drawn.text, titled)
    if drawn.status != 200:
        raise _Unkept(body)
    return body

"""What is not answered, in words: a page for people, JSON for the scripts of a page.

assets/refused.js shows the words of a callback that was refused; Dash would leave the page as it
is.
"""

from __future__ import annotations

import json
import logging

from flask import Response, g, request
from werkzeug.exceptions import InternalServerError, RequestEntityTooLarge, TooManyRequests

from callbacks.bodies import Unreadable
from callbacks.serving import PlatformDash
from data.absence import RETRY_SECONDS
from data.dialect import Stopped
from data.previews import LinkRefused
from layouts import not_found
from layouts.markup import markup

_LOG = logging.getLogger(__name__)
_CALLBACK = "/_dash-update-component"
_TOO_LARGE = "This is too large to be sent. A file may be smaller, or sent in parts."


def tell_failure(app: PlatformDash) -> None:
    """Answer 500 in words, with the number by which whoever runs the platform finds it logged."""

    @app.server.errorhandler(InternalServerError)
    def _failed(_error: InternalServerError) -> Response:
        number = g.get("request_id", "")
        sentence = f"{not_found.LOGGED} {not_found.TELL} {number}"
        return _refused(app, 500, not_found.FAILURE, sentence, request_id=number)


def tell_limits(app: PlatformDash) -> None:
    """Answer in words what is asked too often, is too large, or takes too long."""

    @app.server.errorhandler(TooManyRequests)
    def _too_many(error: TooManyRequests) -> Response:
        response = _refused(app, 429, not_found.TOO_MANY_TITLE, f"{error.description}")
        response.headers["Retry-After"] = str(error.retry_after)
        return response

    @app.server.errorhandler(RequestEntityTooLarge)
    def _too_large(_error: RequestEntityTooLarge) -> Response:
        return _refused(app, 413, not_found.TOO_LARGE_TITLE, _TOO_LARGE)

    @app.server.errorhandler(Stopped)
    def _too_slow(error: Stopped) -> Response:
        _LOG.warning("%s: %s", request.path, error)
        response = _refused(app, 503, not_found.AWAY_TITLE, str(error))
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response


def tell_links(app: PlatformDash) -> None:
    """Answer 403 in words where a link does not show what it came for."""

    @app.server.errorhandler(LinkRefused)
    def _link(error: LinkRefused) -> Response:
        return _refused(app, 403, not_found.LINK_TITLE, str(error))


def tell_unreadable(app: PlatformDash) -> None:
    """Answer 400 in words to what no page of ours sends."""

    @app.server.errorhandler(Unreadable)
    def _unreadable(error: Unreadable) -> Response:
        _LOG.warning("%s: %s", request.path, error.description)
        title = not_found.UNREADABLE_TITLE
        return _refused(app, 400, title, f"{error.description} {not_found.UNREADABLE}")


def _refused(app: PlatformDash, status: int, title: str, sentence: str, **more: str) -> Response:
    headers = {"Cache-Control": "no-store"}
    if request.path.endswith(_CALLBACK):
        told = {"status": "error", "message": f"{title}. {sentence}", **more}
        return Response(json.dumps(told), status, headers, mimetype="application/json")
    text = app.plain_page(title, markup(not_found.build_refused(title, sentence)))
    return Response(text, status, headers, mimetype="text/html")

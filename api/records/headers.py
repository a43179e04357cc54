"""What every answer to a reader carries: who may read and keep it, and what names it."""

from __future__ import annotations

import hashlib

from flask import Response, g, request

from api.answers import is_kept
from data.data_sets import StoredDataSet

WARNING = "Warning: This data-set is unpublished. Data may be subject to change or be inaccurate."
_HTML, _JSON = "text/html", "application/json"
# What a 304 says nothing of.
_ABOUT_THE_BODY = ("Content-Type", "Content-Length", "Content-Disposition")
_HIDDEN = "hidden_data_set_was_seen"


def wants_page() -> bool:
    """Whether a browser asks: one names HTML, where other clients take anything.

    A `format` in the address is of the API alone, so that links to CSV and JSON work in browsers.
    """
    asked = dict(request.accept_mimetypes)
    wanted = asked.get(_HTML, 0)
    return bool(wanted) and wanted >= asked.get(_JSON, 0) and "format" not in request.args


def keeping(stored: StoredDataSet) -> str:
    """For how long a good answer may be kept."""
    if not stored.entry.published:
        return "no-cache"
    return f"max-age={120 if stored.entry.realtime else 1800}, must-revalidate"


def note_hidden() -> None:
    """Remember that the answer to this request is not for everyone."""
    setattr(g, _HIDDEN, True)


def tag(named: bytes) -> str:
    """A short name for something."""
    return hashlib.sha256(named).hexdigest()[:32]


def finish_read(response: Response) -> Response:
    """Let any page read the answer, and send it only to who does not have it yet."""
    _say_what_it_depends_on(response)
    if response.mimetype == _HTML:
        return response
    response.headers["Access-Control-Allow-Origin"] = "*"
    if "Link" in response.headers:
        response.headers["Access-Control-Expose-Headers"] = "Link"
    if "ETag" not in response.headers:
        response.set_etag(tag(response.get_data()))
    own, _ = response.get_etag()
    if request.method != "OPTIONS" and own and is_kept(own):
        response.status_code = 304
        response.set_data(b"")
        for name in _ABOUT_THE_BODY:
            response.headers.pop(name, None)
    return response


def _say_what_it_depends_on(response: Response) -> None:
    if request.path.startswith("/data/"):
        response.vary.add("Accept")
    hidden = g.get(_HIDDEN, False)
    if hidden:
        response.headers["Cache-Control"] = "private, no-store"
    # What is missing must look like what is hidden.
    if hidden or response.status_code == 404 or response.mimetype == _HTML:
        response.vary.update(("Cookie", "Authorization"))

"""What each request is called, in its answer and in every line that is logged meanwhile."""

from __future__ import annotations

import re
from uuid import uuid4

from flask import g, has_request_context, request

HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,100}")


def request_id() -> str:
    """The id of the request that is being answered; '' outside of one."""
    if not has_request_context():
        return ""
    if "request_id" not in g:
        g.request_id = uuid4().hex
    return str(g.request_id)


def take_from_proxy() -> None:
    """Go by the id that a proxy in front gave the request, where it is one."""
    given = request.headers.get(HEADER, "")
    if _WELL_FORMED.fullmatch(given):
        g.request_id = given

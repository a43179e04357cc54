"""What each request is called, in its answer and in every line that is logged meanwhile."""

from __future__ import annotations

import re
from secrets import token_hex

from flask import g, has_request_context, request

HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,100}")


def request_id() -> str:
    """The id of the request that is being answered; '' outside of one."""
    if not has_request_context():
        return ""
    id: str | None = g.get("request_id")
    if id is None:
        id = g.request_id = token_hex(16)
    return id


def take_from_proxy() -> None:
    """Go by the id that a proxy in front gave the request, where it is one."""
    given = request.headers.get(HEADER, "")
    if _WELL_FORMED.fullmatch(given):
        g.request_id = given

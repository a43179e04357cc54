"""The bearer token of a request."""

from __future__ import annotations

import re

from flask import request

_HEADER = re.compile(r"Bearer (\S+)")
EXPECTED = "Expected header of form: Authorization: Bearer <token>"


def bearer() -> str | None:
    """The token that came with the request; None where the header has another form."""
    header = _HEADER.fullmatch(request.headers.get("Authorization", ""))
    return header and header[1]


def has_header() -> bool:
    """Whether the request says at all who it is from."""
    return "Authorization" in request.headers

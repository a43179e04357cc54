"""The address of the request that is being answered, and of the same question in other formats."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import request

_FORMAT = re.compile(r"(?<![^&])format=[^&]*")


def root() -> str:
    """The address of this platform, as whoever asks came to it; without a slash at its end."""
    return request.host_url.rstrip("/")


def here(path: str = "") -> str:
    """The address of this request, or of a path beside it, without a query."""
    return f"{root()}{quote(path or request.path)}"


def asked_as(format: str, path: str = "") -> str:
    """This question in another format, letter by letter as it was asked.

    CSV on the Web tells by that whether metadata and CSV belong together. path: where that format
    is; empty: at the same address.
    """
    query = request.query_string.decode("latin-1")
    if _FORMAT.search(query):
        query = _FORMAT.sub(f"format={format}", query)
    else:
        query = "&".join(filter(None, (query, f"format={format}")))
    return f"{here(path)}?{query}"

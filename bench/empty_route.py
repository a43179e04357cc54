"""The platform, and beside it a Flask route that does nothing: what the server itself costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from app import server as platform
from bench.traffic import EMPTY

_empty = Flask("empty")


@_empty.get(EMPTY)
def _nothing() -> str:
    return ""


def server(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """What gunicorn serves."""
    wanted = _empty if environ["PATH_INFO"] == EMPTY else platform
    return wanted(environ, start_response)

"""Every request from its beginning to its end: its id, and its line in the log."""

from __future__ import annotations

import logging
import time
from functools import lru_cache
from urllib.parse import unquote_plus

from flask import Flask, Response, g, request

from api.operating.logs import HIDDEN, SECRETS, without_secrets
from api.operating.request_ids import HEADER, request_id, take_from_proxy
from config import Settings

log = logging.getLogger("request")
_LINE = "%(method)s %(path)s %(status)s %(ms)s ms, %(client)s"
# How many addresses are not looked through again when they are asked for again.
_KNOWN_ADDRESSES = 256


def watch_requests(server: Flask, settings: Settings) -> None:
    """Name, time and log every request. Call it before all else that looks at requests."""

    @server.before_request
    def _begin() -> None:
        g.started = time.perf_counter()
        if settings.trusted_proxies:
            take_from_proxy()
        # Whoever tells of the request finds it in `g`.
        request_id()

    @server.after_request
    def _end(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        _log(response.status_code)
        return response


def _log(status: int) -> None:
    if not log.isEnabledFor(logging.INFO):
        return
    told = {
        "method": request.method,
        "path": address(),
        "status": status,
        "ms": round(took() * 1000, 1),
        "client": request.remote_addr or "",
    }
    # As `log.info` would, which looks through the stack for who calls it.
    log.handle(log.makeRecord(log.name, logging.INFO, "", 0, _LINE, (told,), None, extra=told))


def took() -> float:
    """How long the request has taken so far, in seconds."""
    return time.perf_counter() - float(g.get("started", time.perf_counter()))


def address() -> str:
    """What was asked for, without what lets someone in."""
    return _address(request.path, request.query_string)


@lru_cache(maxsize=_KNOWN_ADDRESSES)
def _address(path: str, query: bytes) -> str:
    asked = query.decode("latin-1")
    if not asked:
        return without_secrets(path)
    return f"{without_secrets(path)}?{'&'.join(map(_parameter, asked.split('&')))}"


def _parameter(text: str) -> str:
    name, sign, _ = text.partition("=")
    # A name, too, may be written in another way.
    is_secret = unquote_plus(name).strip().lower() in SECRETS
    return f"{name}{sign}{HIDDEN}" if is_secret and sign else text

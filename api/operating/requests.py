"""Every request from its beginning to its end: its id, and its line in the log."""

from __future__ import annotations

import logging
import time
from urllib.parse import unquote_plus

from flask import Flask, Response, g, request

from api.operating.logs import HIDDEN, SECRETS, without_secrets
from api.operating.request_ids import HEADER, request_id, take_from_proxy
from config import Settings

log = logging.getLogger("request")


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
    log.info("%(method)s %(path)s %(status)s %(ms)s ms, %(client)s", told, extra=told)


def took() -> float:
    """How long the request has taken so far, in seconds."""
    return time.perf_counter() - float(g.get("started", time.perf_counter()))


def address() -> str:
    """What was asked for, without what lets someone in."""
    asked = request.query_string.decode("latin-1")
    if not asked:
        return without_secrets(request.path)
    return f"{without_secrets(request.path)}?{'&'.join(map(_parameter, asked.split('&')))}"


def _parameter(text: str) -> str:
    name, sign, _ = text.partition("=")
    # A name, too, may be written in another way.
    is_secret = unquote_plus(name).strip().lower() in SECRETS
    return f"{name}{sign}{HIDDEN}" if is_secret and sign else text

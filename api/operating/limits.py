"""How much one client may ask in a minute: reads and writes, in Redis where the settings name one.

Flask-Limiter, which counts attempts to sign in, takes thirty times as long for each request as the
library that it rests on; here that one is asked without it.
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from ipaddress import IPv6Address, ip_address

from flask import Flask, Response, request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter, RateLimiter
from werkzeug.exceptions import TooManyRequests

from api.bearer import bearer
from api.operating.own_counts import OwnCounts
from config import Settings

log = logging.getLogger(__name__)
_READING = ("GET", "HEAD", "OPTIONS")
# Pages send what they want drawn: that is reading.
_CALLBACK = "/_dash-update-component"
# What costs next to nothing, is asked by open pages every few seconds, or tells that all is well.
_FREE = ("/assets/", "/_dash-component-suites/", "/bootstrap.min.css", "/swagger-ui/", "/_favicon")
_FREE_EXACTLY = ("/live", "/_status", "/metrics")
# How long to do without Redis before it is tried again, and to wait for it, in seconds.
_WITHOUT, _PATIENCE = 30, 1
_READS, _WRITES, _WRONG_TOKENS = "reads", "writes", "wrong tokens"
# An IPv6 address has this many bits that a visitor may make up.
_OWN_BITS = 64


def storage_uri(settings: Settings) -> str:
    """Where the counts are, as `limits` writes it."""
    # The cache calls a socket's address by another name.
    return re.sub("^unix:", "redis+unix:", settings.cache_url) or "memory://"


def bound_clients(server: Flask, settings: Settings) -> None:
    """Refuse with 429, before anything is asked, what a client asks too often.

    And with 413 what it sends too much of, wherever a route sets no bound of its own.
    """
    server.config["MAX_CONTENT_LENGTH"] = settings.body_bytes_most
    counts = Counts(settings)
    reads, writes = settings.reads_per_minute, settings.writes_per_minute

    @server.before_request
    def _bound() -> None:
        if _is_read():
            counts.spend(_READS, client(), reads)
        elif _is_write():
            # Tokens can be made up: guesses count by where they come from.
            counts.check(_WRONG_TOKENS, client(), writes)
            counts.spend(_WRITES, _writer(), writes)

    @server.after_request
    def _guessed(response: Response) -> Response:
        if response.status_code == 401 and _is_write():
            counts.note(_WRONG_TOKENS, client(), writes)
        return response


def client() -> str:
    """Where a request comes from: its address, of IPv6 the part that a visitor cannot make up."""
    return _without_own_part(request.remote_addr or "")


@lru_cache(maxsize=4096)
def _without_own_part(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return text
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> _OWN_BITS << _OWN_BITS))


@dataclass(frozen=True)
class _Counted:
    """What is counted, for whom, and how much of it there may be in a minute; 0: any amount."""

    kind: str
    who: str
    item: RateLimitItem


class Counts:
    """Counts by the minute; without Redis, while it is away, each process by itself."""

    def __init__(self, settings: Settings) -> None:
        self._own = FixedWindowRateLimiter(OwnCounts())
        self._shared = _in_redis(settings) if settings.cache_url else self._own
        self._again = 0.0

    def spend(self, kind: str, who: str, most: int) -> None:
        """Count one.

        :raises TooManyRequests: with a sentence, when there were ``most`` in this minute already.
        """
        counted = _counted(kind, who, most)
        if counted and not self._ask(lambda limiter: _may(limiter.hit, limiter, counted)):
            raise self._too_many(counted)

    def check(self, kind: str, who: str, most: int) -> None:
        """Count none, but refuse as `spend` does."""
        counted = _counted(kind, who, most)
        if counted and not self._ask(lambda limiter: _may(limiter.test, limiter, counted)):
            raise self._too_many(counted)

    def note(self, kind: str, who: str, most: int) -> None:
        """Count one, and refuse nothing."""
        if counted := _counted(kind, who, most):
            self._ask(lambda limiter: limiter.hit(counted.item, kind, who))

    def _ask(self, question: Callable[[RateLimiter], bool]) -> bool:
        if time.monotonic() >= self._again:
            try:
                return question(self._shared)
            except StorageError as error:
                self._again = time.monotonic() + _WITHOUT
                log.warning("Limits are counted here alone, as Redis is away: %s", error)
        return question(self._own)

    def _too_many(self, counted: _Counted) -> TooManyRequests:
        ends = [time.time() + 60]

        def look(limiter: RateLimiter) -> bool:
            ends.append(
                limiter.get_window_stats(counted.item, counted.kind, counted.who).reset_time
            )
            return True

        self._ask(look)
        wait = min(60, max(1, int(ends[-1] - time.time()) + 1))
        log.warning("Too many %s from %s", counted.kind, client())
        unit = "second" if wait == 1 else "seconds"
        return TooManyRequests(
            f"You may ask {counted.item.amount:,} times a minute. Try again in {wait} {unit}.",
            retry_after=wait,
        )


def _may(ask: Callable[..., bool], limiter: RateLimiter, counted: _Counted) -> bool:
    """What a limiter says. What it counted before the clock was set back would not end for long."""
    about = counted.item, counted.kind, counted.who
    if ask(*about):
        return True
    ends_in = limiter.get_window_stats(*about).reset_time - time.time()
    if ends_in <= counted.item.get_expiry() + _PATIENCE:
        return False
    limiter.clear(*about)
    return ask(*about)


def _in_redis(settings: Settings) -> RateLimiter:
    waits = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE}
    storage = storage_from_string(storage_uri(settings), wrap_exceptions=True, **waits)
    assert isinstance(storage, Storage)
    return FixedWindowRateLimiter(storage)


def _counted(kind: str, who: str, most: int) -> _Counted | None:
    return _Counted(kind, who, _a_minute(most)) if most else None


@cache
def _a_minute(most: int) -> RateLimitItem:
    return RateLimitItemPerMinute(most, namespace="pp")


def _is_read() -> bool:
    if request.path.startswith(_FREE) or request.path in _FREE_EXACTLY:
        return False
    return request.method in _READING or request.path == _CALLBACK


def _is_write() -> bool:
    return request.method not in _READING and request.path != _CALLBACK


def _writer() -> str:
    """Whose token came along; where none did, where the request comes from."""
    token = bearer()
    if token is None:
        return client()
    # Whoever sees the counts need not read tokens there.
    return f"token {hashlib.sha256(token.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"

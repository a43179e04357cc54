"""The only cache: answers by question and revision, so that none is ever stale."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pandas as pd
from flask import Flask
from flask_caching import Cache
from flask_caching.backends import RedisCache
from redis import RedisError
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import ResponseError
from redis.retry import Retry

from config import ROOT, Settings
from data.own_memory import OwnMemory

# How long an answer is kept at most, in seconds: whatever is asked for, the keys come to an end.
_DAY = 86_400
# For how many seconds a Redis that cannot be reached is left alone.
_REST = 5.0
log = logging.getLogger(__name__)


def open_cache(settings: Settings) -> Cache:
    """A cache in this process's memory, or in Redis when the settings name one.

    Call its ``init_app`` with the Flask server. Frames are pickled on the way in and out, so that
    whoever gets one may do with it what they like. Whoever can write to that Redis can therefore
    run code here: it must be private.
    """
    kind: dict[str, Any]
    if settings.cache_url:
        kind = {
            "CACHE_TYPE": f"{__name__}.SpareRedis",
            "CACHE_REDIS_URL": settings.cache_url,
            "CACHE_OPTIONS": impatient(),
            "CACHE_KEY_PREFIX": f"pp:{_edition(settings)}:",
        }
    else:
        kind = {
            "CACHE_TYPE": f"{__name__}.own_memory",
            "CACHE_ARGS": [settings.cache_bytes_most],
        }
    return Cache(config={**kind, "CACHE_DEFAULT_TIMEOUT": _DAY})


def own_memory(
    _app: Flask, _config: Mapping[str, Any], args: Sequence[Any], options: Mapping[str, Any]
) -> OwnMemory:
    """The cache of a process without Redis, as flask_caching asks for it."""
    (bytes_most,) = args
    return OwnMemory(bytes_most, options["default_timeout"])


def impatient() -> dict[str, Any]:
    """How to talk to a Redis that can be done without: nobody waits long for it.

    A connection that was idle while Redis was restarted is opened anew, and nothing else is tried
    twice.
    """
    again = Retry(NoBackoff(), 1, supported_errors=(NoConnection,))
    return {"socket_connect_timeout": 0.25, "socket_timeout": 1.0, "retry": again}


def _edition(settings: Settings) -> str:
    """What answers depend on beside question and revision: the database, and the code's version.

    Platforms may share a Redis, and so may the old and the new release while one takes over.
    """
    parts = [settings.database_url.encode(), pd.__version__.encode()]
    for folder in ("data", "kpi"):
        parts += [path.read_bytes() for path in sorted((ROOT / folder).rglob("*.py"))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


class SpareRedis(RedisCache):
    """A cache in Redis that is done without while Redis is away: nothing is found in it then."""

    _away_until = 0.0

    def get(self, key: str) -> Any:
        """What is kept; None where there is nothing, or nobody to ask."""
        with self._spared():
            if not self._is_away():
                return super().get(key)
        return None

    def set(self, key: str, value: Any, timeout: int | timedelta | None = None) -> Any:
        """Keep it, if there is anybody to keep it."""
        with self._spared():
            if not self._is_away():
                return super().set(key, value, timeout)
        return None

    def _is_away(self) -> bool:
        return time.monotonic() < self._away_until

    @contextmanager
    def _spared(self) -> Iterator[None]:
        try:
            yield
        except ResponseError as error:
            # It is there but refuses, for example because it is full.
            log.warning("The cache refused: %s", error)
        except RedisError as error:
            self._away_until = time.monotonic() + _REST
            log.warning("The cache is away, answers are made anew: %s", error)

"""The only cache: answers by question and revision, so that none is ever stale."""

from __future__ import annotations

from flask_caching import Cache

from config import Settings


def open_cache(settings: Settings) -> Cache:
    """A cache in this process's memory, or in Redis when the settings name one.

    Call its ``init_app`` with the Flask server. Frames are pickled on the way in and out, so that
    whoever gets one may do with it what they like.
    """
    kind: dict[str, str | int]
    if settings.cache_url:
        kind = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": settings.cache_url}
    else:
        kind = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 300}
    return Cache(config={**kind, "CACHE_DEFAULT_TIMEOUT": 86_400, "CACHE_KEY_PREFIX": "pp:"})

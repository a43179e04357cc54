"""How often someone may try to sign in: by where they are, and by the account they try.

An account is counted apart for each browser that has signed in to it before, so that strangers who
try its password cannot lock out whoever it belongs to.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter
from itsdangerous import BadSignature, URLSafeSerializer

from api.operating.limits import client, storage_uri
from api.sign_in import cookies
from config import Settings
from data.cache import impatient
from data.people import same_email

View = Callable[[], Response]
BLUEPRINT = "sign-in"
MINUTES = 5
REFUSED = 403


class _OfViewsAlone(Limiter):
    """Bounds the views that it is put on: no other request is slowed by looking whether it is."""

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


class Attempts:
    """Counts refused attempts, in Redis where the settings name one, else in memory."""

    def __init__(self, server: Flask, settings: Settings) -> None:
        self.allowance = f"{settings.sign_in_attempts} per {MINUTES} minutes"
        self.limiter = _OfViewsAlone(
            client,
            storage_uri=storage_uri(settings),
            storage_options=impatient() if settings.cache_url else {},
            strategy="moving-window",
            in_memory_fallback_enabled=bool(settings.cache_url),
            key_prefix="sign-in",
        )
        self.limiter.init_app(server)

    def bound(self, view: View) -> View:
        """A view that answers 429 once too many attempts from the same address were refused."""
        limit = self.limiter.shared_limit(self.allowance, "address", deduct_when=_was_refused)
        return limit(view)

    def bound_by_account(self, view: View) -> View:
        """The same, of attempts at the same account."""
        limit = self.limiter.shared_limit(
            self.allowance, "account", key_func=_account, deduct_when=_was_refused
        )
        return limit(view)

    def seconds_left(self) -> int:
        """How long to wait until the next attempt."""
        limit = self.limiter.current_limit
        return 1 if limit is None else max(1, int(limit.reset_at - time.time()))


def remember_device(response: Response, email: str) -> None:
    """Let the browser tell, next time, that it has signed in to this account before."""
    mark = [_told(same_email(email)), secrets.token_urlsafe(12)]
    cookies.give(response, cookies.DEVICE, _serializer().dumps(mark), cookies.YEAR)


def _was_refused(response: Response) -> bool:
    return response.status_code == REFUSED


def _account() -> str:
    email = same_email(request.form.get("email", ""))
    return _known_device(email) or f"account {email}"


def _known_device(email: str) -> str:
    try:
        known, mark = _serializer().loads(cookies.read(cookies.DEVICE))
    except (BadSignature, ValueError, TypeError):
        return ""
    return f"device {mark}" if known == _told(email) else ""


def _told(email: str) -> str:
    # Whoever uses the browser next need not read in a cookie who signed in.
    return hashlib.sha256(email.encode("utf-8", "surrogatepass")).hexdigest()


def _serializer() -> URLSafeSerializer:
    assert current_app.secret_key is not None
    return URLSafeSerializer(current_app.secret_key, salt="known-device")

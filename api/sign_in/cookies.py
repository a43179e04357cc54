"""Our cookies: for this host alone, and over HTTPS alone wherever the request came that way."""

from __future__ import annotations

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

# Who is signed in; what a form was given; which browser someone signed in with before.
SIGN_IN, FORM, DEVICE = "sign-in", "form", "known-device"
# Dash's renderer reads this one and sends it with every callback, in a header.
CALLBACK = "_csrf_token"
YEAR = 365 * 24 * 3600


def own_name(name: str) -> str:
    """A cookie's name as the browser keeps it: __Host- keeps other hosts from setting it."""
    return f"__Host-{name}" if request.is_secure else name


def read(name: str) -> str:
    """What one of our cookies holds; '' when it did not come."""
    if "Cookie" not in request.headers:
        return ""
    return request.cookies.get(own_name(name), "")


def give(response: Response, name: str, value: str, max_age: int | None = None) -> None:
    """Set a cookie that no script can read. max_age: in seconds; None: until the browser closes."""
    response.set_cookie(
        own_name(name),
        value,
        max_age=max_age,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def give_callback_token(response: Response, value: str) -> None:
    """Set what Dash's renderer, a script, sends back."""
    response.set_cookie(CALLBACK, value, secure=request.is_secure, samesite="Lax")


def take(response: Response, name: str) -> None:
    """Remove a cookie."""
    response.delete_cookie(own_name(name), secure=request.is_secure, httponly=True, samesite="Lax")


def is_given(response: Response, name: str) -> bool:
    """Whether a response sets or removes a cookie."""
    start = f"{own_name(name)}="
    return any(text.startswith(start) for text in response.headers.getlist("Set-Cookie"))


class FormSession(SecureCookieSessionInterface):
    """Flask's session, signed, with a name and flags that fit how the request came.

    Most requests have none and are given none: for them nothing is prepared to be signed.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the request brings; an empty one where it brings none."""
        has_any = "Cookie" in request.headers
        return super().open_session(app, request) if has_any else self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Give it back, where anyone looked at it."""
        if session or session.accessed or session.modified:
            super().save_session(app, session, response)

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002
        """Its name."""
        return own_name(FORM)

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        """Whether it goes over HTTPS alone."""
        return request.is_secure

    def get_cookie_samesite(self, app: Flask) -> str:  # noqa: ARG002
        """It comes along where a link or a provider leads here, and with no other site's form."""
        return "Lax"

"""Who each request is from, and that it is really theirs: another site cannot send it for them."""

from __future__ import annotations

import logging
from functools import partial

from flask import Flask, Response, current_app, g, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from api.bearer import bearer
from api.sign_in import cookies
from api.sign_in.secret_key import secret_key
from config import Settings
from data import sign_ins
from data.engine import Engine

log = logging.getLogger(__name__)
NOT_OURS = (
    "This did not come from a page of this platform, or the page is out of date. Load it again, "
    "then try once more."
)
_SAFE = ("GET", "HEAD", "OPTIONS")
# The same for everyone, and asked for many times: they do not care who asks.
_STATIC = ("/assets/", "/_dash-component-suites/", "/bootstrap.min.css", "/swagger-ui/")
# Asked every few seconds by pages that are open, whether anyone is there or not.
_POLLED = "/live"


def identify(server: Flask, engine: Engine, settings: Settings) -> None:
    """Set `flask.g.viewer` for every request: whoever is signed in with its cookie, or None.

    Without the cookie nothing is read. A request with a bearer token is the token's alone. What
    changes something, and is someone's because of their cookie, must bring the token of the page
    it comes from. Nobody keeps answers to those who are signed in.

    Where pages ask by themselves, `flask.g.find_viewer` looks for them when it matters, and not as
    for someone who is still there.
    """
    server.secret_key = secret_key(settings)
    server.session_interface = cookies.FormSession()
    _trust(server, settings.trusted_proxies)
    _guard(server)

    @server.before_request
    def _identify() -> None:
        g.viewer = None
        value = cookies.read(cookies.SIGN_IN)
        if not value or request.path.startswith(_STATIC) or bearer() is not None:
            return
        if request.path == _POLLED:
            g.find_viewer = partial(sign_ins.viewer_of, engine, settings, value, seen=False)
            return
        g.viewer = sign_ins.viewer_of(engine, settings, value)
        if g.viewer is not None and request.method not in _SAFE:
            protect()

    @server.after_request
    def _finish(response: Response) -> Response:
        if g.get("viewer") is not None:
            _keep_private(response)
        # What was refused before anyone looked says nothing of who is signed in.
        elif "viewer" in g and _is_over(response):
            cookies.take(response, cookies.SIGN_IN)
        return response


def protect() -> None:
    """Refuse a request that does not bring the token of a page of ours.

    :raises BadRequest: with a sentence.
    """
    protection = _protection()
    try:
        protection.protect()
    except CSRFError as error:
        log.warning("Refused %s %s: %s", request.method, request.path, error.description)
        raise BadRequest(NOT_OURS) from error


def form_token() -> str:
    """What a form of ours sends back in its field `csrf_token`."""
    return str(generate_csrf())


def _trust(server: Flask, proxies: int) -> None:
    if proxies:
        server.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            server.wsgi_app, x_for=proxies, x_proto=proxies
        )


def _guard(server: Flask) -> None:
    server.config.update(
        # Who is not signed in has nothing that another site could make use of.
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_HEADERS=["X-CSRFToken"],
        # It is valid as long as the cookie that it belongs to.
        WTF_CSRF_TIME_LIMIT=None,
        # The token says it already, and some browsers never say where they come from.
        WTF_CSRF_SSL_STRICT=False,
    )
    CSRFProtect(server)


def _protection() -> CSRFProtect:
    found = current_app.extensions["csrf"]
    assert isinstance(found, CSRFProtect)
    return found


def _keep_private(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"
    # A page with a form makes one anew where there is none: the renderer's must be the same.
    is_kept = "csrf_token" in session and not session.modified
    has_token = cookies.CALLBACK in request.cookies and is_kept
    if request.method == "GET" and not has_token:
        cookies.give_callback_token(response, form_token())


def _is_over(response: Response) -> bool:
    """Whether the request's cookie is of a session that is over."""
    if not cookies.read(cookies.SIGN_IN):
        return False
    looked = not request.path.startswith(_STATIC) and request.path != _POLLED and bearer() is None
    return looked and not cookies.is_given(response, cookies.SIGN_IN)

"""The addresses of signing in and out: forms for a password, ways to and from the provider."""

from __future__ import annotations

import logging
from collections.abc import Callable
from math import ceil

from flask import Blueprint, Flask, Response, g, request, session
from flask_limiter.errors import RateLimitExceeded
from werkzeug.exceptions import BadRequest

from api.sign_in import cookies
from api.sign_in.attempts import BLUEPRINT, REFUSED, Attempts, remember_device
from api.sign_in.faults import Fault, cancelled, of_form, of_provider, of_refusal, too_many
from api.sign_in.identity import form_token, protect
from api.sign_in.openid import Cancelled, Provider, ProviderFault
from api.sign_in.ways_back import HOME, asked_for, own_path
from config import Settings
from data import accounts, sign_ins
from data.accounts import Refused
from data.engine import Engine
from data.people import Person
from data.sign_ins import Attempt

log = logging.getLogger(__name__)
# Draws the page: faults, email, next, token, provider, passwords.
Draw = Callable[..., str]
_NEXT = "next"


def register_sign_in(server: Flask, engine: Engine, settings: Settings, draw: Draw) -> None:
    """Serve /sign-in and /sign-out. draw: the page, as HTML, of what its arguments say."""
    attempts = Attempts(server, settings)
    provider = Provider(server, settings) if settings.oidc_issuer else None
    door = Door(engine, settings, draw, provider, attempts)
    made = Blueprint(BLUEPRINT, __name__)
    made.add_url_rule("/sign-in", "page", door.page, methods=["GET"])
    checked = attempts.bound(attempts.bound_by_account(door.password))
    made.add_url_rule("/sign-in", "password", checked, methods=["POST"])
    made.add_url_rule("/sign-in/oidc", "start", door.start, methods=["GET"])
    made.add_url_rule(
        "/sign-in/oidc/callback", "callback", attempts.bound(door.callback), methods=["GET"]
    )
    made.add_url_rule("/sign-out", "leave", door.leave, methods=["POST"])
    made.register_error_handler(RateLimitExceeded, door.too_many)
    made.register_error_handler(BadRequest, door.not_ours)
    made.after_request(_never_kept)
    server.register_blueprint(made)


class Door:
    """Lets people in and out."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        draw: Draw,
        provider: Provider | None,
        attempts: Attempts,
    ) -> None:
        self.engine, self.settings = engine, settings
        self.draw, self.provider, self.attempts = draw, provider, attempts

    def page(self) -> Response:
        """Where to sign in; who is signed in already goes on."""
        if g.viewer is not None:
            return _to(asked_for())
        return self._answer([])

    def password(self) -> Response:
        """Sign in with email and password."""
        email, password = request.form.get("email", ""), request.form.get("password", "")
        protect()
        faults = of_form(email, password)
        if faults:
            return self._answer(faults, BadRequest.code)
        try:
            person = accounts.with_password(self.engine, email, password)
        except Refused as refused:
            return self._refuse(refused, "password")
        response = self._let_in(person, "password", asked_for())
        remember_device(response, email)
        return response

    def start(self) -> Response:
        """On to the provider."""
        if self.provider is None:
            return _to("/sign-in")
        try:
            response = self.provider.start()
        except ProviderFault as fault:
            log.error("Nobody can sign in with OpenID Connect: %s", fault, exc_info=fault)
            return self._answer(of_provider(self.settings.oidc_name), 502)
        session[_NEXT] = asked_for()
        return response

    def callback(self) -> Response:
        """Back from the provider."""
        if self.provider is None:
            return _to("/sign-in")
        try:
            account = self.provider.account()
            person = accounts.with_account(self.engine, account)
        except Cancelled:
            return self._answer(cancelled(self.settings.oidc_name), BadRequest.code)
        except ProviderFault as fault:
            log.warning("Refused what the provider sent from %s: %s", request.remote_addr, fault)
            return self._answer(of_provider(self.settings.oidc_name), REFUSED)
        except Refused as refused:
            return self._refuse(refused, account.issuer, account.email)
        return self._let_in(person, account.issuer, own_path(session.get(_NEXT, HOME)))

    def leave(self) -> Response:
        """Sign out."""
        response = _to(HOME)
        if g.viewer is not None:
            sign_ins.end(self.engine, cookies.read(cookies.SIGN_IN), g.viewer)
            log.info("Signed out: %s", g.viewer.email)
        session.clear()
        cookies.take(response, cookies.SIGN_IN)
        response.delete_cookie(cookies.CALLBACK)
        return response

    def too_many(self, _error: Exception) -> Response:
        """Too many attempts were refused."""
        wait = self.attempts.seconds_left()
        log.warning("Too many attempts to sign in from %s", request.remote_addr)
        response = self._answer(too_many(ceil(wait / 60)), 429)
        response.headers["Retry-After"] = str(wait)
        return response

    def not_ours(self, error: BadRequest) -> Response:
        """A form that did not come from a page of ours, or from one that is out of date."""
        return self._answer([("", f"{error.description}")], BadRequest.code)

    def _let_in(self, person: Person, way: str, on_to: str) -> Response:
        if g.viewer is not None:
            sign_ins.end(self.engine, cookies.read(cookies.SIGN_IN), g.viewer)
        # Whoever may have given the browser its cookies has no use of them from now on.
        session.clear()
        attempt = Attempt(way, request.remote_addr or "")
        value = sign_ins.begin(self.engine, self.settings, person, attempt)
        log.info("Signed in: %s, with %s, from %s", person.entry.email, way, attempt.address)
        response = _to(on_to)
        response.delete_cookie(cookies.CALLBACK)
        cookies.give(response, cookies.SIGN_IN, value)
        return response

    def _refuse(self, refused: Refused, way: str, email: str = "") -> Response:
        attempt = Attempt(way, request.remote_addr or "")
        known = refused.person
        sign_ins.refuse(self.engine, attempt, str(refused), known)
        who = "someone" if known is None else known.entry.email
        log.warning("Refused to sign in: %s, %s, from %s", who, refused, attempt.address)
        return self._answer(of_refusal(refused, email, self.settings.oidc_name), REFUSED)

    def _answer(self, faults: list[Fault], status: int = 200) -> Response:
        text = self.draw(
            faults=faults,
            email=request.form.get("email", ""),
            next=asked_for(),
            token=form_token(),
            provider=self.settings.oidc_name if self.provider else "",
            passwords=accounts.has_passwords(self.engine),
        )
        return Response(text, status, mimetype="text/html")


def _to(path: str) -> Response:
    return Response(status=303, headers={"Location": path})


def _never_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    # Nobody is to lay it under a page of theirs.
    response.headers["X-Frame-Options"] = "DENY"
    return response

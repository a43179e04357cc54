"""A real OpenID provider on loopback, whose tokens can be made wrong on their way out."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import oidc_provider_mock
import requests
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

PATIENCE = 10
ADA, EVE, UNVERIFIED, SILENT = "ada-1", "eve-1", "unverified-1", "silent-1"
USERS = (
    oidc_provider_mock.User(
        sub=ADA, claims={"email": "Ada@example.com", "email_verified": True, "name": "Ada"}
    ),
    oidc_provider_mock.User(sub=EVE, claims={"email": "eve@example.com", "email_verified": True}),
    oidc_provider_mock.User(
        sub=UNVERIFIED, claims={"email": "ada@example.com", "email_verified": False}
    ),
    oidc_provider_mock.User(sub=SILENT, claims={"email": "ada@example.com"}),
)
# A token as it is sent, of its header, its claims and the provider's key.
Forge = Callable[[dict[str, Any], dict[str, Any], RSAKey], str]


@dataclass
class Provider:
    """The provider: where it is, what it was asked for, and what is wrong with its answers."""

    issuer: str = ""
    forge: Forge | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    token_requests: list[dict[str, str]] = field(default_factory=list)

    def allow(self, address: str, subject: str) -> str:
        """Someone signs in at the provider; where it sends them back to."""
        answer = requests.post(
            address, data={"sub": subject}, allow_redirects=False, timeout=PATIENCE
        )
        return answer.headers["Location"]

    def deny(self, address: str) -> str:
        """Someone changes their mind at the provider."""
        answer = requests.post(
            address, data={"action": "deny"}, allow_redirects=False, timeout=PATIENCE
        )
        return answer.headers["Location"]

    def let_in(self, client: FlaskClient, subject: str, back: str = "/about") -> TestResponse:
        """All the way to the provider and back with a browser; the last answer."""
        onward = client.get("/sign-in/oidc", query_string={"next": back})
        assert onward.status_code == 303, onward.text
        return come_back(client, self.allow(onward.headers["Location"], subject))


def come_back(client: FlaskClient, address: str) -> TestResponse:
    """Follow the provider's way back."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def asked(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def signed(header: dict[str, Any], claims: dict[str, Any], key: RSAKey) -> str:
    """A token that is signed with a key."""
    return jwt.encode(header, claims, key)


def unsigned(header: dict[str, Any], claims: dict[str, Any], _key: RSAKey) -> str:
    """A token that says it needs no signature."""
    parts = (json.dumps(part).encode() for part in ({**header, "alg": "none"}, claims))
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that knows USERS, while the context lasts."""
    made = Provider()
    app = oidc_provider_mock.app(user_claims=USERS)
    app.after_request(lambda response: _answered(made, response))
    server = make_server("localhost", 0, app, threaded=True)
    made.issuer = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answered(made: Provider, response: flask.Response) -> flask.Response:
    if flask.request.path.startswith("/.well-known/"):
        response.data = json.dumps({**json.loads(response.data), **made.metadata})
    if response.mimetype == "text/html":
        # Its pages ask another host for their styles.
        response.data = re.sub(rb"(?s)<link.*?>", b'<link rel="icon" href="data:,">', response.data)
    if flask.request.path == "/oauth2/token":
        made.token_requests.append(flask.request.form.to_dict())
        if made.forge is not None and response.status_code == 200:
            response.data = _forged(made.forge, json.loads(response.data))
    return response


def _forged(forge: Forge, body: dict[str, Any]) -> str:
    key = RSAKey.import_key(flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True))
    token = jwt.decode(body["id_token"], key)
    return json.dumps({**body, "id_token": forge(dict(token.header), dict(token.claims), key)})

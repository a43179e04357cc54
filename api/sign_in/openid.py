"""OpenID Connect: any provider that its address says everything about, through Authlib."""

from __future__ import annotations

import logging
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, Response, url_for

from config import Settings
from data.accounts import Account

log = logging.getLogger(__name__)
CALLBACK = "sign-in.callback"
_ALGORITHMS = "id_token_signing_alg_values_supported"
# Signed with a key that only the provider has: never 'none', nor a secret shared with others.
_SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_PATIENCE = 10
_LEEWAY = 60


class ProviderFault(Exception):
    """The provider cannot be reached, or what it says cannot be trusted."""


class Cancelled(Exception):
    """The provider did not let someone in, or they changed their mind there."""


class Provider:
    """The provider of the settings."""

    def __init__(self, server: Flask, settings: Settings) -> None:
        self.issuer = settings.oidc_issuer
        self.client_id = settings.oidc_client_id
        self.client = OAuth(server).register(
            "provider",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret or None,
            server_metadata_url=f"{self.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                "default_timeout": _PATIENCE,
            },
        )

    def start(self) -> Response:
        """Send someone to the provider.

        :raises ProviderFault: when it cannot be reached.
        """
        try:
            self._metadata()
            onward = self.client.authorize_redirect(url_for(CALLBACK, _external=True))
            return Response(status=303, headers={"Location": onward.location})
        except Exception as error:
            raise ProviderFault("the provider cannot be reached") from error

    def account(self) -> Account:
        """Whoever the provider sent back, by a token that it signed for us and this attempt.

        :raises Cancelled: when it says that they may not, or do not want to.
        :raises ProviderFault: when anything about the token is wrong.
        """
        try:
            self._metadata()
            token = self.client.authorize_access_token(
                claims_options={
                    "iss": {"essential": True, "value": self.client.server_metadata["issuer"]},
                    "aud": {"essential": True, "value": self.client_id},
                },
                leeway=_LEEWAY,
            )
            return _account(self._claims(token))
        except OAuthError as error:
            if error.error == "access_denied":
                raise Cancelled from error
            raise ProviderFault(f"{error}") from error
        # Whatever came over the network may break a library in its own way.
        except Exception as error:
            raise ProviderFault(f"{type(error).__name__}: {error}") from error

    def _metadata(self) -> dict[str, Any]:
        """What the provider says of itself, held to be about the issuer of the settings."""
        metadata: dict[str, Any] = self.client.load_server_metadata()
        if metadata["issuer"].rstrip("/") != self.issuer.rstrip("/"):
            raise ProviderFault(f"OIDC_ISSUER calls itself {metadata['issuer']!r}")
        metadata[_ALGORITHMS] = [
            name for name in metadata.get(_ALGORITHMS) or _SIGNED if name in _SIGNED
        ] or list(_SIGNED)
        return metadata

    def _claims(self, token: dict[str, Any]) -> dict[str, Any]:
        """What the token says; where it leaves out the email, what the provider says of them."""
        claims: dict[str, Any] = token["userinfo"]
        if "email" in claims or "userinfo_endpoint" not in self.client.server_metadata:
            return claims
        more: dict[str, Any] = self.client.userinfo(token=token)
        if more.get("sub") != claims["sub"]:
            raise ProviderFault("its two answers are about two people")
        return {**more, **claims}


def _account(claims: dict[str, Any]) -> Account:
    # Some providers write it as text.
    verified = claims.get("email_verified") in (True, "true")
    return Account(claims["iss"], claims["sub"], str(claims.get("email") or ""), verified)

"""The table of routes for what is declared of services: one set for each kind of declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.declaration_kinds import KINDS, Kind

SCHEMA = "/schemas/<kind>"
_WRITES = "It needs a bearer token of an admin, or of a person who may publish for the service."


@dataclass(frozen=True)
class DeclarationRoute:
    """One method of one address. name: its view's, in `declarations.VIEWS`. path: under /api.

    answers: what each status means. body: whether the declaration's body is sent.
    """

    name: str
    method: str
    path: str
    kind: Kind
    summary: str
    answers: Mapping[int, str]
    body: bool = False

    @property
    def writes(self) -> bool:
        """Whether it needs a token."""
        return self.method != "GET"


_WRONG = "What was sent cannot be taken; `faults` names every field that is wrong, and why."
_UNAUTHORISED = "There is no bearer token, or it may not publish for this service."
# Reading needs no token. Whoever sends one believes to be someone, and is told that they are not.
_NOBODY = "A bearer token came that is not one of a person or an admin; reading needs none."
_REFUSED = "A `link` came that does not show this service, or not any more."
_MISSING = "There is no such service, or nothing is declared under this key."


def _routes(kind: Kind) -> tuple[DeclarationRoute, ...]:
    every = f"/services/<slug>/{kind.plural}"
    one = f"{every}/<key>"
    what = f"{kind.help} The key is {kind.key}."
    return (
        DeclarationRoute(
            "list",
            "GET",
            every,
            kind,
            f"All {kind.plural} of a service, by key.",
            {200: "They are.", 401: _NOBODY, 403: _REFUSED, 404: "There is no such service."},
        ),
        DeclarationRoute(
            "show",
            "GET",
            one,
            kind,
            f"One of them. {what}",
            {200: "It is.", 401: _NOBODY, 403: _REFUSED, 404: _MISSING},
        ),
        DeclarationRoute(
            "put",
            "PUT",
            one,
            kind,
            f"Make it, or put another in its place. {what} {_WRITES}",
            {
                200: "It was there, and is this now.",
                201: "It is made.",
                400: _WRONG,
                401: _UNAUTHORISED,
                404: "There is no such service.",
                413: "The body is larger than the platform takes.",
            },
            body=True,
        ),
        DeclarationRoute(
            "delete",
            "DELETE",
            one,
            kind,
            f"Withdraw it. {_WRITES}",
            {200: "It is gone.", 401: _UNAUTHORISED, 404: _MISSING},
        ),
    )


DECLARATION_ROUTES = tuple(route for kind in KINDS for route in _routes(kind))

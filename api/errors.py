"""What can be wrong with a request: one hierarchy of errors, one JSON body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from data.absence import AWAY, RETRY_SECONDS


class ApiError(Exception):
    """A request that cannot be answered; the message is a sentence for whoever asked.

    ``faults`` are everything that is wrong where that may be more than one thing; ``headers`` go
    with the answer.
    """

    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.faults: list[dict[str, Any]] = []
        self.headers: dict[str, str] = {}


class BadRequest(ApiError):
    """A parameter that is unknown, or is not what it may be."""

    status = 400


class Faulty(BadRequest):
    """A body in which several things may be wrong."""

    def __init__(self, message: str, faults: Iterable[dict[str, Any]]) -> None:
        super().__init__(message)
        self.faults = list(faults)


class Unauthorised(ApiError):
    """There is no token that allows this."""

    status = 401

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.headers = {"WWW-Authenticate": "bearer"}


class Forbidden(ApiError):
    """A link that shows nothing, or nothing any more."""

    status = 403


class NotFound(ApiError):
    """Nothing is known by that slug or address."""

    status = 404


class MethodNotAllowed(ApiError):
    """The address exists, but not for this method; ``allowed`` are those it has."""

    status = 405

    def __init__(self, message: str, allowed: list[str]) -> None:
        super().__init__(message)
        self.headers = {"Allow": ", ".join(allowed)}


class TooLarge(ApiError):
    """A body of more bytes than are read, or an answer of more rows than are given."""

    status = 413


class TooSlow(ApiError):
    """A question that took longer than one may take, and was stopped."""

    status = 503

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.headers = {"Retry-After": str(RETRY_SECONDS)}


class Away(ApiError):
    """The database does not answer: it cannot be reached, is busy, full or of another release."""

    status = 503

    def __init__(self, sentence: str = AWAY) -> None:
        super().__init__(sentence)
        self.headers = {"Retry-After": str(RETRY_SECONDS)}


def body(message: str, faults: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """The body of every answer that is an error."""
    told: dict[str, Any] = {"status": "error", "message": message}
    return {**told, "faults": list(faults)} if faults else told

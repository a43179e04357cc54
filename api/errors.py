"""What can be wrong with a request: one hierarchy of errors, one JSON body."""

from __future__ import annotations


class ApiError(Exception):
    """A request that cannot be answered; the message is a sentence for whoever asked."""

    status = 500


class BadRequest(ApiError):
    """A parameter that is unknown, or is not what it may be."""

    status = 400


class NotFound(ApiError):
    """Nothing is known by that slug or address."""

    status = 404


class MethodNotAllowed(ApiError):
    """The address exists, but not for this method; ``allowed`` are those it has."""

    status = 405

    def __init__(self, message: str, allowed: list[str]) -> None:
        super().__init__(message)
        self.allowed = allowed


def body(message: str) -> dict[str, str]:
    """The body of every answer that is an error."""
    return {"status": "error", "message": message}

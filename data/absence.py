"""Why the database does not answer, in a sentence for whoever asked."""

from __future__ import annotations

from data.dialect import is_away, is_behind, is_full

RETRY_SECONDS = 30
AWAY = (
    "The database cannot be reached, or is busy with what others write. Nothing was written. "
    f"Try again in {RETRY_SECONDS} seconds."
)
FULL = (
    "The disk of the database is full. Nothing was written. Try again when whoever runs the "
    "platform has made room."
)
BEHIND = (
    "The tables of the database are not those of this release. Nothing was written. Try again when "
    "whoever runs the platform has brought them up to date."
)


def absence(error: Exception) -> str | None:
    """The sentence for an error; None where something else is wrong than that it is away."""
    if is_full(error):
        return FULL
    if is_behind(error):
        return BEHIND
    return AWAY if is_away(error) else None

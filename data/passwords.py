"""Passwords of local accounts: made, checked, and kept as argon2 hashes only."""

from __future__ import annotations

import base64
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from data.validation import Rejected

LEAST, MOST = 12, 1000
_HASHER = PasswordHasher()
_RANDOM_BYTES = 18


def checked_password(password: str) -> str:
    """A password that someone chose, as it is.

    :raises Rejected: when it is too short to be safe, or absurdly long.
    """
    if not LEAST <= len(password) <= MOST:
        raise Rejected(
            f"A password must have {LEAST} to {MOST:,} letters; three words that do not belong "
            f"together are a good one."
        )
    return password


def made_up() -> str:
    """A password that nobody can guess: 144 random bits."""
    return secrets.token_urlsafe(_RANDOM_BYTES)


def hashed(password: str) -> str:
    """The argon2 hash of a password, with its salt and parameters."""
    return _HASHER.hash(_same_everywhere(password))


def matches(hash: str | None, password: str) -> bool:
    """Whether this is the password of a hash.

    Without a hash (None) it takes as long as with one, so that nobody learns which accounts exist.
    """
    given = _same_everywhere(password[: MOST + 1])
    try:
        return _HASHER.verify(hash or _of_nobody(), given)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(hash: str) -> bool:
    """Whether a hash was made with other parameters than are used now."""
    return _HASHER.check_needs_rehash(hash)


def _same_everywhere(password: str) -> bytes:
    # Keyboards and systems write the same letter, such as é, in different ways.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _of_nobody() -> str:
    """A hash with today's parameters that no password matches; making it up costs nothing."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (_HASHER.salt_len, _HASHER.hash_len)
    )
    costs = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${digest}"

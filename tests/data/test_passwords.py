"""Passwords: kept as argon2 hashes, and checked in the same time for those who have none."""

from __future__ import annotations

import unicodedata
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher

from data import passwords
from data.validation import Rejected


def test_a_password_matches_its_own_hash_alone() -> None:
    hash = passwords.hashed("three plain words")
    assert hash.startswith("$argon2id$")
    assert passwords.matches(hash, "three plain words")
    assert not passwords.matches(hash, "three plain word")
    assert not passwords.matches(hash, "")


def test_the_same_password_has_another_hash_each_time() -> None:
    assert passwords.hashed("three plain words") != passwords.hashed("three plain words")


def test_nobody_without_a_password_gets_in() -> None:
    assert not passwords.matches(None, "")
    assert not passwords.matches(None, "three plain words")
    assert not passwords.matches("no hash at all", "three plain words")


def test_it_takes_as_much_work_for_an_account_that_is_not_there() -> None:
    """Argon2's work is what its parameters say, whatever the password."""
    worked = []
    verify = PasswordHasher.verify

    def seen(self: PasswordHasher, hash: str, password: bytes) -> bool:
        worked.append(hash.split("$")[1:4])
        return verify(self, hash, password)

    with patch.object(PasswordHasher, "verify", seen):
        passwords.matches(None, "three plain words")
        passwords.matches(passwords.hashed("another one"), "three plain words")
    assert worked[0] == worked[1]


def test_a_letter_is_the_same_however_a_keyboard_writes_it() -> None:
    composed = unicodedata.normalize("NFC", "café au lait")
    apart = unicodedata.normalize("NFD", composed)
    assert composed != apart
    assert passwords.matches(passwords.hashed(composed), apart)


def test_a_hash_of_another_time_is_outdated() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("three plain words")
    assert passwords.matches(weak, "three plain words")
    assert passwords.is_outdated(weak)
    assert not passwords.is_outdated(passwords.hashed("three plain words"))


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 1001])
def test_a_password_that_is_too_short_or_absurd_is_refused(password: str) -> None:
    with pytest.raises(Rejected, match="A password must have 12 to 1,000 letters"):
        passwords.checked_password(password)


def test_a_password_that_is_made_up_can_be_used_and_not_guessed() -> None:
    first, second = passwords.made_up(), passwords.made_up()
    # 18 random bytes in base64.
    assert first != second
    assert len(passwords.checked_password(first)) == 24

"""Bearer tokens: shown once, kept as a hash, several at a time, refused once they expire."""

from __future__ import annotations

import hashlib
import hmac
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from data import audits, tokens
from data.data_sets import find, put
from data.deliveries import Sender
from data.entries import DataSetEntry
from data.tables import data_set
from data.tables import token as table
from data.tokens import Token
from data.validation import Rejected
from tests.data.world import NOW, World
from tests.fixtures.databases import written_to

SENDER = Sender("a test", now=NOW)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def own(world: World) -> int:
    """The id of a data set."""
    return put(world.engine, DataSetEntry("allowance", "visits"), SENDER).id


def made(
    world: World, owner: int | None, text: str | None = None, **more: Any
) -> tuple[Token, str]:
    name, expires = more.get("name", "collector"), more.get("expires_at")
    return tokens.create(world.engine, owner, name, expires, SENDER, text=text)


def found(world: World, owner: int | None, text: str, now: datetime = NOW) -> Token | None:
    with world.engine.connect() as connection:
        return tokens.find(connection, owner, text, now)


def test_a_token_that_is_made_up_cannot_be_guessed(world: World, own: int) -> None:
    _, first = made(world, own)
    _, second = made(world, own)
    # 32 random bytes in base64, without the padding.
    assert first != second
    assert (len(first), len(second)) == (43, 43)


def test_only_the_hash_of_a_token_is_stored(world: World, own: int) -> None:
    token, text = made(world, own)
    rows = world.rows()
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert rows["token"] == [
        (token.id, own, "collector", digest, int(NOW.timestamp()), None, None, None)
    ]
    assert text not in repr(rows)


def test_a_token_is_found_by_its_text_and_by_nothing_else(world: World, own: int) -> None:
    token, text = made(world, own)
    assert found(world, own, text) == token
    for other in ("", "x", text[:-1], text + "x", text.upper(), f" {text}", "None", "é", "\udce9"):
        assert found(world, own, other) is None, other


def test_a_token_opens_its_own_data_set_only(world: World, own: int) -> None:
    other = put(world.engine, DataSetEntry("pension", "visits"), SENDER).id
    _, text = made(world, own)
    assert found(world, other, text) is None
    assert found(world, None, text) is None


def test_an_admins_token_is_valid_for_every_data_set_but_is_none_of_its_tokens(
    world: World, own: int
) -> None:
    token, text = made(world, None)
    _, mine = made(world, own)
    with world.engine.connect() as connection:
        assert tokens.admin(connection, text, NOW) == token
        assert tokens.admin(connection, mine, NOW) is None
        valid = [tokens.is_valid(connection, own, each, NOW) for each in (text, mine, "x")]
    assert valid == [True, True, False]
    assert found(world, own, text) is None


def test_a_data_set_without_a_token_admits_nobody(world: World, own: int) -> None:
    assert found(world, own, "None") is None
    assert found(world, own, "") is None


def test_every_token_is_compared_in_constant_time_also_after_a_match(
    world: World, own: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [made(world, own)[1] for _ in range(3)]
    compared: list[tuple[str, str]] = []

    def compare(stored: str, given: str) -> bool:
        compared.append((stored, given))
        return hmac.compare_digest(stored, given)

    monkeypatch.setattr("data.tokens.hmac", type("Watched", (), {"compare_digest": compare}))
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    for text, digest in zip(texts, digests, strict=True):
        compared.clear()
        assert found(world, own, text) is not None
        assert compared == [(stored, digest) for stored in digests]


def test_a_token_is_refused_from_the_moment_that_it_expires(world: World, own: int) -> None:
    _, text = made(world, own, expires_at=TOMORROW)
    assert found(world, own, text, TOMORROW - timedelta(seconds=1)) is not None
    assert found(world, own, text, TOMORROW) is None


def test_a_token_that_has_expired_already_is_not_made(world: World, own: int) -> None:
    with pytest.raises(Rejected, match=r"must expire later than now, not on 2019-05-01\."):
        made(world, own, expires_at=NOW)
    assert world.rows()["token"] == []


def test_tokens_are_changed_without_a_gap(world: World, own: int) -> None:
    old, before = made(world, own, name="spring")
    _, after = made(world, own, name="summer")
    assert found(world, own, before) is not None
    assert found(world, own, after) is not None
    assert tokens.revoke(world.engine, old.id, own, SENDER) == old
    assert found(world, own, before) is None
    assert found(world, own, after) is not None


def test_a_token_of_another_data_set_cannot_be_revoked(world: World, own: int) -> None:
    token, text = made(world, own)
    assert tokens.revoke(world.engine, token.id, None, SENDER) is None
    assert tokens.revoke(world.engine, token.id, own + 1, SENDER) is None
    assert found(world, own, text) is not None


def test_a_text_that_someone_chose_is_used_as_it_is(world: World, own: int) -> None:
    _, text = made(world, own, text="!my-token~")
    assert text == "!my-token~"
    assert found(world, own, "!my-token~") is not None


@pytest.mark.parametrize("text", ["", " ", "two words", "tab\t", "end\n", "é", "\x7f", "\0"])
def test_a_text_that_no_header_could_carry_is_refused(world: World, own: int, text: str) -> None:
    with pytest.raises(Rejected, match="one or more printable ASCII characters, no white space"):
        made(world, own, text=text)


def test_the_same_text_twice_for_one_data_set_is_refused(world: World, own: int) -> None:
    made(world, own, text="same", expires_at=TOMORROW)
    with pytest.raises(Rejected, match="This token is there already"):
        made(world, own, text="same")
    made(world, None, text="same")
    assert len(world.rows()["token"]) == 2


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "two\nlines", None, 7])
def test_a_name_that_cannot_be_read_is_refused(world: World, own: int, name: object) -> None:
    with pytest.raises(Rejected, match="A token's name must be text of 1 to 100 letters"):
        made(world, own, name=name)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2030-12-31", datetime(2030, 12, 31, tzinfo=UTC)),
        ("2030-12-31T12:00:00+01:00", datetime(2030, 12, 31, 11, tzinfo=UTC)),
    ],
)
def test_an_expiry_is_a_date_or_a_time(text: str, moment: datetime) -> None:
    assert tokens.checked_expiry(text, SENDER.at) == moment


@pytest.mark.parametrize("text", ["", "2030-02-30", "31/12/2030", "soon", None, 5, []])
def test_an_expiry_that_is_no_date_is_refused(text: object) -> None:
    with pytest.raises(Rejected, match="A token expires on a date such as 2030-12-31"):
        tokens.checked_expiry(text, SENDER.at)


def used(world: World, token: Token, now: datetime) -> int | None:
    """When the token was last used, once it is used now, as a request does."""
    with world.engine.connect() as connection:
        known = {item.id: item for item in tokens.listed(connection, token.data_set_id)}
    tokens.note_use(world.engine, known[token.id], now)
    row = next(row for row in world.rows()["token"] if row[0] == token.id)
    return row[-2]


def test_the_last_use_is_noted_at_most_once_a_minute(world: World, own: int) -> None:
    token, _ = made(world, own)
    first = int(NOW.timestamp())
    assert used(world, token, NOW) == first
    assert used(world, token, NOW + timedelta(seconds=59)) == first
    assert used(world, token, NOW + timedelta(seconds=60)) == first + 60


def test_a_use_is_in_no_audit_and_moves_no_revision_on(world: World, own: int) -> None:
    token, _ = made(world, own)
    before = world.rows()
    used(world, token, NOW)
    after = world.rows()
    assert {name for name in before if before[name] != after[name]} == {"token"}


def test_a_use_that_cannot_be_noted_fails_no_request(
    world: World, own: int, caplog: pytest.LogCaptureFixture
) -> None:
    token, text = made(world, own)
    with (
        written_to(world.engine) as other,
        caplog.at_level(logging.WARNING),
    ):
        other.execute(update(table).values(name="another"))
        tokens.note_use(world.engine, token, NOW)
    assert "was not noted" in caplog.text
    assert text not in caplog.text
    assert used(world, token, NOW) == int(NOW.timestamp())


@pytest.mark.sqlite
def test_the_connection_of_a_use_that_was_not_noted_is_patient_again(
    world: World, own: int
) -> None:
    token, _ = made(world, own)
    used(world, token, NOW)
    with world.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000


def test_making_and_revoking_tokens_is_in_the_audit_without_their_text(
    world: World, own: int
) -> None:
    token, text = made(world, own, expires_at=TOMORROW)
    tokens.revoke(world.engine, token.id, own, Sender("someone else", now=TOMORROW))
    with world.engine.connect() as connection:
        revoked, created = audits.newest(connection, 2)
    told = {
        "id": token.id,
        "name": "collector",
        "created_at": int(NOW.timestamp()),
        "expires_at": int(TOMORROW.timestamp()),
        "last_used_at": None,
    }
    assert (created.actor, created.action) == ("a test", "make token")
    assert created.subject == revoked.subject == "data set allowance/visits"
    assert created.detail == {"before": None, "after": told}
    assert (revoked.actor, revoked.action) == ("someone else", "revoke token")
    assert revoked.detail == {"before": told, "after": None}
    rows = repr(world.rows()["audit"])
    assert text not in rows
    assert hashlib.sha256(text.encode()).hexdigest() not in rows


def test_the_audit_of_an_admins_token_names_no_data_set(world: World) -> None:
    made(world, None)
    with world.engine.connect() as connection:
        entry = audits.newest(connection, 1)[0]
    assert (entry.subject, entry.data_set_id) == ("admin tokens", None)


def test_no_token_is_made_for_a_data_set_that_is_gone(world: World, own: int) -> None:
    with world.engine.begin() as connection:
        connection.execute(delete(data_set).where(data_set.c.id == own))
        assert find(connection, "allowance", "visits") is None
    with pytest.raises(Rejected, match="The data set is not there any more"):
        made(world, own)
    assert world.rows()["token"] == []

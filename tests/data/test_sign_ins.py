"""Sessions: a random id whose hash is kept, with an end after hours and one after idle minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from config import Settings
from data import audits, people_changes, sign_ins
from data.deliveries import Sender
from data.people import ADMIN, Person, PersonEntry, Viewer
from data.sign_ins import Attempt
from data.tables import sign_in
from tests.data.world import NOW, World
from tests.fixtures.databases import written_to

SENDER = Sender("a test", now=NOW)
SETTINGS = Settings(session_hours=8, session_idle_minutes=30)
PLACE = "203.0.113.7"


@pytest.fixture
def ada(world: World) -> Person:
    return people_changes.add(world.engine, PersonEntry("ada@example.com", "Ada", ADMIN), SENDER)


def begin(world: World, person: Person, **later: float) -> str:
    attempt = Attempt("password", PLACE, NOW + timedelta(**later))
    return sign_ins.begin(world.engine, SETTINGS, person, attempt)


def seen(world: World, value: str, **later: float) -> Viewer | None:
    return sign_ins.viewer_of(world.engine, SETTINGS, value, NOW + timedelta(**later))


def actions(world: World) -> list[tuple[str, str, str]]:
    with world.engine.connect() as connection:
        entries = audits.newest(connection, 3)
    return [(one.actor, one.action, one.subject) for one in entries]


def test_an_id_lets_its_person_in_and_no_other_id_does(world: World, ada: Person) -> None:
    value = begin(world, ada)
    assert seen(world, value) == ada.viewer
    for wrong in ("", value[:-1], value + "x", "\udcff"):
        assert seen(world, wrong) is None


def test_an_id_is_random_and_only_its_hash_is_kept(world: World, ada: Person) -> None:
    first, second = begin(world, ada), begin(world, ada)
    # 32 random bytes in base64.
    assert first != second
    assert len(first) == 43
    assert first not in repr(world.rows())


def test_a_session_ends_after_hours_however_busy_it_is(world: World, ada: Person) -> None:
    value = begin(world, ada)
    for quarters in range(1, 32):
        assert seen(world, value, minutes=15 * quarters)
    assert seen(world, value, hours=8) is None


def test_a_session_ends_when_nobody_was_there_for_minutes(world: World, ada: Person) -> None:
    value = begin(world, ada)
    assert seen(world, value, minutes=29)
    assert seen(world, value, minutes=58)
    assert seen(world, value, minutes=88) is None


def test_pages_that_ask_by_themselves_do_not_keep_a_session_alive(
    world: World, ada: Person
) -> None:
    value = begin(world, ada)
    for minutes in range(1, 30):
        now = NOW + timedelta(minutes=minutes)
        asking = sign_ins.viewer_of(world.engine, SETTINGS, value, now, seen=False)
        assert asking == ada.viewer
    assert seen(world, value, minutes=30) is None


def test_a_minute_passes_before_it_is_written_again_that_someone_is_there(
    world: World, ada: Person
) -> None:
    value = begin(world, ada)
    for second in (0, 59, 60, 61):
        seen(world, value, seconds=second)
    with world.engine.connect() as connection:
        assert connection.execute(select(sign_in.c.seen_at)).scalar() == NOW.timestamp() + 60


def test_pages_do_not_wait_for_a_writer_to_note_who_is_there(world: World, ada: Person) -> None:
    value = begin(world, ada)
    with written_to(world.engine) as other:
        other.execute(update(sign_in).values(expires_at=sign_in.c.expires_at + 1))
        assert seen(world, value, minutes=5) == ada.viewer


def test_signing_out_ends_this_session_alone(world: World, ada: Person) -> None:
    here, there = begin(world, ada), begin(world, ada)
    sign_ins.end(world.engine, here, ada.viewer, NOW)
    assert (seen(world, here), seen(world, there)) == (None, ada.viewer)
    assert actions(world)[0] == ("ada@example.com", "sign out", "person ada@example.com")


def test_who_is_removed_is_signed_out_at_once(world: World, ada: Person) -> None:
    value = begin(world, ada)
    people_changes.remove(world.engine, "ada@example.com", SENDER)
    assert seen(world, value) is None


def test_what_someone_may_do_changes_at_once(world: World, ada: Person) -> None:
    value = begin(world, ada)
    people_changes.change(
        world.engine, "ada@example.com", SENDER, role="publisher", services=("pension",)
    )
    viewer = seen(world, value)
    assert viewer is not None
    assert (viewer.is_admin, viewer.services) == (False, {"pension"})


def test_sessions_that_are_over_are_removed_when_someone_signs_in(
    world: World, ada: Person
) -> None:
    begin(world, ada)
    begin(world, ada, minutes=31)
    with world.engine.connect() as connection:
        assert len(connection.execute(select(sign_in)).all()) == 1


def test_a_sign_in_and_a_refusal_are_in_the_audit(world: World, ada: Person) -> None:
    begin(world, ada)
    sign_ins.refuse(world.engine, Attempt("password", PLACE, NOW), "wrong password", ada)
    sign_ins.refuse(world.engine, Attempt("password", PLACE, NOW), "wrong password", None)
    assert actions(world) == [
        ("someone", "refuse sign in", ""),
        ("someone", "refuse sign in", "person ada@example.com"),
        ("ada@example.com", "sign in", "person ada@example.com"),
    ]
    with world.engine.connect() as connection:
        newest = audits.newest(connection, 1)[0]
    assert newest.detail == {"with": "password", "from": PLACE, "reason": "wrong password"}

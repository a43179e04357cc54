"""People: what they may see and publish, and how they are added, changed and removed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from data import audits, people_changes
from data.data_set_rows import StoredDataSet
from data.deliveries import Sender
from data.entries import DataSetEntry
from data.people import ADMIN, PUBLISHER, Person, PersonEntry, Viewer, find, listed
from data.tables import sign_in
from data.validation import Rejected
from tests.data.world import NOW, World

SENDER = Sender("a test", now=NOW)
ADA = PersonEntry("ada@example.com", "Ada", PUBLISHER, services=("allowance",))

# The allowance is run by the agency `carers`, which is inside the department `work`.
ALLOWANCE = ("allowance", ("carers", "work"))
# Role, organisations, services; whether they may see the allowance, which is hidden.
VIEWERS = [
    (ADMIN, (), (), True),
    (PUBLISHER, (), ("allowance",), True),
    (PUBLISHER, ("carers",), (), True),
    (PUBLISHER, ("work",), (), True),
    (PUBLISHER, (), ("pension",), False),
    (PUBLISHER, ("treasury",), ("pension",), False),
    # An organisation's slug is no service's.
    (PUBLISHER, ("allowance",), (), False),
    (PUBLISHER, (), ("carers", "work"), False),
    (PUBLISHER, (), (), False),
]


def viewer(role: str, organisations: tuple[str, ...], services: tuple[str, ...]) -> Viewer:
    return Viewer(1, "Ada", "ada@example.com", role, frozenset(organisations), frozenset(services))


def stored(service: str | None, private: bool = False, published: bool = True) -> StoredDataSet:
    entry = DataSetEntry("allowance", "journey", service=service, private=private)
    organisations = ALLOWANCE[1] if service else ()
    return StoredDataSet(1, entry, 1, None, 1, published, organisations)


def found(world: World, email: str = "ada@example.com") -> Person:
    with world.engine.connect() as connection:
        person = find(connection, email)
    assert person is not None
    return person


def audit(world: World) -> list[tuple[str, str, str, dict[str, Any]]]:
    with world.engine.connect() as connection:
        entries = audits.newest(connection, 20)
    about = [one for one in entries if one.subject.startswith("person ")]
    return [(one.actor, one.action, one.subject, one.detail) for one in reversed(about)]


@pytest.mark.parametrize(("role", "organisations", "services", "may"), VIEWERS)
def test_grants_say_who_may_see_and_publish(
    role: str, organisations: tuple[str, ...], services: tuple[str, ...], may: bool
) -> None:
    one = viewer(role, organisations, services)
    assert one.may_see_service(*ALLOWANCE) is may
    for hidden in (stored("allowance", private=True), stored("allowance", published=False)):
        assert (one.may_publish(hidden), one.may_see(hidden)) == (may, may)
    assert (one.may_publish(stored("allowance")), one.may_see(stored("allowance"))) == (may, True)


@pytest.mark.parametrize("role", [ADMIN, PUBLISHER])
def test_a_data_set_that_is_of_no_service_is_an_admins(role: str) -> None:
    one = viewer(role, ("work", "carers"), ("allowance",))
    assert one.may_publish(stored(None)) is (role == ADMIN)
    assert one.may_see(stored(None)) is True
    assert one.may_see(stored(None, private=True)) is (role == ADMIN)


def test_a_person_is_known_by_their_email_however_it_is_written(world: World) -> None:
    people_changes.add(
        world.engine, PersonEntry(" Ada@Example.COM ", " Ada  Lovelace ", ADMIN), SENDER
    )
    person = found(world, "ADA@example.com")
    assert (person.entry.email, person.entry.name) == ("ada@example.com", "Ada Lovelace")
    assert person.viewer.is_admin


def test_a_viewer_without_a_name_is_called_by_their_email(world: World) -> None:
    people_changes.add(world.engine, PersonEntry("ada@example.com", role=ADMIN), SENDER)
    assert found(world).viewer.name == "ada@example.com"


def test_what_someone_may_publish_is_kept_by_slug(world: World) -> None:
    entry = PersonEntry(
        "ada@example.com", organisations=("work", "carers"), services=("pension", "allowance")
    )
    people_changes.add(world.engine, entry, SENDER)
    own = found(world).viewer
    assert own.organisations == {"work", "carers"}
    assert own.services == {"pension", "allowance"}


REFUSED = [
    (PersonEntry("ada", role=ADMIN), "'ada' is no email address."),
    (PersonEntry("a da@example.com", role=ADMIN), "'a da@example.com' is no email address."),
    (PersonEntry("a@b@example.com", role=ADMIN), "'a@b@example.com' is no email address."),
    (PersonEntry("ada@example.com", "A" * 201, ADMIN), "A name has 200 letters at most"),
    (PersonEntry("ada@example.com", role="owner"), "A role is admin or publisher, not 'owner'."),
    (PersonEntry("ada@example.com"), "A publisher needs an organisation or a service"),
    (
        PersonEntry("ada@example.com", role=ADMIN, services=("pension",)),
        "An admin may publish everything, so leave organisations and services out.",
    ),
    (PersonEntry("ada@example.com", services=("nothing",)), "There is no service 'nothing'."),
    (
        PersonEntry("ada@example.com", organisations=("work", "nobody")),
        "There is no organisation 'nobody'.",
    ),
]


@pytest.mark.parametrize(("entry", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    world: World, entry: PersonEntry, sentence: str
) -> None:
    before = world.rows()
    with pytest.raises(Rejected) as refused:
        people_changes.add(world.engine, entry, SENDER)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith("Nothing was written.")
    assert world.rows() == before


def test_a_person_is_added_once(world: World) -> None:
    people_changes.add(world.engine, ADA, SENDER)
    with pytest.raises(Rejected, match=r"ada@example\.com is there already"):
        people_changes.add(world.engine, ADA, SENDER)


def test_a_change_says_what_was_before_and_after(world: World) -> None:
    people_changes.add(world.engine, ADA, SENDER)
    people_changes.change(world.engine, "ada@example.com", SENDER, services=("pension",))
    _, (actor, action, subject, detail) = audit(world)
    assert (actor, action, subject) == ("a test", "change person", "person ada@example.com")
    assert detail["before"]["services"] == ["allowance"]
    assert detail["after"]["services"] == ["pension"]
    assert found(world).viewer.services == {"pension"}


def test_who_becomes_an_admin_needs_no_grants_any_more(world: World) -> None:
    people_changes.add(world.engine, ADA, SENDER)
    people_changes.change(world.engine, "ada@example.com", SENDER, role=ADMIN)
    assert found(world).entry.services == ()


def test_who_is_removed_is_signed_out_forgotten_and_can_come_back(world: World) -> None:
    people_changes.add(
        world.engine, PersonEntry("ada@example.com", "Ada", ADMIN, issuer="i", subject="s"), SENDER
    )
    people_changes.set_password(world.engine, "ada@example.com", "three plain words", SENDER)
    people_changes.remove(world.engine, "ada@example.com", SENDER)
    gone = found(world)
    assert (gone.active, gone.has_password, gone.entry.subject) == (False, False, None)
    people_changes.add(world.engine, ADA, SENDER)
    back = found(world)
    assert (back.active, back.has_password, back.entry) == (True, False, ADA)


@pytest.mark.parametrize("write", ["change", "remove", "set_password"])
def test_nobody_who_is_not_there_is_changed(world: World, write: str) -> None:
    more = {"set_password": ("three plain words",)}.get(write, ())
    with pytest.raises(Rejected, match=r"There is no 'nobody@example\.com'"):
        getattr(people_changes, write)(world.engine, "nobody@example.com", *more, SENDER)


def test_a_new_password_ends_every_session(world: World) -> None:
    person = people_changes.add(world.engine, ADA, SENDER)
    row = {"hash": "h", "person_id": person.id, "created_at": 1, "seen_at": 1, "expires_at": 9}
    with world.engine.begin() as connection:
        connection.execute(sign_in.insert().values(**row))
    people_changes.set_password(world.engine, "ada@example.com", "three plain words", SENDER)
    with world.engine.connect() as connection:
        assert connection.execute(select(sign_in)).all() == []
    assert "three plain words" not in repr(world.rows())


def test_an_account_of_a_provider_is_of_one_person(world: World) -> None:
    people_changes.add(
        world.engine, PersonEntry("ada@example.com", role=ADMIN, issuer="i", subject="s"), SENDER
    )
    second = PersonEntry("eve@example.com", role=ADMIN, issuer="i", subject="s")
    with pytest.raises(Rejected, match=r"'s' is the account of ada@example\.com"):
        people_changes.add(world.engine, second, SENDER)
    people_changes.change(world.engine, "ada@example.com", SENDER, issuer="i", subject="s")


def test_people_are_listed_by_email(world: World) -> None:
    for email in ("eve@example.com", "ada@example.com"):
        people_changes.add(world.engine, PersonEntry(email, role=ADMIN), SENDER)
    with world.engine.connect() as connection:
        assert [one.entry.email for one in listed(connection)] == [
            "ada@example.com",
            "eve@example.com",
        ]

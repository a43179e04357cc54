"""Every callback is called as no page would: nothing breaks, and nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import pytest
from argon2 import PasswordHasher

from callbacks.publishing import BROKEN
from layouts.not_found import FAILURE
from tests.api.sign_in.office import Office
from tests.callbacks.publisher import Publisher
from tests.fuzz.calls import Call, bodies, odd_calls, send
from tests.fuzz.tables import dump
from tests.fuzz.world import held_by, make_office, tom


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The platform, with quick passwords."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr("data.passwords._HASHER", quick)
        made = make_office(tmp_path_factory.mktemp("fuzz"))
        yield made
        made.engine.dispose()


@pytest.fixture(scope="module")
def person(office: Office) -> Publisher:
    """Tom's browser."""
    return tom(office)


def calls(person: Publisher, first: int, step: int) -> Iterator[Call]:
    """One in so many of all odd calls of all callbacks, each with something else: see make fuzz."""
    every = chain.from_iterable(map(odd_calls, bodies(person.client, held_by(person))))
    return islice(every, first, None, step)


def test_whoever_is_not_signed_in_breaks_nothing_and_changes_nothing(
    office: Office, person: Publisher
) -> None:
    client, before, sent = office.browser(), dump(office.engine), 0
    for call in calls(person, 0, 139):
        answer = send(client, call)
        assert answer.status_code < 500, call.what
        assert FAILURE not in answer.text, call.what
        sent += 1
    assert sent > 300
    assert dump(office.engine) == before


def test_without_the_page_s_token_a_publisher_changes_nothing(
    office: Office, person: Publisher
) -> None:
    before = dump(office.engine)
    for body in bodies(person.client, held_by(person)):
        answer = person.client.post("/_dash-update-component", json=body)
        assert answer.status_code == 400, body["output"]
    assert dump(office.engine) == before


def test_a_publisher_s_odd_calls_break_nothing_and_change_nothing_but_what_they_publish(
    office: Office, person: Publisher
) -> None:
    before = dump(office.engine)
    for call in calls(person, 7, 499):
        answer = send(person.client, call, person.token)
        assert answer.status_code < 500, call.what
        assert BROKEN not in answer.text and FAILURE not in answer.text, call.what
        after = dump(office.engine)
        if after != before:
            assert answer.status_code == 200, call.what
            assert "receipt=" in answer.text or "annotation-url" in answer.text, call.what
            before = after

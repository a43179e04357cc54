"""Every callback is called as no page would: nothing breaks, and nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain

from callbacks.publishing import BROKEN
from layouts.not_found import FAILURE
from tests.api.sign_in.office import Office
from tests.callbacks.publisher import Publisher
from tests.fuzz.calls import ADDRESS, Call, bodies, odd_calls, send
from tests.fuzz.tables import dump
from tests.fuzz.tally import Tally
from tests.fuzz.world import held_by

# What an answer says that has written: where to go then, or what is there now.
_WRITTEN = ("receipt=", "annotation-url", "link-shown")


def calls(person: Publisher) -> Iterator[Call]:
    """All odd calls of all callbacks."""
    return chain.from_iterable(map(odd_calls, bodies(person.client, held_by(person))))


def test_whoever_is_not_signed_in_breaks_nothing_and_changes_nothing(
    office: Office, person: Publisher, tally: Tally
) -> None:
    client, before = office.browser(), dump(office.engine)
    for call in tally.some(calls(person), 0, 139):
        answer = tally.ask(call.what, partial(send, client, call))
        assert FAILURE not in answer.text, call.what
    assert tally.statuses[400] > 300
    assert dump(office.engine) == before


def test_without_the_page_s_token_a_publisher_changes_nothing(
    office: Office, person: Publisher, tally: Tally
) -> None:
    before = dump(office.engine)
    for body in bodies(person.client, held_by(person)):
        tally.ask(body["output"], partial(person.client.post, ADDRESS, json=body))
    assert set(tally.statuses) == {400}
    assert dump(office.engine) == before


def test_a_publisher_s_odd_calls_break_nothing_and_change_nothing_but_what_they_publish(
    office: Office, person: Publisher, tally: Tally
) -> None:
    before = dump(office.engine)
    for call in tally.some(calls(person), 7, 499):
        answer = tally.ask(call.what, partial(send, person.client, call, person.token))
        assert BROKEN not in answer.text and FAILURE not in answer.text, call.what
        after = dump(office.engine)
        if after != before:
            assert answer.status_code == 200, call.what
            assert any(words in answer.text for words in _WRITTEN), call.what
            before = after

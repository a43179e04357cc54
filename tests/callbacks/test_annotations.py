"""Annotations: who may write them, what is refused and where, and who sees what."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from callbacks.publishing import SIGNED_OUT
from data import people_changes
from data.annotations import annotations_of
from data.people import PUBLISHER, PersonEntry
from data.reader import Reader
from layouts import ids
from tests.api.sign_in.office import SENDER, Office
from tests.callbacks.publisher import Answer, Publisher
from tests.fixtures.hidden_world import VISA, hide_services
from tests.fixtures.kept import Kept

Content = Callable[..., str]
TOM, TESS, PASSWORD = "tom@example.com", "tess@example.com", "four rather plain words"
PAGE = "/services/pay-a-toll/annotations"
TYPED = {"title": "New toll", "first": "2017-07-03", "last": "", "text": "", "link": ""}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A platform where Tom may publish for tolls, and Tess for tests; a visa is not published."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("data.passwords._HASHER", quick)
    made = Office(tmp_path)
    hide_services(made.engine)
    for email, service in ((TOM, "pay-a-toll"), (TESS, "book-a-test")):
        entry = PersonEntry(email, "", PUBLISHER, services=(service,))
        people_changes.add(made.engine, entry, SENDER)
        people_changes.set_password(made.engine, email, PASSWORD, SENDER)
    yield made
    made.engine.dispose()


def write(
    person: Publisher, key: str = "", button: str = ids.ANNOTATION_SAVE, **typed: str
) -> Answer:
    """Fill in the form of the toll's annotation, and press a button of it."""
    person.values |= {
        f"{ids.ANNOTATION_SHOWN}.data": {"slug": "pay-a-toll", "key": key},
        ids.ANNOTATION_FIELD: {**TYPED, **typed},
    }
    return person.call(button)


def noted(office: Office) -> list[Any]:
    return list(annotations_of(Reader(office.engine, Kept()).run, "pay-a-toll"))


def test_whoever_may_publish_adds_changes_and_removes_one(office: Office, content: Content) -> None:
    person = Publisher(office, TOM, PASSWORD)
    assert write(person) == {ids.ANNOTATION_URL: {"href": "/services/pay-a-toll"}}
    assert office.newest().actor == TOM
    assert "New toll" in content(person.client, PAGE)
    write(person, "new-toll", title="Newer toll", last="2017-07-09")
    (found,) = noted(office)
    assert (found.key, found.title, found.when) == (
        "new-toll",
        "Newer toll",
        "3 July 2017 to 9 July 2017",
    )
    write(person, "new-toll", ids.ANNOTATION_REMOVE)
    assert noted(office) == []
    assert office.newest().action == "remove annotation"


def test_a_wrong_field_says_what_is_wrong_and_nothing_is_written(office: Office) -> None:
    answer = write(Publisher(office, TOM, PASSWORD), title="", first="", last="2017-07-01")
    said = json.dumps(answer, ensure_ascii=False)
    assert "not a day such as 2017-09-01" in said
    assert answer.keys() == {ids.ANNOTATION_FORM}
    assert noted(office) == []


def test_an_end_before_its_beginning_is_told_at_the_end(office: Office) -> None:
    answer = write(Publisher(office, TOM, PASSWORD), last="2017-06-30")
    wrong = [
        field["props"]["children"][1]["props"]["id"]["name"]
        for field in answer[ids.ANNOTATION_FORM]["children"]
        if "wrong" in field["props"].get("className", "")
    ]
    assert wrong == ["last"]


def test_save_never_removes_whatever_was_pressed_before(office: Office) -> None:
    # Someone was signed out when they pressed Remove; they signed in again, and press Save.
    person = Publisher(office, TOM, PASSWORD)
    write(person)
    person.values[f"{ids.ANNOTATION_REMOVE}.n_clicks"] = 1
    person.values[f"{ids.ANNOTATION_SAVE}.n_clicks"] = 1
    write(person, "new-toll", title="Newer toll")
    assert [one.title for one in noted(office)] == ["Newer toll"]


def test_what_is_wrong_with_no_field_of_the_form_is_told_below_it(office: Office) -> None:
    gone = write(Publisher(office, TOM, PASSWORD), "no-such", ids.ANNOTATION_REMOVE)
    assert "there is no annotation 'no-such'" in json.dumps(gone)
    odd = write(Publisher(office, TOM, PASSWORD), "No such")
    assert "'No such' is no key" in json.dumps(odd)


@pytest.mark.parametrize("email", [TESS, ""])
def test_nobody_else_can(office: Office, content: Content, email: str) -> None:
    person = Publisher(office, email, PASSWORD)
    said = json.dumps(write(person), ensure_ascii=False)
    assert ("You may not annotate this service." if email else SIGNED_OUT) in said
    assert noted(office) == []
    assert "Add an annotation" not in content(person.client, PAGE)


def test_everyone_reads_them_and_only_publishers_are_led_to_the_form(
    office: Office, content: Content
) -> None:
    tom = Publisher(office, TOM, PASSWORD)
    write(tom)
    stranger = Publisher(office)
    assert "New toll" in content(stranger.client, PAGE)
    assert "Before and after: New toll" in content(stranger.client, f"{PAGE}/new-toll")
    assert "Annotate" in content(tom.client, "/services/pay-a-toll")
    assert "Annotate" not in content(stranger.client, "/services/pay-a-toll")
    assert stranger.client.get(f"{PAGE}/new-toll").status_code == 200
    assert stranger.client.get(f"{PAGE}/no-such").status_code == 404


@pytest.mark.parametrize("count", ["-1", "abc", "²", "0", "999999", "9" * 5000])
def test_a_count_that_is_none_is_left_out(office: Office, content: Content, count: str) -> None:
    tom = Publisher(office, TOM, PASSWORD)
    write(tom)
    assert "Before and after: New toll" in content(
        tom.client, f"{PAGE}/new-toll", f"?count={count}"
    )


def test_those_of_a_hidden_service_are_missing_as_if_it_never_was(
    office: Office, content: Content
) -> None:
    client = Publisher(office, TOM, PASSWORD).client
    for path in (f"/services/{VISA.slug}/annotations", f"/services/{VISA.slug}/annotations/x"):
        unknown = path.replace(VISA.slug, "no-such")
        assert client.get(path).status_code == 404
        said = content(client, path).replace(VISA.slug, "no-such")
        assert said == content(client, unknown)

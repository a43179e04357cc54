"""Who may publish: those who are granted it. Others see nothing, change nothing, learn nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from callbacks.publishing import SIGNED_OUT
from data import people_changes
from data.people import PUBLISHER, PersonEntry
from data.tables import record, record_change
from layouts import ids
from tests.api.conftest import TOLLS
from tests.api.sign_in.office import SENDER, Office
from tests.callbacks.publisher import CHECK, SAVE, Answer, Publisher
from tests.fixtures.small_world import report

Content = Callable[..., str]
TOM, TESS, PASSWORD = "tom@example.com", "tess@example.com", "four rather plain words"
TEXT = "Month,Channel,Count\nOctober 2017,digital,75\nOctober 2017,phone,25\n"
NO_SUCH = "There is no data set ‘tolls/transactions-by-channel’."


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A platform where Tom may publish for tolls, and Tess for tests."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("data.passwords._HASHER", quick)
    made = Office(tmp_path)
    tolls = {"group": "tolls", "service": "pay-a-toll", "channels": ("digital", "phone")}
    report(made.engine, "transactions-by-channel", TOLLS, **tolls)
    for email, service in ((TOM, "pay-a-toll"), (TESS, "book-a-test")):
        entry = PersonEntry(email, email.split("@", 1)[0].title(), PUBLISHER, services=(service,))
        people_changes.add(made.engine, entry, SENDER)
        people_changes.set_password(made.engine, email, PASSWORD, SENDER)
    yield made
    made.engine.dispose()


def tom(office: Office) -> Publisher:
    found = Publisher(office, TOM, PASSWORD)
    found.publish_to("tolls", "transactions-by-channel")
    return found


def written(office: Office) -> list[Any]:
    """Every record, and what was done to each."""
    with office.engine.connect() as connection:
        return [connection.execute(select(table)).all() for table in (record, record_change)]


def said(answer: Answer) -> str:
    """All the text in an answer."""
    return json.dumps(answer, ensure_ascii=False)


def receipt_of(answer: Answer) -> int:
    """The number of the receipt that an answer leads to."""
    return int(str(answer[ids.PUBLISH_URL]["search"]).removeprefix("?receipt="))


def test_whoever_is_granted_it_uploads_confirms_and_undoes(
    office: Office, content: Content
) -> None:
    person = tom(office)
    shown = person.choose(TEXT)
    assert "2 new records" in said(shown)
    assert shown[ids.PUBLISH_CONFIRMING]["hidden"] is False
    receipt = receipt_of(person.confirm())
    page = content(person.client, "/publish/tolls/transactions-by-channel", f"?receipt={receipt}")
    assert "Published: 2 new records" in page
    assert "75.0" in content(person.client, "/services/pay-a-toll")
    undone = receipt_of(person.undo(receipt))
    assert undone > receipt
    assert "75.0" not in content(person.client, "/services/pay-a-toll")


def test_whoever_is_granted_it_corrects_a_record(office: Office) -> None:
    person = tom(office)
    checked = person.correct("09.phone", "10", "Counted twice", CHECK)
    assert "1 replaced record" in said(checked)
    saved = person.correct("09.phone", "10", "Counted twice", SAVE)
    assert "receipt=" in said(saved)
    assert office.newest().detail["reason"] == "Counted twice"
    assert office.newest().actor == TOM


def test_what_was_typed_after_it_was_checked_is_shown_before_it_is_saved(office: Office) -> None:
    person = tom(office)
    person.correct("09.phone", "10", "Counted twice", CHECK)
    before = office.newest()
    answer = person.correct("09.phone", "11", "Counted twice", SAVE)
    assert "You changed a figure." in said(answer)
    assert office.newest() == before


def test_what_was_chosen_after_it_was_shown_is_shown_before_it_is_written(office: Office) -> None:
    person = tom(office)
    person.choose(TEXT)
    before = office.newest()
    person.values[ids.PUBLISH_CHOICE]["column-2"] = "-"
    answer = person.confirm()
    assert "You changed how the file is read." in said(answer)
    assert answer[ids.PUBLISH_CONFIRMING]["hidden"] is True
    assert office.newest() == before


def test_another_file_than_the_one_that_was_shown_is_shown_first(office: Office) -> None:
    person = tom(office)
    person.choose(TEXT)
    shown = person.values[f"{ids.PUBLISH_SHOWN}.data"]
    person.choose(TEXT.replace("75", "76"))
    person.values[f"{ids.PUBLISH_SHOWN}.data"] = shown
    before = office.newest()
    assert "This is another file than the one that was shown." in said(person.confirm())
    assert office.newest() == before


def test_what_changed_since_it_was_shown_is_shown_again(office: Office) -> None:
    person, other = tom(office), tom(office)
    person.choose(TEXT)
    other.choose(TEXT.replace("75", "70"))
    other.confirm()
    answer = person.confirm()
    assert "The data set was changed after this was shown." in said(answer)
    assert "1 replaced record, 1 unchanged" in said(answer)
    assert receipt_of(person.confirm())


CALLS: dict[str, Callable[[Publisher], Answer]] = {
    "read": lambda person: person.choose(TEXT),
    "confirm": lambda person: person.confirm(),
    "undo": lambda person: person.undo(3),
    "check": lambda person: person.correct("09.phone", "1", "why", CHECK),
    "save": lambda person: person.correct("09.phone", "1", "why", SAVE),
}


@pytest.mark.parametrize("name", CALLS)
def test_to_others_a_data_set_is_the_same_as_none(office: Office, name: str) -> None:
    page = tom(office)
    page.choose(TEXT)
    before = written(office)
    told = []
    for group in ("tolls", "nothing"):
        stranger = Publisher(office, TESS, PASSWORD)
        stranger.values |= page.values
        stranger.publish_to(group, "transactions-by-channel")
        told.append(said(CALLS[name](stranger)).replace("nothing/", "tolls/"))
    assert NO_SUCH in told[0]
    assert told[0] == told[1]
    assert written(office) == before


@pytest.mark.parametrize("name", CALLS)
def test_nobody_publishes_who_is_not_signed_in(office: Office, name: str) -> None:
    page = tom(office)
    page.choose(TEXT)
    before = written(office)
    nobody = Publisher(office)
    nobody.values |= page.values
    assert SIGNED_OUT in said(CALLS[name](nobody))
    assert written(office) == before


@pytest.mark.parametrize(
    "path",
    ["/publish", "/publish/tolls/transactions-by-channel", "/publish/nothing/errors/correct"],
)
def test_whoever_is_not_signed_in_is_asked_to(office: Office, path: str) -> None:
    answer = office.browser().get(path)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/sign-in?next={path}"


@pytest.mark.parametrize("rest", ["", "/correct"])
def test_a_page_of_others_is_missing(office: Office, content: Content, rest: str) -> None:
    stranger = Publisher(office, TESS, PASSWORD)
    pages = []
    for group in ("tolls", "nothing"):
        path = f"/publish/{group}/transactions-by-channel{rest}"
        assert stranger.client.get(path).status_code == 404
        told = content(stranger.client, path).replace("nothing/", "tolls/")
        # A second may pass between the two.
        pages.append(re.sub(r"Figures updated [^.]+\.", "", told))
    assert NO_SUCH in pages[0]
    assert pages[0] == pages[1]


def test_the_page_lists_what_one_may_publish_to_alone(office: Office, content: Content) -> None:
    assert "Pay a toll" in content(tom(office).client, "/publish")
    assert "You may not publish to any data set yet." in content(
        Publisher(office, TESS, PASSWORD).client, "/publish"
    )


def test_a_receipt_of_another_data_set_is_missing(office: Office, content: Content) -> None:
    path = "/publish/tolls/transactions-by-channel"
    for number in ("1", "99999", "x", "-1"):
        assert "There is no receipt" in content(tom(office).client, path, f"?receipt={number}")


def test_a_record_that_is_not_there_leads_back(office: Office, content: Content) -> None:
    path = "/publish/tolls/transactions-by-channel/correct"
    assert "There is no such record" in content(tom(office).client, path, "?record=nothing")
    assert "Which record is it?" not in content(tom(office).client, path, "?start=nonsense")


def test_a_correction_is_in_the_history_that_everyone_reads(
    office: Office, content: Content
) -> None:
    person = tom(office)
    person.correct("09.phone", "10", "Counted twice", CHECK)
    person.correct("09.phone", "10", "Counted twice", SAVE)
    page = content(office.browser(), "/data/tolls/transactions-by-channel")
    assert "Count 30 → 10" in page
    assert "‘Counted twice’" in page
    assert TOM not in page


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_templates_are_for_everyone(office: Office, ending: str) -> None:
    answer = office.browser().get(f"/publish/templates/completion-rate.{ending}")
    assert answer.status_code == 200
    named = f'attachment; filename="journey.{ending}"'
    assert answer.headers["Content-Disposition"] == named


@pytest.mark.parametrize("name", ["nothing.csv", "journey.exe"])
def test_there_is_no_template_of_what_is_no_type(office: Office, name: str) -> None:
    assert office.browser().get(f"/publish/templates/{name}").status_code in (303, 404)


def test_what_is_larger_than_any_file_may_be_is_not_read(office: Office) -> None:
    person = tom(office)
    huge: dict[str, Any] = {"data": "x" * (16 * 1024**2)}
    answer = person.client.post(
        "/_dash-update-component", json=huge, headers={"X-CSRFToken": person.token}
    )
    assert answer.status_code == 413

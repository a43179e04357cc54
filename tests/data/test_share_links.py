"""Links to services that are not published: what they are made of, and when they stop working."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from data import audits, share_links
from data.deliveries import Sender
from data.share_links import (
    ENDED,
    LABEL,
    LAST,
    OPEN,
    REVOKED,
    ShareLink,
    Signing,
    opened,
    usual_last_day,
)
from data.validation import Rejected
from tests.fixtures.hidden_world import PERMIT, VISA, hide_services
from tests.fixtures.small_world import small_world

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
ANN = Sender("ann@example.com", now=NOW)
SIGNING = Signing("a key")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = small_world(tmp_path_factory.mktemp("links"))
    hide_services(made)
    yield made
    made.dispose()


def make(engine: Engine, last: str = "2030-01-15", **more: str) -> ShareLink:
    texts = {LABEL: more.get("label", "Steering group"), LAST: last}
    return share_links.make(engine, more.get("slug", VISA.slug), texts, 365, ANN)


def faults(engine: Engine, last: str = "2030-01-15", **more: str) -> dict[str, str]:
    with pytest.raises(Rejected) as refused:
        make(engine, last, **more)
    return {fault.field: fault.message for fault in refused.value.faults}


def test_a_link_works_to_the_end_of_its_last_day_and_no_second_longer(engine: Engine) -> None:
    link = make(engine, "2030-01-02")
    text = SIGNING.text(link)
    end = datetime(2030, 1, 3, tzinfo=UTC)
    assert opened(engine, SIGNING, text, end - timedelta(seconds=1)) == link
    assert opened(engine, SIGNING, text, end) is None
    assert (link.last_day, link.state(end)) == (date(2030, 1, 2), ENDED)


def test_a_link_of_which_any_letter_is_another_does_not_work(engine: Engine) -> None:
    text = SIGNING.text(make(engine))
    changed = [
        text[:place] + letter + text[place + 1 :]
        for place in range(len(text))
        for letter in LETTERS
        if letter != text[place]
    ]
    assert [one for one in changed if SIGNING.read(one)] == []
    assert [
        one for one in (text[:-1], text[1:], f"{text}A", f"{text}=", "") if SIGNING.read(one)
    ] == []
    assert SIGNING.read(text) is not None


@pytest.mark.parametrize("text", ["\ud800", "é" * 50, "." * 5000, "null.x", "a" * 100_000, "\0"])
def test_nonsense_is_no_link(text: str) -> None:
    assert SIGNING.read(text) is None


def test_another_key_makes_other_links(engine: Engine) -> None:
    text = SIGNING.text(make(engine))
    assert Signing("another key").read(text) is None


def test_a_revoked_link_does_not_work_and_stays_in_the_list(engine: Engine) -> None:
    link = make(engine)
    gone = share_links.revoke(engine, link.id, ANN)
    assert gone is not None
    assert gone.state(NOW) == REVOKED
    assert opened(engine, SIGNING, SIGNING.text(link), NOW) is None
    assert share_links.revoke(engine, link.id, ANN) is None
    with engine.connect() as connection:
        assert gone in share_links.listed(connection, VISA.slug)


def test_whoever_publishes_for_one_service_cannot_revoke_the_link_of_another(
    engine: Engine,
) -> None:
    link = make(engine)
    assert share_links.revoke(engine, link.id, ANN, PERMIT.slug) is None
    assert opened(engine, SIGNING, SIGNING.text(link), NOW) is not None


def test_a_link_whose_row_is_another_one_by_now_does_not_work(engine: Engine) -> None:
    # Real figures remove the demonstration's services with their links; ids begin anew.
    link = make(engine)
    for other in (replace(link, service=PERMIT.slug), replace(link, made_at=link.made_at - 1)):
        assert opened(engine, SIGNING, SIGNING.text(other), NOW) is None


def test_links_are_listed_by_service_newest_first(engine: Engine) -> None:
    first, second = make(engine, label="first"), make(engine, label="second")
    other = make(engine, slug=PERMIT.slug)
    with engine.connect() as connection:
        own = share_links.listed(connection, VISA.slug)
        every = share_links.listed(connection)
    assert own[:2] == [second, first]
    assert other in every
    assert other not in own


def test_who_made_and_revoked_a_link_is_in_the_audit_and_its_text_is_not(engine: Engine) -> None:
    link = make(engine)
    share_links.revoke(engine, link.id, ANN)
    with engine.connect() as connection:
        revoked, made = audits.newest(connection, 2)
    assert (made.actor, made.action, made.subject) == (
        "ann@example.com",
        "make link",
        f"service {VISA.slug}",
    )
    assert made.detail["before"] is None
    assert made.detail["after"]["label"] == "Steering group"
    assert (revoked.action, revoked.detail["before"]["revoked_at"]) == ("revoke link", None)
    assert SIGNING.text(link) not in repr((made, revoked))


def test_what_is_wrong_is_told_for_each_field_and_nothing_is_written(engine: Engine) -> None:
    with engine.connect() as connection:
        before = share_links.listed(connection)
    assert faults(engine, "soon", label=" ") == {
        "label": "Say in 1 to 100 letters whom it is for, so that you can tell it from others.",
        "last": "The last day must be a date such as 2031-01-01, not 'soon'.",
    }
    assert faults(engine, "2029-12-31").keys() == {"last"}
    late = "The last day must be from today to 2031-01-01, not 2031-01-02."
    assert faults(engine, "2031-01-02") == {"last": late}
    assert make(engine, "2031-01-01").state(NOW) == OPEN
    assert faults(engine, label="x" * 101).keys() == {"label"}
    assert faults(engine, label="a\x00b").keys() == {"label"}
    with engine.connect() as connection:
        assert len(share_links.listed(connection)) == len(before) + 1


@pytest.mark.parametrize(
    ("slug", "why"), [("pay-a-toll", "is published"), ("no-such", "There is no service")]
)
def test_only_a_service_that_is_not_published_can_have_a_link(
    engine: Engine, slug: str, why: str
) -> None:
    with pytest.raises(Rejected, match=why):
        make(engine, slug=slug)


def test_a_link_lasts_a_fortnight_unless_that_is_more_than_it_may() -> None:
    assert usual_last_day(date(2030, 1, 1), 365) == date(2030, 1, 15)
    assert usual_last_day(date(2030, 1, 1), 7) == date(2030, 1, 8)

"""The page where links are made: for whom it is, what it takes, and what it shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher

from callbacks.publishing import SIGNED_OUT
from data import people_changes, share_links
from data.people import PUBLISHER, PersonEntry
from data.share_links import LABEL, LAST, ShareLink
from layouts import ids
from tests.api.sign_in.office import SENDER, Office
from tests.callbacks.publisher import Publisher
from tests.fixtures.hidden_world import PERMIT, VISA, hide_services

Content = Callable[..., str]
ANN, TESS, PASSWORD = "ann@example.com", "tess@example.com", "four rather plain words"
PAGE = f"/services/{VISA.slug}"
TODAY = datetime.now(UTC).date()
SOON = (TODAY + timedelta(days=30)).isoformat()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A platform where Ann may publish for visas, which are not published, and Tess for tests."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr("data.passwords._HASHER", quick)
        made = Office(tmp_path_factory.mktemp("linking"))
        hide_services(made.engine)
        for email, service in ((ANN, VISA.slug), (TESS, "book-a-test")):
            entry = PersonEntry(email, "", PUBLISHER, services=(service,))
            people_changes.add(made.engine, entry, SENDER)
            people_changes.set_password(made.engine, email, PASSWORD, SENDER)
        yield made
        made.engine.dispose()


@pytest.fixture(scope="module")
def ann(office: Office) -> Publisher:
    return Publisher(office, ANN, PASSWORD)


def make(person: Publisher, label: str = "Steering group", last: str = SOON) -> str:
    """Fill in the form of the visa, and send it; what is shown then, as JSON."""
    person.values |= {
        f"{ids.LINK_SERVICE}.data": VISA.slug,
        ids.LINK_FIELD: {LABEL: label, LAST: last},
    }
    return json.dumps(person.call(ids.LINK_MAKE), ensure_ascii=False)


def revoke(person: Publisher, id: int) -> str:
    """Press a button of the list."""
    known = json.loads(person.client.get("/_dash-dependencies").text)
    one = next(one for one in known if ids.LINK_REVOKE in one["inputs"][0]["id"])
    button = {"link": id, "type": ids.LINK_REVOKE}
    pressed = {"id": button, "property": "n_clicks", "value": 1}
    asked = {
        "output": one["output"],
        "outputs": {"id": ids.LINK_SHOWN, "property": one["output"].rpartition(".")[2]},
        "inputs": [[pressed]],
        "state": [{**one["state"][0], "value": VISA.slug}],
        "changedPropIds": [f"{json.dumps(button, sort_keys=True, separators=(',', ':'))}.n_clicks"],
    }
    cookie = person.client.get_cookie("_csrf_token")
    headers = {"X-CSRFToken": cookie.value if cookie else ""}
    return person.client.post("/_dash-update-component", json=asked, headers=headers).text


def links(office: Office, slug: str = VISA.slug) -> list[ShareLink]:
    with office.engine.connect() as connection:
        return share_links.listed(connection, slug)


def hrefs(shown: str) -> list[str]:
    """The addresses with links that are shown, each once."""
    found: list[str] = []

    def look(part: Any) -> None:
        if isinstance(part, dict):
            found.extend([part["href"]] if "link=" in str(part.get("href")) else [])
            for one in part.values():
                look(one)
        elif isinstance(part, list):
            for one in part:
                look(one)

    look(json.loads(shown))
    return list(dict.fromkeys(found))


def test_a_publisher_makes_a_link_whose_address_a_stranger_opens_until_it_is_revoked(
    office: Office, ann: Publisher, content: Content
) -> None:
    shown = make(ann)
    (link, *_) = links(office)
    assert (link.label, link.made_by, link.last_day.isoformat()) == ("Steering group", ANN, SOON)
    assert "The link for Steering group is made." in shown
    (href, *_) = hrefs(shown)
    root, mark, text = href.partition("?")
    assert root == f"http://localhost{PAGE}"
    stranger = office.browser()
    assert stranger.get(f"{PAGE}{mark}{text}").status_code == 200
    assert VISA.name in content(stranger, PAGE, f"?{text}")
    assert href not in revoke(ann, link.id)
    assert links(office)[0].revoked_at is not None
    assert stranger.get(f"{PAGE}{mark}{text}").status_code == 403


def test_the_address_can_be_copied_again_for_as_long_as_it_works(
    ann: Publisher, content: Content
) -> None:
    made = hrefs(make(ann, "Once more"))
    page = ann.client.get(f"{PAGE}/links")
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert "Once more Works until" in " ".join(content(ann.client, f"{PAGE}/links").split())
    assert made[0] in hrefs(make(ann, "Another"))


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    office: Office, ann: Publisher
) -> None:
    before = links(office)
    shown = make(ann, "", "2020-01-01")
    assert "Say in 1 to 100 letters whom it is for" in shown
    assert "The last day must be from today" in shown
    assert '"value": "2020-01-01"' in shown
    assert links(office) == before


def test_nobody_else_makes_or_revokes_a_link(office: Office, ann: Publisher) -> None:
    make(ann, "Kept")
    before = links(office)
    nobody, tess = Publisher(office), Publisher(office, TESS, PASSWORD)
    assert SIGNED_OUT in make(nobody)
    assert f"There is no service '{VISA.slug}'." in make(tess)
    for person in (nobody, tess):
        assert "Kept" not in revoke(person, before[0].id)
        assert VISA.name not in make(person)
    assert links(office) == before


def test_the_link_of_another_service_is_not_revoked_by_its_number(
    office: Office, ann: Publisher
) -> None:
    texts = {LABEL: "Permits", LAST: SOON}
    other = share_links.make(office.engine, PERMIT.slug, texts, 365, SENDER)
    assert "Permits" not in revoke(ann, other.id)
    assert links(office, PERMIT.slug) == [other]


def test_the_page_is_there_for_those_who_publish_for_the_service_alone(
    office: Office, ann: Publisher, content: Content
) -> None:
    assert office.browser().get(f"{PAGE}/links").status_code == 303
    tess = Publisher(office, TESS, PASSWORD).client
    assert tess.get(f"{PAGE}/links").status_code == 404
    assert VISA.name not in content(tess, f"{PAGE}/links")
    assert "Make a link" in content(ann.client, f"{PAGE}/links")
    assert "Show it to others" in content(ann.client, PAGE)


def test_a_service_that_is_published_needs_no_link(office: Office, content: Content) -> None:
    tess = Publisher(office, TESS, PASSWORD)
    page = content(tess.client, "/services/book-a-test/links")
    assert "everyone who has its address sees it, without a link" in page
    assert "Show it to others" not in content(tess.client, "/services/book-a-test")
    tess.values |= {
        f"{ids.LINK_SERVICE}.data": "book-a-test",
        ids.LINK_FIELD: {LABEL: "Anyone", LAST: SOON},
    }
    assert "is published" in json.dumps(tess.call(ids.LINK_MAKE))
    assert links(office, "book-a-test") == []

"""Where people are led after signing in: to a page of ours, and to no other site."""

from __future__ import annotations

import pytest

from api.sign_in.ways_back import own_path
from tests.api.sign_in.office import Office, hidden, sign_in

OURS = ["/", "/about", "/services?q=tax&sort_by=name:ascending", "/publish#top", "/data/a/b?x=//y"]
NOT_OURS = [
    "",
    "about",
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/about\\..\\evil",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: a=b",
    " //evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/sign-in?next=/sign-in",
    "/sign-out",
    "/about\x00",
]


@pytest.mark.parametrize("path", OURS)
def test_a_path_of_ours_stays_as_it_is(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize("path", NOT_OURS)
def test_everything_else_leads_home(path: str) -> None:
    assert own_path(path) == "/"


@pytest.mark.parametrize("path", NOT_OURS[2:])
def test_a_form_that_was_tampered_with_leads_home(office: Office, path: str) -> None:
    answer = sign_in(office.browser(), next=path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize(
    ("before", "back"),
    [
        ("http://localhost/services?q=tax#results", "/services?q=tax"),
        ("http://localhost/sign-in", "/"),
        ("https://evil.example/about", "/"),
        ("", "/"),
    ],
)
def test_without_a_word_people_are_led_back_to_the_page_before(
    office: Office, before: str, back: str
) -> None:
    page = office.browser().get("/sign-in", headers={"Referer": before})
    assert hidden(page, "next") == back


def test_who_is_signed_in_already_goes_on_at_once(office: Office) -> None:
    client = office.signed_in()
    assert client.get("/sign-in?next=/services").headers["Location"] == "/services"
    assert client.get("/sign-in?next=//evil.example").headers["Location"] == "/"

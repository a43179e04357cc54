"""What pages show to whoever is signed in, and never to anyone else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import dash
import pytest
from dash import html
from flask.testing import FlaskClient

from app import create_app
from callbacks import pages
from callbacks.platform import viewer
from config import Settings
from data import people_changes, sign_ins
from data.deliveries import Sender
from data.people import ADMIN, PersonEntry
from data.sign_ins import Attempt
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import small_world

Content = Callable[..., str]
PATH = "/only-mine"
SECRET = "This is Ada's alone"


def page() -> pages.Page:
    """A page that greets whoever is signed in."""
    return pages.Page(
        name="only_mine",
        path=PATH,
        content=lambda **_query: [html.H1(f"{SECRET}, {pages.signed_in().name}")],
        title=lambda: "Only mine",
        description=lambda: "A page for those who are signed in.",
        personal=True,
    )


class Office:
    """A platform with that page, and browsers of those who are signed in or not."""

    def __init__(self, folder: Path) -> None:
        self.engine = small_world(folder)
        self.settings = Settings(database_url=database_url(folder), secret_key="a key")
        app = create_app(self.settings)
        pages.register(page())
        self.server = app.server

    def browser(self) -> FlaskClient:
        """A browser without cookies."""
        return self.server.test_client()

    def signed_in(self, name: str) -> FlaskClient:
        """The browser of someone who is signed in, with what Dash's renderer sends."""
        entry = PersonEntry(f"{name}@example.com", name, ADMIN)
        person = people_changes.add(self.engine, entry, Sender("a test"))
        value = sign_ins.begin(self.engine, self.settings, person, Attempt("password"))
        client = self.browser()
        client.set_cookie("sign-in", value)
        client.get("/about")
        token = client.get_cookie("_csrf_token")
        assert token is not None
        client.environ_base["HTTP_X_CSRFTOKEN"] = token.value
        return client


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("office"))
    yield made
    dash.page_registry.pop("only_mine")
    made.engine.dispose()


@pytest.fixture(scope="module")
def ada(office: Office) -> FlaskClient:
    return office.signed_in("Ada")


@pytest.fixture(scope="module")
def eve(office: Office) -> FlaskClient:
    return office.signed_in("Eve")


def test_whoever_is_signed_in_sees_their_name_on_every_page(
    ada: FlaskClient, content: Content
) -> None:
    for path in ("/", "/services", "/services/tax-a-vehicle", "/about"):
        assert "Ada Publish Sign out" in content(ada, path)


@pytest.mark.parametrize("first", ["ada", "nobody"])
def test_a_page_that_someone_has_seen_is_nobody_elses(
    office: Office, ada: FlaskClient, eve: FlaskClient, content: Content, first: str
) -> None:
    """Pages are drawn once for all who are not signed in, whoever came before them."""
    seen = {"ada": ada, "eve": eve, "nobody": office.browser()}
    search = f"?q={first}"
    for name in (first, *(other for other in seen if other != first), first):
        words = content(seen[name], "/services", search)
        assert ("Ada Publish" in words) is (name == "ada")
        assert ("Eve Publish" in words) is (name == "eve")
        assert words.endswith("Sign in") is (name == "nobody")


def test_a_personal_page_is_for_those_who_are_signed_in(
    ada: FlaskClient, eve: FlaskClient, content: Content
) -> None:
    assert f"{SECRET}, Ada" in content(ada, PATH)
    assert f"{SECRET}, Eve" in content(eve, PATH)


def test_others_are_asked_to_sign_in_and_come_back(office: Office) -> None:
    answer = office.browser().get(f"{PATH}?data_set=a/b&x=1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=/only-mine%3Fdata_set%3Da/b%26x%3D1"


def test_others_who_follow_a_link_to_it_are_told_the_same(
    office: Office, ada: FlaskClient, content: Content
) -> None:
    content(ada, PATH)
    words = content(office.browser(), PATH)
    assert "Sign in to see this page" in words
    assert SECRET not in words


def test_answers_to_those_who_are_signed_in_are_kept_nowhere(ada: FlaskClient) -> None:
    for path in (PATH, "/", "/services/tax-a-vehicle"):
        assert ada.get(path).headers["Cache-Control"] == "no-store"


def test_outside_a_request_that_is_identified_nobody_is_signed_in(office: Office) -> None:
    with office.server.test_request_context("/"):
        assert viewer() is None
        with pytest.raises(pages.SignInNeeded):
            pages.signed_in()

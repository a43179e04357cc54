"""A platform that people can sign in to, and a browser of someone who does."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from app import create_app
from config import Settings
from data import audits, people_changes
from data.audits import Audit
from data.deliveries import Sender
from data.people import ADMIN, PersonEntry
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import small_world

SENDER = Sender("a test")
ADA, PASSWORD = "ada@example.com", "three plain words"
# What the platform and its provider share.
SECRET = "a secret that is long enough to sign with"


class Office:
    """The small world, with Ada, an admin who has a password."""

    def __init__(self, folder: Path, **more: object) -> None:
        self.engine: Engine = small_world(folder)
        people_changes.add(self.engine, PersonEntry(ADA, "Ada Lovelace", ADMIN), SENDER)
        people_changes.set_password(self.engine, ADA, PASSWORD, SENDER)
        settings = {"secret_key": "a key", "sign_in_attempts": 1000, **more}
        url = database_url(folder)
        self.server: Flask = create_app(
            Settings(database_url=url, **settings)  # type: ignore[arg-type]
        ).server

    def browser(self) -> FlaskClient:
        """A browser without cookies."""
        return self.server.test_client()

    def signed_in(self) -> FlaskClient:
        """Ada's browser, which has opened a page since."""
        client = self.browser()
        assert sign_in(client).status_code == 303
        assert client.get("/about").status_code == 200
        return client

    def newest(self) -> Audit:
        """The newest entry of the audit."""
        with self.engine.connect() as connection:
            return audits.newest(connection, 1)[0]


def sign_in(
    client: FlaskClient,
    password: str = PASSWORD,
    *,
    email: str = ADA,
    next: str = "",
    address: str = "127.0.0.1",
) -> TestResponse:
    """Fill in the form and send it."""
    page = client.get("/sign-in", environ_base={"REMOTE_ADDR": address})
    fields = {"csrf_token": hidden(page, "csrf_token"), "email": email, "password": password}
    return client.post(
        "/sign-in", data={**fields, "next": next}, environ_base={"REMOTE_ADDR": address}
    )


def hidden(page: TestResponse, name: str) -> str:
    """What a hidden field of a page's form holds."""
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', page.text)
    assert found, page.text
    return unescape(found[1])


def faults(page: TestResponse) -> list[str]:
    """The sentences that say what is wrong."""
    found = re.search(r'<div class="faults".*?</div>', page.text, re.DOTALL)
    items = re.findall(r"<li>(.*?)</li>", found[0] if found else "")
    return [unescape(re.sub(r"<.*?>", "", item)) for item in items]


def given(response: TestResponse) -> dict[str, str]:
    """The cookies that an answer sets, by name, with their flags."""
    texts = response.headers.getlist("Set-Cookie")
    return {text.partition("=")[0]: text.partition(";")[2].strip() for text in texts}

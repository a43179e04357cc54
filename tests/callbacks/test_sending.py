"""The page on sending data shows the examples as they are, and every standard data type."""

from __future__ import annotations

import json
import shlex

from flask import Flask
from flask.testing import FlaskClient

from config import ROOT
from data.datatypes import STANDARD_TYPES
from layouts.addresses import template_address
from layouts.sending import FILES, MAKE
from tests.callbacks.conftest import Content


def test_the_examples_are_shown_as_the_files_have_them(
    client: FlaskClient, content: Content
) -> None:
    shown = content(client, "/sending-data")
    for name in FILES:
        assert (ROOT / "examples" / name).read_text(encoding="utf-8").rstrip() in shown


def test_an_example_can_be_taken_away(client: FlaskClient) -> None:
    for name in FILES:
        answer = client.get(f"/examples/{name}")
        assert answer.data == (ROOT / "examples" / name).read_bytes()
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"


def test_nothing_else_can_be_taken_away(client: FlaskClient) -> None:
    for name in ("", "README.md", "../config.py", "%2e%2e/config.py"):
        assert client.get(f"/examples/{name}").status_code == 404, name


def test_every_data_type_is_shown_with_its_fields_and_a_record(
    client: FlaskClient, content: Content
) -> None:
    shown = content(client, "/sending-data")
    for kind in STANDARD_TYPES:
        assert f"{kind.slug}  {kind.title}" in shown
        assert json.dumps(kind.example, indent=2) in shown
        for field in kind.fields:
            assert f"{field.name} {field.help}" in shown


def test_every_data_type_has_templates_to_fill_in(client: FlaskClient) -> None:
    for kind in STANDARD_TYPES:
        for ending in ("xlsx", "csv"):
            assert client.get(template_address(kind.slug, ending)).status_code == 200, kind.slug


def test_the_command_that_it_shows_is_there(client: FlaskClient) -> None:
    app = client.application
    assert isinstance(app, Flask)
    _, _, _, group, command, *given = shlex.split(MAKE)
    commands = getattr(app.cli.commands[group], "commands", {})
    options = {name for item in commands[command].params for name in item.opts}
    assert {word for word in given if word.startswith("--")} <= options

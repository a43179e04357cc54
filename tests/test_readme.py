"""What README tells people to type, open and set is there."""

from __future__ import annotations

import re

from app import server
from config import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_make_command_of_the_readme_is_a_target() -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", rules, re.MULTILINE))
    told = set(re.findall(r"(?:^    |`)(?:[A-Z]+=\S+ )*make ([a-z]+)", README, re.MULTILINE))
    assert {"run", "test", "bench", "load", "help"} <= told
    assert told <= targets


def test_every_flask_command_of_the_readme_exists() -> None:
    told = re.findall(r"flask --app app (\S+) (\S+)", README)
    assert ("import", "transactional-services") in told
    for group, command in told:
        commands = server.cli.commands[group]
        assert command in getattr(commands, "commands", {}), f"{group} {command}"


def test_everything_that_the_readme_links_to_is_there() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)]+)\)", README)
    assert "docs/api.md" in targets
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_every_folder_of_the_layout_is_there_and_every_folder_is_in_it() -> None:
    told = set(re.findall(r"^\| `([a-z]+)/` \|", README, re.MULTILINE))
    assert [name for name in told if not (ROOT / name).is_dir()] == []
    code = {path.parent.name for path in ROOT.glob("*/*.py") if path.parent.name[0] != "."}
    assert code <= told


def test_pictures_are_small() -> None:
    for picture in (ROOT / "docs" / "images").glob("*.png"):
        assert picture.stat().st_size < 150_000, picture.name

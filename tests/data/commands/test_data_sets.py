"""Data sets at the command line: made, shown, listed, changed, emptied, deleted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from data.commands.setting_options import TYPED, option_name
from data.data_sets import SETTINGS, find
from data.tokens import find as find_token
from tests.data.commands.shell import Shell
from tests.data.world import ALLOWANCE, PENSION, counted, typed

NAME = "allowance/transactions-by-channel"


@pytest.fixture
def office(shell: Shell) -> Shell:
    """A command line on a database with two services."""
    shell.world.send(services=(ALLOWANCE, PENSION))
    return shell


def stored(shell: Shell, address: str = NAME) -> Any:
    group, _, type = address.partition("/")
    with shell.engine.connect() as connection:
        return find(connection, group, type)


def with_records(shell: Shell) -> None:
    records = [counted("2017-10-02", "digital", 40), counted("2017-10-02", "phone", 10)]
    shell.world.send(typed("transactions-by-channel", *records))


def test_a_data_set_is_made_and_its_token_printed_once_and_alone(office: Shell) -> None:
    result = office.run("data-sets", "create", NAME, "--service", "allowance")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f"The data set {NAME} is made.",
        "This token may write to it. It is shown this once: keep it safe.",
    ]
    text = result.stdout.rstrip("\n")
    with office.engine.connect() as connection:
        assert find_token(connection, stored(office).id, text) is not None
    assert text not in office.run("data-sets", "show", NAME).output
    assert text not in repr(office.world.rows())


def test_a_token_that_is_given_is_used_and_not_printed(office: Shell) -> None:
    result = office.run("data-sets", "create", NAME, "--token", "my-token")
    assert (result.exit_code, result.stdout) == (0, "")
    with office.engine.connect() as connection:
        assert find_token(connection, stored(office).id, "my-token") is not None


def test_every_setting_has_an_option_that_is_read(office: Shell) -> None:
    schema = office.folder / "schema.json"
    schema.write_text(json.dumps({"required": ["stage"]}), encoding="utf-8")
    typed_words = {
        "name": ("--name", "the_journey"),
        "title": ("--title", "Journey"),
        "service": ("--service", "allowance"),
        "published": ("--no-published",),
        "private": ("--private",),
        "queryable": ("--no-queryable",),
        "raw_queries_allowed": ("--raw-queries-allowed",),
        "realtime": ("--realtime",),
        "max_age_expected": ("--max-age-expected", "never"),
        "auto_ids": ("--auto-id", "period", "--auto-id", "stage"),
        "schema": ("--schema", str(schema)),
        "stages": ("--stage", "start", "--stage", "help", "--stage", "done"),
        "optional_stages": ("--optional-stage", "help"),
        "stage_names": ("--stage-name", "start=Before you start", "--stage-name", "help=Help"),
        "channels": ("--channel", "web", "--channel", "kiosk"),
        "channel_kinds": ("--channel-kind", "kiosk=assisted digital"),
    }
    assert set(typed_words) == {setting.name for setting in SETTINGS}
    words = [word for words in typed_words.values() for word in words]
    assert office.run("data-sets", "create", "allowance/journey", *words).exit_code == 0
    entry = stored(office, "allowance/journey").entry
    assert {name: getattr(entry, name) for name in typed_words} == {
        "name": "the_journey",
        "title": "Journey",
        "service": "allowance",
        "published": False,
        "private": True,
        "queryable": False,
        "raw_queries_allowed": True,
        "realtime": True,
        "max_age_expected": None,
        "auto_ids": ("period", "stage"),
        "schema": {"required": ["stage"]},
        "stages": ("start", "help", "done"),
        "optional_stages": ("help",),
        "stage_names": {"start": "Before you start", "help": "Help"},
        "channels": ("web", "kiosk"),
        "channel_kinds": {"kiosk": "assisted digital"},
    }


def test_a_stages_name_is_typed_after_an_equals_sign(office: Shell) -> None:
    words = ("data-sets", "create", "allowance/journey", "--stage", "start", "--stage-name")
    told = office.run(*words, "start").output
    assert "--stage-name must be a stage, '=' and its name, as in about-you='About you'" in told
    assert "not 'start'." in told


def test_every_option_is_in_the_help_with_what_it_is_for(office: Shell) -> None:
    told = " ".join(office.run("data-sets", "create", "--help").output.split())
    for setting in SETTINGS:
        assert option_name(setting) in told
        assert setting.help.split(".")[0] in told
        assert setting.kind.name in TYPED


def test_changes_leave_other_settings_as_they_are(office: Shell) -> None:
    words = ("--title", "Journey", "--stage", "start", "--max-age-expected", "60", "--realtime")
    office.run("data-sets", "create", "allowance/journey", *words)
    said = office.says("data-sets", "change", "allowance/journey", "--no-realtime")
    assert said == ["The data set allowance/journey is changed."]
    entry = stored(office, "allowance/journey").entry
    assert (entry.title, entry.stages, entry.max_age_expected) == ("Journey", ("start",), 60)
    assert entry.realtime is False


def test_nothing_is_said_to_change_when_nothing_does(office: Shell) -> None:
    office.run("data-sets", "create", NAME, "--title", "Counts")
    before = office.world.rows()
    said = office.says("data-sets", "change", NAME, "--title", "Counts")
    assert said == ["Nothing was changed."]
    assert office.world.rows() == before


def test_lists_texts_and_schemas_can_be_cleared(office: Shell) -> None:
    schema = office.folder / "schema.json"
    schema.write_text("{}", encoding="utf-8")
    words = ["--stage", "start", "--channel-kind", "kiosk=digital", "--schema", str(schema)]
    words += ["--service", "allowance", "--title", "Journey"]
    office.run("data-sets", "create", "allowance/journey", *words)
    cleared = ["--stage", "", "--channel-kind", "", "--schema", "none"]
    cleared += ["--service", "", "--title", ""]
    office.says("data-sets", "change", "allowance/journey", *cleared)
    entry = stored(office, "allowance/journey").entry
    assert (entry.stages, entry.channel_kinds, entry.schema) == ((), {}, None)
    assert (entry.service, entry.title) == (None, "")


def test_a_data_set_is_shown_with_its_settings_records_and_tokens(office: Shell) -> None:
    office.run("data-sets", "create", NAME, "--service", "allowance", "--channel", "digital")
    with_records(office)
    said = office.says("data-sets", "show", NAME)
    told = {line.split("  ")[0]: line.split("  ", 1)[-1].strip() for line in said}
    assert told["data set"] == NAME
    assert told["name"] == "allowance_transactions_by_channel"
    assert told["service"] == "allowance"
    assert told["published"] == "yes"
    assert told["private"] == "no"
    assert told["records"] == "2"
    assert told["schema"] == "-"
    assert any("made with the data set" in line for line in said)


def test_data_sets_are_listed(office: Shell) -> None:
    assert office.says("data-sets", "list") == ["There is no data set."]
    office.run("data-sets", "create", NAME, "--service", "allowance", "--title", "Counts")
    office.run("data-sets", "create", "allowance/visits", "--private")
    header, *rows = office.says("data-sets", "list")
    assert header.split() == ["data", "set", "title", "service", "published", "private", "updated"]
    assert [row.split()[:5] for row in rows] == [
        [NAME, "Counts", "allowance", "yes", "no"],
        ["allowance/visits", "-", "-", "yes", "yes"],
    ]


def test_emptying_asks_first_and_keeps_settings_and_tokens(office: Shell) -> None:
    office.run("data-sets", "create", NAME, "--service", "allowance")
    with_records(office)
    kept = office.run("data-sets", "empty", NAME, typed="n\n")
    assert kept.exit_code == 1
    assert f"Remove 2 records from {NAME}? [y/N]: n" in kept.output
    assert len(office.world.rows()["record"]) == 2
    gone = office.run("data-sets", "empty", NAME, typed="y\n")
    assert gone.output.endswith(f"{NAME} is empty: 2 records removed.\n")
    rows = office.world.rows()
    assert (rows["record"], rows["measurement"], len(rows["token"])) == ([], [], 1)
    assert stored(office).entry.service == "allowance"


def test_deleting_asks_first_and_takes_records_figures_and_tokens(office: Shell) -> None:
    office.run("data-sets", "create", NAME, "--service", "allowance")
    with_records(office)
    kept = office.run("data-sets", "delete", NAME, typed="\n")
    assert kept.exit_code == 1
    assert f"Remove {NAME} with 2 records?" in kept.output
    assert stored(office) is not None
    assert office.says("data-sets", "delete", NAME, "--yes") == [
        f"{NAME} is removed, with 2 records."
    ]
    rows = office.world.rows()
    assert [rows[name] for name in ("data_set", "record", "measurement", "token")] == [[]] * 4


def test_nobody_to_ask_means_no(office: Shell) -> None:
    office.run("data-sets", "create", NAME)
    assert office.run("data-sets", "delete", NAME).exit_code == 1
    assert stored(office) is not None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "allowance"), "'allowance' names no data set: write GROUP/TYPE, as in "),
        (("show", "a/b/c"), "'a/b/c' names no data set"),
        (("show", "no/such"), "There is no data set no/such."),
        (("change", "no/such", "--title", "x"), "There is no data set no/such."),
        (("empty", "no/such", "--yes"), "There is no data set no/such."),
        (("delete", "no/such", "--yes"), "There is no data set no/such."),
        (("create", NAME), f"There is a data set {NAME} already; `data-sets change` changes it."),
        (("create", "A/b"), "A/b: group must be 1 to 100 lower-case letters, digits, hyphens"),
        (
            ("create", "a/b", "--service", "no-such", "--auto-id", "a b"),
            "a/b: auto_ids must be a list of different field names, not",
        ),
        (
            ("create", "a/b", "--max-age-expected", "soon"),
            "--max-age-expected must be a whole number of seconds, or never, not 'soon'.",
        ),
        (
            ("create", "a/b", "--max-age-expected", "9999999999"),
            "a/b: max_age_expected must be a whole",
        ),
        (("create", "a/b", "--channel-kind", "kiosk"), "--channel-kind must be a channel, '='"),
        (("create", "a/b", "--channel-kind", "kiosk=robot"), "a/b: channel_kinds must be an"),
        (("create", "a/b", "--schema", "missing.json"), "missing.json cannot be read: No such"),
        (("create", "a/b", "--token", "two words"), "a/b: A token must be one or more printable"),
        (("create", "a/b", "--name", "allowance_transactions_by_channel"), "a/b: allowance/"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence_and_changes_nothing(
    office: Shell, words: tuple[str, ...], sentence: str
) -> None:
    office.run("data-sets", "create", NAME)
    before = office.world.rows()
    assert office.refusal("data-sets", *words).startswith(sentence)
    assert office.world.rows() == before


def test_a_file_that_is_no_json_is_refused(office: Shell) -> None:
    file = office.folder / "schema.json"
    file.write_text("{", encoding="utf-8")
    assert office.refusal("data-sets", "create", "a/b", "--schema", str(file)).startswith(
        f"{file} is not JSON: "
    )
    file.write_text('{"type": "no type"}', encoding="utf-8")
    assert "schema must be a JSON schema (draft 4)" in office.refusal(
        "data-sets", "create", "a/b", "--schema", str(file)
    )


def test_every_fault_is_told(office: Shell) -> None:
    words = ("--service", "no-such", "--max-age-expected", "9999999999", "--token", "")
    told = office.refusal("data-sets", "create", "a/b", *words)
    for part in ("max_age_expected must be", "there is no service 'no-such'", "A token must be"):
        assert part in told
    assert told.splitlines()[0].endswith("Nothing was written.")


def test_the_audit_says_who_changed_a_data_set(office: Shell) -> None:
    office.run("data-sets", "create", NAME)
    office.run("data-sets", "delete", NAME, "--yes")
    actors = {row[2] for row in office.world.rows()["audit"] if row[3] != "deliver"}
    assert len(actors) == 1
    assert actors.pop().startswith("command line")

"""Data sets are made, changed and removed; their figures follow their settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from data.audits import Audit, newest
from data.data_sets import empty, find, find_named, listed, parse_settings, put, remove, settings
from data.deliveries import Sender, UnknownDataSet
from data.entries import DataSetEntry, DataSetKey, ServiceEntry
from data.validation import Rejected
from tests.data.world import NOW, World, channels, counted

SENDER = Sender("an admin", now=NOW)
CLAIMS = DataSetEntry("allowance", "transactions-by-channel", service="allowance")
DAY = "2017-10-02"


@pytest.fixture
def claims(world: World) -> World:
    """40 digital claims, 35 at the counter and 25 by telephone on a day."""
    world.send(
        channels(
            counted(DAY, "digital", 40), counted(DAY, "counter", 35), counted(DAY, "telephone", 25)
        )
    )
    return world


def audited(world: World) -> Audit:
    """The newest entry of the audit."""
    with world.engine.connect() as connection:
        return newest(connection, 1)[0]


def test_a_data_set_is_named_for_its_group_and_type(world: World) -> None:
    stored = put(world.engine, DataSetEntry("carers-allowance", "page-load-time"), SENDER)
    assert stored.entry.name == "carers_allowance_page_load_time"
    with world.engine.connect() as connection:
        assert find_named(connection, "carers_allowance_page_load_time") == stored
        assert find(connection, "carers-allowance", "page-load-time") == stored


def test_every_setting_is_kept_as_it_was_given(world: World) -> None:
    entry = DataSetEntry(
        "allowance",
        "journey",
        title="The claim",
        service="allowance",
        stages=("start", "extra", "end"),
        optional_stages=("extra",),
        channels=("digital",),
        realtime=True,
        name="the_claim",
        raw_queries_allowed=True,
        queryable=False,
        published=False,
        private=True,
        max_age_expected=None,
        auto_ids=("_timestamp", "stage"),
        schema={"type": "object"},
        channel_kinds={"kiosk": "digital"},
    )
    assert put(world.engine, entry, SENDER).entry == entry


def test_data_sets_are_listed_by_group_and_type(world: World) -> None:
    for group, type in (("b", "one"), ("a", "two"), ("a", "one")):
        put(world.engine, DataSetEntry(group, type), SENDER)
    with world.engine.connect() as connection:
        told = [item.entry.address for item in listed(connection)]
    assert told == ["a/one", "a/two", "b/one"]


def test_a_data_set_knows_who_runs_its_service(world: World) -> None:
    stored = put(world.engine, CLAIMS, SENDER)
    assert stored.organisations == ("carers", "work")
    assert not stored.hidden


def test_a_data_set_of_an_unpublished_service_is_hidden(world: World) -> None:
    hidden = ServiceEntry("secret", "A secret", "carers", published=False)
    world.send(services=[hidden])
    assert put(world.engine, replace(CLAIMS, service="secret"), SENDER).hidden


def test_a_service_stays_unpublished_when_it_is_delivered_again(world: World) -> None:
    world.send(services=[ServiceEntry("secret", "A secret", "carers", published=False)])
    world.send(services=[ServiceEntry("secret", "A better name", "carers")])
    assert put(world.engine, replace(CLAIMS, service="secret"), SENDER).hidden


def test_a_delivery_leaves_settings_that_it_does_not_tell(claims: World) -> None:
    with claims.engine.connect() as connection:
        stored = find(connection, "allowance", "transactions-by-channel")
    assert stored
    put(claims.engine, replace(stored.entry, private=True, raw_queries_allowed=True), SENDER)
    claims.send(channels(counted("2017-10-03", "digital", 1)))
    with claims.engine.connect() as connection:
        after = find(connection, "allowance", "transactions-by-channel")
    assert after and after.entry.private and after.entry.raw_queries_allowed


def test_a_private_data_set_makes_no_figure_until_it_is_private_no_more(claims: World) -> None:
    before = claims.rows()["measurement"], claims.rows()["latest_figure"]
    put(claims.engine, replace(CLAIMS, private=True), SENDER)
    assert (claims.rows()["measurement"], claims.rows()["latest_figure"]) == ([], [])
    assert len(claims.rows()["record"]) == 3
    put(claims.engine, CLAIMS, SENDER)
    assert (claims.rows()["measurement"], claims.rows()["latest_figure"]) == before


def test_a_channel_counts_as_what_its_data_set_says(claims: World) -> None:
    assert claims.total("day", DAY, "digital") == (40, "reported", 1, 1, "day")
    put(claims.engine, replace(CLAIMS, channel_kinds={"telephone": "assisted digital"}), SENDER)
    assert claims.total("day", DAY, "assisted digital") == (25, "reported", 1, 1, "day")
    assert claims.total("day", DAY, "non-digital") == (35, "reported", 1, 1, "day")
    assert claims.total("day", DAY) == (100, "reported", 1, 1, "day")


def test_figures_move_with_the_service_of_their_data_set(claims: World) -> None:
    put(claims.engine, replace(CLAIMS, service="pension"), SENDER)
    assert {about[0] for about in claims.told()} == {"pension"}


def test_an_emptied_data_set_keeps_its_settings(claims: World) -> None:
    receipt = empty(claims.engine, CLAIMS.key, SENDER)
    assert receipt.counts["records"].removed == 3
    rows = claims.rows()
    assert (rows["record"], rows["measurement"], len(rows["data_set"])) == ([], [], 1)


def test_a_removed_data_set_leaves_nothing_but_the_audit(claims: World) -> None:
    remove(claims.engine, CLAIMS.key, SENDER)
    rows = claims.rows()
    told = {len(rows[name]) for name in ("data_set", "record", "measurement", "record_change")}
    assert told == {0}
    last = audited(claims)
    assert (last.actor, last.action) == ("an admin", "remove data set")
    assert last.subject == "data set allowance/transactions-by-channel"


def test_a_new_data_set_inherits_nothing_of_one_that_was_removed(claims: World) -> None:
    with claims.engine.connect() as connection:
        old = find(connection, "allowance", "transactions-by-channel")
    remove(claims.engine, CLAIMS.key, SENDER)
    made = put(claims.engine, CLAIMS, SENDER)
    assert old
    assert made.id != old.id


@pytest.mark.parametrize("act", [empty, remove])
def test_what_is_not_there_cannot_be_emptied_or_removed(world: World, act: Any) -> None:
    with pytest.raises(UnknownDataSet, match="no data set a/b"):
        act(world.engine, DataSetKey("a", "b"), SENDER)


def test_the_audit_says_what_a_setting_was_and_what_it_is(claims: World) -> None:
    put(claims.engine, replace(CLAIMS, title="Claims"), SENDER)
    last = audited(claims)
    [altered] = last.detail["altered"]
    assert altered == {
        "what": "allowance/transactions-by-channel",
        "before": {"title": ""},
        "after": {"title": "Claims"},
    }
    assert (last.action, last.actor) == ("set data set", "an admin")


def test_each_write_moves_the_version_of_its_data_set_alone(claims: World) -> None:
    other = put(claims.engine, DataSetEntry("other", "thing"), SENDER)
    with claims.engine.connect() as connection:
        before = find(connection, "allowance", "transactions-by-channel")
    claims.send(channels(counted("2017-10-03", "digital", 1)))
    claims.send(channels(counted("2017-10-03", "digital", 1)))
    with claims.engine.connect() as connection:
        after = find(connection, "allowance", "transactions-by-channel")
        assert find(connection, "other", "thing") == other
    assert before and after
    assert after.version == before.version + 1


def test_the_same_settings_again_change_nothing(world: World) -> None:
    put(world.engine, CLAIMS, SENDER)
    before = world.rows()
    put(world.engine, CLAIMS, SENDER)
    assert world.rows() == before


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (DataSetEntry("x", "y", service="nobody"), "there is no service 'nobody'"),
        (DataSetEntry("x", "y", name="taken"), "a/b is already named 'taken'"),
        (
            DataSetEntry("x", "transactions-by-channel", service="allowance"),
            "'allowance' has its transactions-by-channel in "
            "allowance/transactions-by-channel already",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    world: World, entry: DataSetEntry, sentence: str
) -> None:
    put(world.engine, DataSetEntry("a", "b", name="taken"), SENDER)
    put(world.engine, CLAIMS, SENDER)
    before = world.rows()
    with pytest.raises(Rejected, match=sentence):
        put(world.engine, entry, SENDER)
    assert world.rows() == before


def test_two_data_sets_without_figures_may_be_about_one_service(world: World) -> None:
    for group in ("a", "b"):
        put(world.engine, DataSetEntry(group, "queue-length", service="allowance"), SENDER)
    with world.engine.connect() as connection:
        assert len(listed(connection)) == 2


def test_settings_that_are_not_given_stay() -> None:
    before = replace(CLAIMS, title="Claims", realtime=True)
    assert parse_settings({"title": "Other"}, before) == replace(before, title="Other")


def test_settings_are_plain_values_and_read_again() -> None:
    entry = replace(CLAIMS, stages=("a", "b"), schema={"type": "object"}, name="x")
    plain = settings(entry)
    given = {name: value for name, value in plain.items() if name not in ("group", "type")}
    assert parse_settings(given, CLAIMS) == entry


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"realtime": "yes"}, "realtime must be true or false, not 'yes'."),
        ({"max_age_expected": -1}, "max_age_expected must be a whole number of seconds, or null"),
        ({"max_age_expected": True}, "max_age_expected must be a whole number of seconds"),
        ({"stages": ["a", "a"]}, "stages must be a list of different texts"),
        ({"stages": "a"}, "stages must be a list of different texts"),
        ({"auto_ids": ["two words"]}, "auto_ids must be a list of different field names"),
        ({"schema": {"type": 5}}, r"schema must be a JSON schema \(draft 4\), or null.*5"),
        ({"channel_kinds": {"kiosk": "web"}}, "channel_kinds must be an object of channels"),
        ({"stage_names": ["Start"]}, "stage_names must be an object of stages, each with its name"),
        ({"stage_names": {"start": "x" * 101}}, "stage_names must be .* of up to 100 letters"),
        ({"colour": "red"}, "there is no setting 'colour'. Use name, title"),
        ({"title": 5}, "title must be text, not 5"),
        ({"name": "Two words"}, "name must be lower-case letters"),
    ],
)
def test_a_setting_that_is_not_what_it_may_be_is_named(
    given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Rejected, match=sentence) as refused:
        parse_settings(given, CLAIMS)
    assert [fault.field for fault in refused.value.faults] == list(given)


def test_null_is_the_default_of_texts_and_lists() -> None:
    before = replace(CLAIMS, title="Claims", stages=("a",), channel_kinds={"kiosk": "digital"})
    given = dict.fromkeys(("title", "name", "stages", "auto_ids", "schema", "channel_kinds"))
    assert parse_settings(given, before) == CLAIMS


def test_a_data_set_may_be_late_at_once() -> None:
    assert parse_settings({"max_age_expected": 0}, CLAIMS).max_age_expected == 0


def test_every_faulty_setting_is_named_at_once() -> None:
    with pytest.raises(Rejected) as refused:
        parse_settings({"realtime": 1, "private": 2, "title": "fine"}, CLAIMS)
    assert [fault.field for fault in refused.value.faults] == ["realtime", "private"]


def test_an_optional_stage_is_one_of_the_stages() -> None:
    entry = DataSetEntry("a", "journey")
    given = {"stages": ["start", "end"], "optional_stages": ["middle"]}
    with pytest.raises(Rejected, match="'middle' is no stage: stages has to name it, too"):
        parse_settings(given, entry)


def test_a_stage_that_is_given_a_name_is_one_of_the_stages() -> None:
    entry = DataSetEntry("a", "journey", stages=("start", "end"))
    found = parse_settings({"stage_names": {"start": "Before you start"}}, entry)
    assert found.stage_names == {"start": "Before you start"}
    with pytest.raises(Rejected, match="'middle' is no stage: stages has to name it, too"):
        parse_settings({"stage_names": {"middle": "Middle"}}, entry)


@pytest.mark.parametrize("group", ["", "Two", "a b", "-a", "a/b", "x" * 101])
def test_a_group_is_plain_words_of_an_address(group: str) -> None:
    with pytest.raises(Rejected, match="group must be 1 to 100 lower-case letters"):
        parse_settings({}, DataSetEntry(group, "journey"))


@pytest.mark.parametrize("depth", [300, 600, 900])
def test_a_schema_that_is_nested_too_deeply_to_be_checked_is_refused(depth: int) -> None:
    schema: dict[str, Any] = {}
    for _ in range(depth):
        schema = {"items": schema}
    with pytest.raises(Rejected) as raised:
        parse_settings({"schema": schema}, DataSetEntry("tolls", "visits"))
    (fault,) = raised.value.faults
    assert fault.field == "schema"
    assert fault.message.endswith(": it is nested too deeply.")

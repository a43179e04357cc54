"""Writing records: section 5 of the contract, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from api.records import writes
from data import audits, data_sets
from data.data_sets import UnknownDataSet, find
from data.entries import DataSetKey
from data.tables import record
from tests.api.records.writing import (
    ADMIN_TOKEN,
    TOKEN,
    WEATHER,
    Api,
    error,
    messages,
    told,
)

OK = (200, {"status": "ok"})
MONDAY = "2013-03-11T00:00:00+00:00"


@pytest.fixture
def api(tmp_path: Any) -> Iterator[Api]:
    made = Api(tmp_path)
    made.make()
    yield made
    made.engine.dispose()


def rows(api: Api) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for when tokens were used."""
    return {name: found for name, found in api.world.rows().items() if name != "token"}


def test_a_list_of_records_is_written(api: Api) -> None:
    records = [{"_id": "a", "_timestamp": MONDAY, "count": 1}, {"_id": "b", "kind": None}]
    assert told(api.post(records)) == OK
    assert api.stored() == {"a": records[0], "b": records[1]}


def test_an_object_counts_as_a_list_of_one(api: Api) -> None:
    assert told(api.post({"_id": "a", "count": 1})) == OK
    assert api.stored() == {"a": {"_id": "a", "count": 1}}


def test_an_empty_list_is_accepted(api: Api) -> None:
    before = rows(api)
    assert told(api.post([])) == OK
    assert rows(api) == before


def test_posting_an_id_that_exists_replaces_the_whole_record(api: Api) -> None:
    api.post([{"_id": "a", "count": 1, "kind": "old"}, {"_id": "b", "count": 2}])
    assert told(api.post({"_id": "a", "size": 3})) == OK
    assert api.stored() == {"a": {"_id": "a", "size": 3}, "b": {"_id": "b", "count": 2}}


@pytest.mark.parametrize(("before", "after"), [(True, 1), (1, True), (0, False), (False, None)])
def test_a_value_that_python_calls_equal_is_replaced_too(
    api: Api, before: object, after: object
) -> None:
    api.post({"_id": "a", "value": before})
    api.post({"_id": "a", "value": after})
    value = api.stored()["a"]["value"]
    assert (value, type(value)) == (after, type(after))


def test_of_two_records_of_one_id_in_a_batch_the_last_one_stands(api: Api) -> None:
    assert told(api.post([{"_id": "a", "count": 1}, {"_id": "a", "count": 2}])) == OK
    assert api.stored() == {"a": {"_id": "a", "count": 2}}


def test_records_without_an_id_get_one_of_their_own(api: Api) -> None:
    assert told(api.post([{"count": 1}, {"count": 1}])) == OK
    stored = api.stored()
    assert len(stored) == 2
    assert all(body == {"_id": key, "count": 1} for key, body in stored.items())


def test_records_of_a_standard_type_without_an_id_never_count_twice(api: Api) -> None:
    api.make("allowance", "transactions-by-channel", token="own", service="allowance")
    address = "/data/allowance/transactions-by-channel"
    for count in (40, 41):
        body = {"_timestamp": MONDAY, "period": "week", "channel": "digital", "count": count}
        assert told(api.post(body, address, token="own")) == OK
    (found,) = api.stored("allowance", "transactions-by-channel").values()
    assert (found["_id"], found["count"]) == ("2013-03-11.week.digital", 41)
    assert api.world.total("week", "2013-03-11") == (41, "reported", 1, 1, "week")


def test_a_record_is_kept_with_when_it_was_written(api: Api) -> None:
    before = int(datetime.now(UTC).timestamp())
    api.post({"_id": "a"})
    with api.engine.connect() as connection:
        (row,) = connection.execute(record.select()).all()
    assert before <= row.updated_at <= int(datetime.now(UTC).timestamp())
    assert (row.at, row.micros) == (None, 0)


def test_times_are_stored_in_utc(api: Api) -> None:
    assert told(api.post({"_id": "a", "_timestamp": "2013-03-11T01:00:00.25+0100"})) == OK
    assert api.stored()["a"]["_timestamp"] == "2013-03-11T00:00:00.250000+00:00"
    with api.engine.connect() as connection:
        (row,) = connection.execute(record.select()).all()
    assert (row.at, row.micros) == (15_775 * 86_400, 250_000)


def test_a_batch_with_one_bad_record_leaves_every_table_as_it_was(api: Api) -> None:
    api.post([{"_id": "a", "count": 1}])
    before = rows(api)
    answer = api.post([{"_id": "a", "count": 2}, {"_id": "b", "count": 3}, {"b": 4}])
    assert messages(answer) == ["b is not a valid key"]
    assert rows(api) == before


def test_what_is_wrong_is_told_with_no_status_and_with_its_place(api: Api) -> None:
    api.make("group", "checked", token="own", schema={"required": ["_timestamp"]})
    sent = [{"_timestamp": "hammer time"}, {"count": 1}, {"x-y": 1, "_timestamp": "2013-02-30"}]
    assert told(api.post(sent, "/data/group/checked", token="own")) == (
        400,
        {
            "messages": [
                "'_timestamp' is a required property",
                "the _timestamp must be a date in the format yyyy-MM-ddT00:00:00Z",
                "2013-02-30 in the _timestamp field is not a valid date",
                "_timestamp is not a valid datetime object",
                "x-y is not a valid key",
            ],
            "faults": [
                {
                    "record": 2,
                    "field": "_timestamp",
                    "message": "'_timestamp' is a required property",
                },
                {
                    "record": 1,
                    "field": "_timestamp",
                    "message": "the _timestamp must be a date in the format yyyy-MM-ddT00:00:00Z",
                },
                {
                    "record": 3,
                    "field": "_timestamp",
                    "message": "2013-02-30 in the _timestamp field is not a valid date",
                },
                {
                    "record": 1,
                    "field": "_timestamp",
                    "message": "_timestamp is not a valid datetime object",
                },
                {"record": 3, "field": "x-y", "message": "x-y is not a valid key"},
            ],
        },
    )


def test_all_messages_are_told_and_the_places_of_the_first_hundred(api: Api) -> None:
    status, body = told(api.post([{"b": 1}] * 250))
    assert status == 400
    assert body["messages"] == ["b is not a valid key"] * 250
    assert [item["record"] for item in body["faults"]] == list(range(1, 101))


def test_a_standard_type_says_what_it_misses_when_the_contract_is_content(api: Api) -> None:
    api.make("allowance", "transactions-by-channel", token="own", service="allowance")
    sent = {"_timestamp": "2013-03-12", "period": "week", "count": -1}
    sentences = [
        "a week starts on a Monday, and 2013-03-12 is not that.",
        "channel is missing: how the transaction was done, such as digital.",
        "count must be from 0 to a million million, not -1.",
    ]
    answer = api.post(sent, "/data/allowance/transactions-by-channel", token="own")
    status, body = told(answer)
    assert (status, body["messages"]) == (400, sentences)
    assert [item["field"] for item in body["faults"]] == ["period", "channel", "count"]


def test_automatic_ids_replace_what_was_sent(api: Api) -> None:
    api.make("group", "automatic", token="own", auto_ids=("_timestamp", "authority", "open"))
    sent = {"_id": "mine", "_timestamp": "2013-03-11", "authority": "Camden", "open": True}
    assert told(api.post(sent, "/data/group/automatic", token="own")) == OK
    # base64 of '2013-03-11.Camden.True'.
    assert list(api.stored("group", "automatic")) == ["MjAxMy0wMy0xMS5DYW1kZW4uVHJ1ZQ=="]
    assert messages(api.post([{"open": 1}, {}], "/data/group/automatic", token="own")) == [
        "The following required id fields are missing: _timestamp, authority"
    ]


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8"])
def test_put_empties_the_data_set(api: Api, content_type: str) -> None:
    emptied = (200, {"status": "ok", "message": "group_weather now contains 0 records"})
    api.post([{"_id": "a"}, {"_id": "b"}])
    assert told(api.send("PUT", body=[], Content_Type=content_type)) == emptied
    assert api.stored() == {}
    assert told(api.send("PUT", body=b" [ ] ")) == emptied


@pytest.mark.parametrize("body", [{}, [{}], [{"_id": "a"}], [[]], 5, "text", False, [None]])
def test_put_takes_an_empty_list_alone(api: Api, body: object) -> None:
    api.post({"_id": "a"})
    refused = error("Not implemented: you can only pass an empty JSON list")
    assert told(api.send("PUT", body=body)) == (400, refused)
    assert list(api.stored()) == ["a"]


def test_emptying_takes_the_figures_along(api: Api) -> None:
    api.make("allowance", "transactions-by-channel", token="own", service="allowance")
    address = "/data/allowance/transactions-by-channel"
    body = {"_timestamp": MONDAY, "period": "week", "channel": "digital", "count": 40}
    api.post(body, address, token="own")
    assert api.world.told()
    api.send("PUT", address, [], token="own")
    assert api.world.told() == {}


def test_a_data_set_is_never_deleted_by_its_records_address(api: Api) -> None:
    answer = api.send("DELETE")
    assert told(answer) == (405, error("Method Not Allowed"))
    assert "DELETE" not in answer.headers["Allow"]


def test_one_record_is_deleted_without_any_content_type(api: Api) -> None:
    api.post([{"_id": "a"}, {"_id": "b"}])
    assert told(api.send("DELETE", f"{WEATHER}/a")) == OK
    assert list(api.stored()) == ["b"]


@pytest.mark.parametrize(
    ("shown", "key"),
    [
        ("a", "a"),
        ("%20", " "),
        ("a%00b", "a\0b"),
        ("k" * 600, "k" * 600),
        ("a/b//c", "a/b//c"),
        ("ünïcode", "ünïcode"),
        ("%FF", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_deleting_a_record_that_there_is_not_is_told_as_text(
    api: Api, shown: str, key: str
) -> None:
    missing = {"messages": f"No record found with id {key}"}
    assert told(api.send("DELETE", f"{WEATHER}/{shown}")) == (400, missing)
    assert told(api.send("PATCH", f"{WEATHER}/{shown}", {"count": 1})) == (400, missing)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("2013-03-11T00:00:00+00:00.digital", "2013-03-11T00:00:00+00:00.digital"),
        ("MjAx//Mw==", "MjAx//Mw=="),
        ("/starts/with/a/slash", "/starts/with/a/slash"),
        ("ends/with/a/slash/", "ends/with/a/slash/"),
        ("/", "%2F"),
        ("a?b#c", "a%3Fb%23c"),
        ("100%25", "100%2525"),
        ("ünïcode", "%C3%BCn%C3%AFcode"),
        ("..", "%2E%2E"),
    ],
)
def test_any_id_can_be_changed_and_deleted(api: Api, key: str, shown: str) -> None:
    api.post({"_id": key, "count": 1})
    assert told(api.send("PATCH", f"{WEATHER}/{shown}", {"count": 2})) == OK
    assert api.stored()[key]["count"] == 2
    assert told(api.send("DELETE", f"{WEATHER}/{shown}")) == OK
    assert api.stored() == {}


def test_a_deleted_record_takes_its_figure_along(api: Api) -> None:
    api.make("allowance", "transactions-by-channel", token="own", service="allowance")
    address = "/data/allowance/transactions-by-channel"
    for channel, count in (("digital", 40), ("paper", 60)):
        body = {"_timestamp": MONDAY, "period": "week", "channel": channel, "count": count}
        api.post({**body, "_id": channel}, address, token="own")
    assert api.world.total("week", "2013-03-11") == (100, "reported", 1, 1, "week")
    api.send("DELETE", f"{address}/paper", token="own")
    assert api.world.total("week", "2013-03-11") == (40, "reported", 1, 1, "week")


def test_patch_lays_fields_over_the_record(api: Api) -> None:
    api.post({"_id": "a", "_timestamp": MONDAY, "count": 1, "kind": "old"})
    changes = {"count": 2, "kind": None, "_end_at": "2013-03-18", "_id": "a"}
    assert told(api.send("PATCH", f"{WEATHER}/a", changes)) == OK
    assert api.stored()["a"] == {
        "_id": "a",
        "_timestamp": MONDAY,
        "count": 2,
        "kind": None,
        "_end_at": "2013-03-18T00:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"b": 1}, ["b is not a valid key"]),
        ({"_updated_at": "now"}, ["_updated_at is not a recognised internal field"]),
        ({"count": [1]}, ["count has an invalid value"]),
        (
            {"_timestamp": "soon"},
            [
                "the _timestamp must be a date in the format yyyy-MM-ddT00:00:00Z",
                "_timestamp is not a valid datetime object",
            ],
        ),
        ({"_id": "b"}, ["the _id of a record cannot be changed."]),
        ({"_id": None}, ["the _id of a record cannot be changed."]),
        ([{"count": 1}], ["a record is an object with named fields, not a list."]),
        ("text", ["a record is an object with named fields, not text."]),
    ],
)
def test_what_patch_would_make_is_checked_like_a_record(
    api: Api, changes: object, sentences: list[str]
) -> None:
    api.post({"_id": "a", "_timestamp": MONDAY, "count": 1})
    before = rows(api)
    assert messages(api.send("PATCH", f"{WEATHER}/a", changes)) == sentences
    assert rows(api) == before


def test_what_patch_would_make_is_held_against_the_schema(api: Api) -> None:
    schema = {"required": ["count"], "properties": {"kind": {"enum": ["a", "b"]}}}
    api.make("group", "checked", token="own", schema=schema)
    address = "/data/group/checked"
    api.post({"_id": "a", "count": 1, "kind": "a"}, address, token="own")
    assert told(api.send("PATCH", f"{address}/a", {"kind": "b"}, token="own")) == OK
    assert messages(api.send("PATCH", f"{address}/a", {"kind": "c"}, token="own")) == [
        "'c' is not one of ['a', 'b']"
    ]


def test_patch_keeps_an_automatic_id(api: Api) -> None:
    api.make("group", "automatic", token="own", auto_ids=("_timestamp",))
    api.post({"_timestamp": "2013-03-11"}, "/data/group/automatic", token="own")
    (key,) = api.stored("group", "automatic")
    answer = api.send("PATCH", f"/data/group/automatic/{key}", {"count": 1}, token="own")
    assert told(answer) == OK
    assert api.stored("group", "automatic") == {key: {"_id": key, "_timestamp": MONDAY, "count": 1}}


def test_patching_moves_a_figure_along(api: Api) -> None:
    api.make("allowance", "transactions-by-channel", token="own", service="allowance")
    address = "/data/allowance/transactions-by-channel"
    body = {"_timestamp": MONDAY, "period": "week", "channel": "digital", "count": 40}
    api.post({**body, "_id": "a"}, address, token="own")
    api.send("PATCH", f"{address}/a", {"count": 41}, token="own")
    assert api.world.total("week", "2013-03-11") == (41, "reported", 1, 1, "week")
    api.send("PATCH", f"{address}/a", {"count": None}, token="own")
    assert api.world.total("week", "2013-03-11") is None


def test_an_admin_clears_a_data_set_by_its_name_and_its_settings_survive(api: Api) -> None:
    api.make("group", "named", token="own", name="some name", title="Its title")
    api.post([{"_id": "a"}, {"_id": "b"}], "/data/group/named", token="own")
    answer = api.send("DELETE", "/data-sets/some%20name", token=ADMIN_TOKEN)
    assert told(answer) == (200, {"status": "ok", "message": "Deleted some name"})
    assert api.stored("group", "named") == {}
    with api.engine.connect() as connection:
        found = find(connection, "group", "named")
    assert found is not None
    assert found.entry.title == "Its title"
    assert told(api.post({"_id": "c"}, "/data/group/named", token="own")) == OK


@pytest.mark.parametrize("name", ["group_weather", "nothing", "%00"])
def test_a_data_set_without_records_cannot_be_cleared(api: Api, name: str) -> None:
    shown = name.replace("%00", "\0")
    missing = error(f'No collection exists with name "{shown}"')
    answer = api.send("DELETE", f"/data-sets/{name}", token=ADMIN_TOKEN)
    assert told(answer) == (404, missing)


def test_posting_the_same_again_changes_nothing_but_nothing_is_refused(api: Api) -> None:
    records = [{"_id": str(n), "_timestamp": MONDAY, "count": n} for n in range(20)]
    api.post(records)
    before = rows(api)
    assert told(api.post(records)) == OK
    assert rows(api) == before


def test_a_failure_of_ours_says_no_more_than_that(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    before = rows(api)
    monkeypatch.setattr("data.revisions.upsert", full)
    status, body = told(api.post({"_id": "a"}))
    assert (status, body["status"], body["message"]) == (500, "error", "Internal Server Error")
    assert TOKEN not in str(body)
    assert rows(api) == before


def test_the_audit_tells_emptying_from_sending(api: Api) -> None:
    assert api.post([{"_id": "one"}]).status_code == 200
    assert api.send("PUT", body=[]).status_code == 200
    with api.engine.connect() as connection:
        entries = audits.newest(connection, 2)
    assert [(entry.action, entry.actor) for entry in entries] == [
        ("empty", "token collector of group/weather"),
        ("deliver", "token collector of group/weather"),
    ]


def test_a_data_set_that_is_removed_while_records_come_is_missing(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_: Any) -> None:
        raise UnknownDataSet(DataSetKey("group", "weather"))

    monkeypatch.setattr(writes, "deliver", too_late)
    monkeypatch.setattr(data_sets, "empty", too_late)
    missing = (404, error("Could not find data_set_config"))
    assert told(api.post([{"_id": "one"}])) == missing
    assert told(api.send("PUT", body=[])) == missing

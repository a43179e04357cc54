"""Records are taken away as Excel, and explained, under the rules that they are read by."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from csvw import CSVW
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from api import csvw, workbooks
from config import Settings
from data.datatypes import data_type
from data.spreadsheets.files import read_book
from data.spreadsheets.targets import shape_of
from data.spreadsheets.understanding import understood
from tests.api.records.asking import address, body, day, read, refusal
from tests.api.records.test_hidden import HIDDEN, OTHER, OWNER, PRIVATE, api, client
from tests.api.records.writing import WEATHER, Api
from tests.api.serving import serving
from tests.data.spreadsheets.workbooks import LIMITS

__all__ = ["api"]
EXPORT = "/api/data-sets/group/weather/records"
CHANNELS = "/data/allowance/transactions-by-channel"
RECORDS = [
    {"_id": "a", "_timestamp": "2013-03-11T12:00:00.5Z", "kind": "=1", "value": -5, "dry": True},
    {"_id": "b", "_timestamp": "2013-03-12T00:00:00Z", "kind": "x", "value": 0.25, "dry": False},
]


@pytest.fixture
def filled(readable: Api) -> Api:
    readable.post(RECORDS)
    return readable


def columns_of(api: Api, **query: Any) -> dict[str, dict[str, Any]]:
    answer = read(api, EXPORT, format="csvw", **query)
    assert (answer.status_code, answer.mimetype) == (200, csvw.MEDIA_TYPE), answer.text
    assert isinstance(answer.json, dict)
    return {column["titles"]: column for column in answer.json["tableSchema"]["columns"]}


def sheet_of(data: bytes, name: str = workbooks.FIGURES) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python()


QUERIES = (
    "",
    "?group_by=kind&collect=value:sum&collect=value:set",
    "?group_by=kind&period=day&start_at=2013-03-11T00:00:00Z&end_at=2013-03-18T00:00:00Z",
)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("query", QUERIES)
def test_a_csv_of_records_is_found_and_read_by_its_metadata(filled: Api, query: str) -> None:
    asked = f"{WEATHER}{query or '?'}&format=csv".replace("?&", "?")
    with serving(filled.client.application) as root:
        table = CSVW(f"{root}{asked}", validate=True)
        assert table.is_valid
        (described,) = table.tables
        found = list(described)
    header = filled.client.get(asked).text.partition("\r\n")[0].split(",")
    assert [str(column.titles) for column in described.tableSchema.columns] == header
    assert len(found) == (14 if "period" in query else 2)


def test_each_column_says_what_it_holds_by_what_the_records_hold(filled: Api) -> None:
    told = columns_of(filled)
    assert told["value"]["datatype"] == "number"
    assert told["dry"]["datatype"] == {"base": "boolean", "format": "true|false"}
    assert (told["kind"]["datatype"], told["kind"]["required"]) == ("string", True)
    assert told["_timestamp"]["datatype"] == "dateTime"
    assert told["_timestamp"]["name"] == "timestamp"
    assert told["_week_start_at"]["dc:description"] == "The first moment of the week that it is in."
    filled.post({"_id": "c", "kind": None, "value": "many"})
    told = columns_of(filled)
    assert (told["value"]["datatype"], told["kind"]["required"]) == ("string", False)


def test_the_meaning_of_a_field_is_that_of_its_data_type(readable: Api) -> None:
    more: dict[str, Any] = {"service": "allowance", "raw_queries_allowed": True}
    readable.make("allowance", "transactions-by-channel", channels=("digital",), **more)
    example = dict(data_type("transactions-by-channel").example)
    assert readable.post([example], CHANNELS).status_code == 200
    path = "/api/data-sets/allowance/transactions-by-channel/records"
    answer = read(readable, path, group_by="channel", collect="count:sum", format="csvw")
    assert isinstance(answer.json, dict)
    told = {column["titles"]: column for column in answer.json["tableSchema"]["columns"]}
    field = next(
        item for item in data_type("transactions-by-channel").fields if item.name == "count"
    )
    assert told["count:sum"]["dc:description"] == f"The sum of count ({field.help.rstrip('.')})."
    assert told["count:sum"]["name"] == "count_sum"
    assert told["count:sum"].get("schema:unitText", "") == field.unit
    assert told["_count"]["dc:description"] == "How many records."


def test_metadata_say_what_was_asked_and_where_the_csv_is(filled: Api) -> None:
    query = "filter_by=kind:x&format=csvw&limit=1"
    told = filled.client.get(f"{EXPORT}?{query}").json
    assert told is not None
    assert told["url"] == f"http://localhost{WEATHER}?filter_by=kind:x&format=csv&limit=1"
    assert told["dc:source"] == {"@id": f"http://localhost{WEATHER}"}
    assert [(one["schema:name"], one["schema:value"]) for one in told["notes"]] == [
        ("filter_by", "kind:x"),
        ("limit", "1"),
    ]
    age = datetime.now(UTC) - datetime.fromisoformat(told["dc:modified"]["@value"])
    assert 0 <= age.total_seconds() < 3600


def test_no_records_are_a_csv_without_a_header(readable: Api) -> None:
    told = read(readable, EXPORT, format="csvw").json
    assert told is not None
    assert (told["dialect"]["header"], told["tableSchema"]["columns"]) == (False, [])
    assert sheet_of(read(readable, EXPORT, format="xlsx").data) == []


def test_a_workbook_of_records_has_numbers_moments_and_text_as_it_was_sent(filled: Api) -> None:
    answer = read(filled, EXPORT, format="xlsx", sort_by="_id:ascending")
    header, first, second = sheet_of(answer.data)
    cells = dict(zip(header, first, strict=True))
    assert (cells["kind"], cells["value"], cells["dry"]) == ("=1", -5, True)
    assert cells["_timestamp"] == datetime(2013, 3, 11, 12, 0, 0, 500000)
    assert dict(zip(header, second, strict=True))["_day_start_at"] == date(2013, 3, 12)
    about = {row[0]: row[1:] for row in sheet_of(answer.data, workbooks.ABOUT)}
    assert about["Asked: sort_by"][0].endswith("_id:ascending")
    assert about["_timestamp"][1] == "moment in UTC"


def test_a_csv_names_its_metadata_and_any_page_may_read_that(filled: Api) -> None:
    answer = read(filled, WEATHER, format="csv", group_by="kind")
    assert answer.headers["Link"] == (
        f'<http://localhost{EXPORT}?format=csvw&group_by=kind>; rel="describedby"; '
        f'type="{csvw.MEDIA_TYPE}"'
    )
    assert answer.headers["Access-Control-Expose-Headers"] == "Link"


@pytest.mark.parametrize("format", ["xlsx", "csvw"])
def test_any_format_but_csv_stays_json_at_the_contracts_address(filled: Api, format: str) -> None:
    assert body(read(filled, format=format, group_by="kind"))["data"][0]["_count"] == 1


@pytest.mark.parametrize("format", ["xlsx", "csvw"])
def test_what_is_known_is_not_sent_again(filled: Api, format: str) -> None:
    first = read(filled, EXPORT, format=format)
    again = filled.client.get(
        address(EXPORT, format=format), headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    head = filled.client.head(address(EXPORT, format=format))
    assert (head.status_code, head.data) == (200, b"")
    filled.post({"_id": "z"})
    assert read(filled, EXPORT, format=format).headers["ETag"] != first.headers["ETag"]


def test_what_is_wrong_is_said_as_the_record_api_says_it(filled: Api) -> None:
    assert refusal(filled, EXPORT, foo="bar") == "An unrecognised parameter was provided"
    assert refusal(filled, EXPORT, format="pdf") == (
        "format must be csvw or xlsx here, not 'pdf'; /data/group/weather answers JSON and CSV."
    )
    assert read(filled, "/api/data-sets/group/missing/records", format="xlsx").status_code == 404


def test_what_is_not_published_is_json_alone(readable: Api) -> None:
    readable.make(type="sketch", published=False, token=None, raw_queries_allowed=True)
    assert refusal(readable, "/api/data-sets/group/sketch/records", format="xlsx") == (
        "The data set is not published: /data/group/sketch answers JSON with a warning, and that "
        "alone."
    )


@pytest.mark.parametrize("path", [PRIVATE, HIDDEN])
@pytest.mark.parametrize("format", ["xlsx", "csvw"])
def test_what_is_hidden_is_hidden_here_too(api: Api, path: str, format: str) -> None:
    there = f"{path.replace('/data/', '/api/data-sets/')}/records?format={format}"
    for viewer in (None, OTHER):
        answer = client(api, viewer).get(there)
        assert (answer.status_code, answer.json) == (
            404,
            {"status": "error", "message": "data_set not found"},
        )
    answer = client(api, OWNER).get(there)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_as_many_records_are_refused_as_for_json(tmp_path_factory: pytest.TempPathFactory) -> None:
    few = Api(tmp_path_factory.mktemp("few"), Settings(query_rows_most=1))
    few.make(raw_queries_allowed=True)
    few.post(RECORDS)
    for format in ("xlsx", "csvw"):
        told = refusal(few, EXPORT, 413, format=format)
        assert told.startswith("The answer would have more than 1 ")
    few.engine.dispose()


def test_a_workbook_of_more_cells_than_one_may_have_is_refused_while_its_csv_is_not(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    few = Api(tmp_path_factory.mktemp("cells"), Settings(workbook_cells_most=3))
    few.make(raw_queries_allowed=True)
    few.post(RECORDS)
    assert "one may have 3 (the setting WORKBOOK_CELLS_MOST)" in refusal(
        few, EXPORT, 413, format="xlsx"
    )
    assert read(few, WEATHER, format="csv").status_code == 200
    few.engine.dispose()


WORDS = st.text(st.sampled_from("'=+-@ab5é"), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def channels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    made = Api(tmp_path_factory.mktemp("channels"))
    made.make("allowance", "transactions-by-channel", raw_queries_allowed=True)
    yield made
    made.engine.dispose()


# Each example opens a workbook in a process of its own.
@settings(max_examples=8, deadline=None)
@given(names=st.lists(WORDS, min_size=1, max_size=4, unique=True))
def test_any_channel_comes_back_through_csv_and_workbook_and_an_upload(
    channels: Api, names: list[str]
) -> None:
    channels.send("PUT", CHANNELS, [])
    sent = [
        {"_timestamp": day(4), "period": "week", "channel": name, "count": number}
        for number, name in enumerate(names)
    ]
    answer = channels.post(sent, CHANNELS)
    assert answer.status_code == 200, answer.text
    path = "/api/data-sets/allowance/transactions-by-channel/records"
    files = {
        "figures.csv": read(channels, CHANNELS, format="csv").data,
        "figures.xlsx": read(channels, path, format="xlsx").data,
    }
    for name, data in files.items():
        shape = shape_of(data_type("transactions-by-channel"))
        found = understood(read_book(data, name, LIMITS), shape)
        known = [
            {key: record[key] for key in ("_timestamp", "period", "channel", "count")}
            for record in found.records
        ]
        assert sorted(known, key=str) == sorted(sent, key=str), name

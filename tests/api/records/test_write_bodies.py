"""What may be sent: JSON, plain or in gzip, of a bounded size, whatever else is tried."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator

import pytest

from config import Settings
from tests.api.records.writing import WEATHER, Api, error, messages, packed, told

MOST = 1000
OK = (200, {"status": "ok"})
EMPTY = error("Expected JSON request body but received zero bytes.")
NOT_JSON = "ValidationError('Expected header: Content-type: application/json',)"
NOT_GZIP = error("The body is not gzip, or it was cut short.")
TOO_LARGE = error("The body may have 1,000 bytes at most, also when it is unpacked.")
RECORD = f"{WEATHER}/key"
WITH_BODY = [("POST", WEATHER), ("PUT", WEATHER), ("PATCH", RECORD)]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    made = Api(tmp_path_factory.mktemp("bodies"), Settings(body_bytes_most=MOST))
    made.make()
    yield made
    made.engine.dispose()


@pytest.mark.parametrize(("method", "address"), WITH_BODY)
@pytest.mark.parametrize("sent", [b"", gzip.compress(b"", mtime=0)])
def test_no_bytes_at_all_are_told(api: Api, method: str, address: str, sent: bytes) -> None:
    assert told(api.send(method, address, sent, Content_Encoding="gzip")) == (400, EMPTY)


@pytest.mark.parametrize(("method", "address"), WITH_BODY)
def test_no_bytes_and_no_header_are_told_before_the_content_type(
    api: Api, method: str, address: str
) -> None:
    assert told(api.send(method, address)) == (400, EMPTY)
    assert told(api.send(method, address, b"", Content_Type="text/plain")) == (400, EMPTY)


@pytest.mark.parametrize(
    ("content_type", "sent"),
    [
        ("text/plain", b"[]"),
        ("text/csv", b"[]"),
        ("application/vnd.api+json", b"[]"),
        ("application/jsonx", b"[]"),
        ("", b"[]"),
        ("text/plain", b"no JSON"),
        ("application/json", b"null"),
        ("application/json", b" null "),
    ],
)
def test_another_content_type_or_null_is_told_in_the_form_of_each_method(
    api: Api, content_type: str, sent: bytes
) -> None:
    assert messages(api.post(sent, Content_Type=content_type)) == [NOT_JSON]
    for method, address in WITH_BODY[1:]:
        answer = api.send(method, address, sent, Content_Type=content_type)
        assert told(answer) == (400, error(NOT_JSON))


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json; charset=utf-8", "Application/JSON;x=y"],
)
def test_parameters_of_the_content_type_are_fine(api: Api, content_type: str) -> None:
    assert told(api.post([], Content_Type=content_type)) == OK


@pytest.mark.parametrize(("method", "address"), WITH_BODY)
@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (b"no", "Expecting value: line 1 column 1 (char 0)"),
        (b" ", "Expecting value: line 1 column 2 (char 1)"),
        (b"[] []", "Extra data: line 1 column 4 (char 3)"),
        (b'{"count": NaN}', "NaN is no JSON"),
        (b'{"count": Infinity}', "Infinity is no JSON"),
        (b'{"count": -Infinity}', "-Infinity is no JSON"),
        (b'{"count": 1, "count": 2}', "an object has 'count' twice"),
        (b'{"a": {"b": 1, "b": 1}}', "an object has 'b' twice"),
        (b'{"text": "\\ud800"}', "it is not text in UTF-8"),
        (b'{"\\udc00\\ud800": 1}', "it is not text in UTF-8"),
        (b'{"text": "\xed\xa0\x80"}', "it is not text in UTF-8"),
        (b'{"text": "\xff"}', "it is not text in UTF-8"),
        ('{"text": "a"}'.encode("utf-16"), "it is not text in UTF-8"),
    ],
)
def test_bad_json_is_told_with_the_reason(
    api: Api, method: str, address: str, sent: bytes, reason: str
) -> None:
    sentence = f'Error parsing JSON: "{reason}"'
    assert told(api.send(method, address, sent)) == (400, error(sentence))


@pytest.fixture(scope="module")
def roomy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The same with the bound that the platform comes with."""
    made = Api(tmp_path_factory.mktemp("roomy"))
    made.make()
    made.make("group", "checked", schema={"properties": {"aa": {"type": "number"}}})
    yield made
    made.engine.dispose()


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_what_is_nested_ten_thousand_levels_deep_is_told(
    roomy: Api, opening: bytes, closing: bytes
) -> None:
    deep = error('Error parsing JSON: "it is nested too deeply"')
    assert told(roomy.post(opening * 10_000 + b"1" + closing * 10_000)) == (400, deep)


@pytest.mark.parametrize("levels", [1, 10, 100, 300, 500, 700, 800, 850, 900, 950, 1000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"aa":', b"}")])
def test_what_is_nested_less_deeply_is_refused_in_words_as_well(
    roomy: Api, levels: int, opening: bytes, closing: bytes
) -> None:
    for address in (WEATHER, "/data/group/checked"):
        body = b'[{"aa":' + opening * levels + b"1" + closing * levels + b"}]"
        status, found = told(roomy.post(body, address))
        assert status == 400
        assert found.get("messages") or found.get("message")


def test_numbers_of_thousands_of_digits_are_told(roomy: Api) -> None:
    digits = error('Error parsing JSON: "a number has too many digits"')
    assert told(roomy.post(b'{"count": ' + b"9" * 5000 + b"}")) == (400, digits)
    assert messages(roomy.post(b'{"count": ' + b"9" * 4000 + b"}")) == [
        "count has an invalid value"
    ]


@pytest.mark.parametrize("number", ["1e400", "-1e400", "9223372036854775808"])
def test_numbers_beyond_what_engines_hold_are_told(roomy: Api, number: str) -> None:
    assert messages(roomy.post(f'{{"count": {number}}}'.encode())) == ["count has an invalid value"]


def test_a_nul_is_told(roomy: Api) -> None:
    assert messages(roomy.post(b'{"text": "a\\u0000b"}')) == ["text has an invalid value"]
    assert messages(roomy.post(b'{"a\\u0000b": 1}')) == ["a\0b is not a valid key"]
    assert messages(roomy.post(b'{"_id": "a\\u0000b"}')) == ["_id has an invalid value"]


def test_text_beyond_the_first_plane_is_held_however_it_is_written(roomy: Api) -> None:
    escaped = b'{"_id": "escaped", "text": "\\ud83d\\ude00"}'
    plain = '{"_id": "plain", "text": "\N{GRINNING FACE}"}'.encode()
    marked = b"\xef\xbb\xbf" + plain.replace(b"plain", b"marked")
    for body in (escaped, plain, marked):
        assert told(roomy.post(body)) == OK
    for key in ("escaped", "plain", "marked"):
        assert roomy.stored()[key]["text"] == "\N{GRINNING FACE}"


@pytest.mark.parametrize("item", [b"5", b"1.5", b'"text"', b"true", b"[]", b"[[]]", b"[null]"])
def test_elements_that_are_not_objects_are_told(api: Api, item: bytes) -> None:
    if item == b"[]":
        assert told(api.post(item)) == OK
        return
    (sentence,) = messages(api.post(item))
    assert sentence.startswith("a record is an object with named fields, not ")


def test_each_element_that_is_not_an_object_is_told_with_its_place(api: Api) -> None:
    sentences = [
        "a record is an object with named fields, not a number.",
        "a record is an object with named fields, not text.",
    ]
    assert told(api.post([{}, 5, {"b": 1}, "text"])) == (
        400,
        {
            "messages": sentences,
            "faults": [
                {"record": 2, "field": "", "message": sentences[0]},
                {"record": 4, "field": "", "message": sentences[1]},
            ],
        },
    )


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "x-gzip", "identity, gzip"])
def test_gzip_is_unpacked(api: Api, encoding: str) -> None:
    sent = packed([{"_id": encoding.replace(", ", "-"), "count": 5}])
    assert told(api.post(sent, Content_Encoding=encoding)) == OK
    assert api.stored()[encoding.replace(", ", "-")]["count"] == 5


def test_gzip_in_several_members_is_one_body(api: Api) -> None:
    sent = gzip.compress(b'[{"_id": "two-') + gzip.compress(b'members"}]')
    assert told(api.post(sent, Content_Encoding="gzip")) == OK
    assert "two-members" in api.stored()


@pytest.mark.parametrize(
    "sent",
    [
        b"[]",
        b"\x1f\x8b",
        packed([{"_id": "a"}])[:-9],
        packed([{"_id": "a"}])[:-1],
        packed([{"_id": "a"}])[:15],
        packed([{"_id": "a"}])[:-8] + b"\0" * 8,
        packed([{"_id": "a"}]) + b"more",
        zlib.compress(b"[]"),
        packed([{"_id": "a"}])[:12] + b"\xff" * 10 + packed([{"_id": "a"}])[22:],
    ],
)
@pytest.mark.parametrize(("method", "address"), WITH_BODY)
def test_what_is_not_gzip_or_was_cut_short_is_told(
    api: Api, sent: bytes, method: str, address: str
) -> None:
    assert told(api.send(method, address, sent, Content_Encoding="gzip")) == (400, NOT_GZIP)


def _filled(size: int) -> bytes:
    """A record of exactly that many bytes."""
    empty = json.dumps([{"_id": "filled", "text": ""}]).encode()
    return empty.replace(b'""', b'"' + b"a" * (size - len(empty)) + b'"')


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_body_of_as_many_bytes_as_there_may_be_is_written(api: Api, encoding: str) -> None:
    sent = gzip.compress(_filled(MOST)) if encoding else _filled(MOST)
    assert told(api.post(sent, Content_Encoding=encoding)) == OK


@pytest.mark.parametrize(("method", "address"), WITH_BODY)
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_byte_more_is_too_large(api: Api, method: str, address: str, encoding: str) -> None:
    sent = gzip.compress(_filled(MOST + 1)) if encoding else _filled(MOST + 1)
    assert told(api.send(method, address, sent, Content_Encoding=encoding)) == (413, TOO_LARGE)


def test_a_bomb_is_never_unpacked_whole(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked = 0
    read = gzip.GzipFile.read

    def counted(file: gzip.GzipFile, size: int | None = -1) -> bytes:
        nonlocal unpacked
        found = read(file, size)
        unpacked += len(found)
        return found

    monkeypatch.setattr(gzip.GzipFile, "read", counted)
    # A megabyte of blanks is a thousandth of that when it is packed.
    bomb = gzip.compress(b" " * 900_000)
    assert len(bomb) < MOST
    assert told(api.post(bomb, Content_Encoding="gzip")) == (413, TOO_LARGE)
    assert unpacked == MOST + 1


@pytest.mark.parametrize(("size", "left"), [(MOST + 1, 0), (4 * MOST, 0), (4 * MOST + 1, 4001)])
def test_who_sends_somewhat_too_much_is_heard_out_and_so_reads_why(
    api: Api, size: int, left: int
) -> None:
    body = io.BytesIO(_filled(size))
    answer = api.client.post(
        WEATHER,
        input_stream=body,
        headers={"Authorization": "Bearer the-token", "Content-Type": "application/json"},
        content_length=size,
    )
    assert told(answer) == (413, TOO_LARGE)
    assert len(body.getvalue()) - body.tell() == left


def test_a_body_that_comes_in_pieces_is_bounded_too(api: Api) -> None:
    headers = {"Authorization": "Bearer the-token", "Content-Type": "application/json"}
    for size, status in ((MOST, 200), (MOST + 1, 413)):
        answer = api.client.post(
            WEATHER,
            input_stream=io.BytesIO(_filled(size)),
            headers=headers,
            environ_overrides={"wsgi.input_terminated": True},
        )
        assert answer.status_code == status


def test_what_is_too_large_after_packing_is_too_large(api: Api) -> None:
    sent = gzip.compress(b"[]", compresslevel=0) * 100
    assert told(api.post(sent, Content_Encoding="gzip")) == (413, TOO_LARGE)


def test_a_body_of_nothing_but_empty_records_is_bounded_by_their_number(api: Api) -> None:
    # A thousand bytes are room for twenty records of fifty.
    assert told(api.post([{}] * 20)) == OK
    many = error("A body may have 20 records at most. Send them in several.")
    assert told(api.post([{}] * 21)) == (413, many)


def test_a_large_batch_of_small_records_is_written_whole(roomy: Api) -> None:
    roomy.make("group", "large")
    records = [{"_id": str(number), "count": number} for number in range(5000)]
    assert told(roomy.post(packed(records), "/data/group/large", Content_Encoding="gzip")) == OK
    assert len(roomy.stored("group", "large")) == 5000


@pytest.mark.parametrize("token", [None, "wrong"])
def test_a_body_that_nobody_asked_for_is_read_to_its_end(api: Api, token: str | None) -> None:
    """Else the server ends the connection, and the client's next request on it is lost."""
    body = io.BytesIO(b"x" * 3 * MOST)
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    answer = api.client.post(WEATHER, input_stream=body, content_length=3 * MOST, headers=headers)
    assert answer.status_code == 401
    assert body.read() == b""

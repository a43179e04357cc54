"""Who may write: a data set's own tokens, checked before anything that was sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from data import tokens
from data.data_sets import find, put
from data.entries import DataSetEntry
from data.tables import audit, service
from data.tables import token as token_table
from tests.api.records.writing import ADMIN_TOKEN, TEST, TOKEN, WEATHER, Api, error, told

EXPECTED = "Expected header of form: Authorization: Bearer <token>"
WRONG = "Unauthorized: Invalid bearer token for 'group_weather'"
UNKNOWN = error("Could not find data_set_config")
EVERY_WRITE = [
    ("POST", WEATHER),
    ("PUT", WEATHER),
    ("DELETE", f"{WEATHER}/key"),
    ("PATCH", f"{WEATHER}/key"),
]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    made = Api(tmp_path_factory.mktemp("tokens"))
    made.make()
    made.make("group", "closed", token=None)
    made.make("group", "other", token="another-token", name="the other")
    made.make("group", "unreadable", queryable=False)
    made.make("group", "secret", token="secret-token", private=True)
    yield made
    made.engine.dispose()


@pytest.mark.parametrize(("method", "address"), EVERY_WRITE)
def test_a_data_set_that_there_is_not_is_told_before_all_else(
    api: Api, method: str, address: str
) -> None:
    for missing in (address.replace("weather", "climate"), address.replace("group", "nobody")):
        assert told(api.send(method, missing, b"no JSON", token=None)) == (404, UNKNOWN)


@pytest.mark.parametrize("missing", ["/data/%00/weather", "/data/group/%00", "/data/%FF/weather"])
def test_a_name_that_nothing_can_have_is_not_found(api: Api, missing: str) -> None:
    assert told(api.post([], missing)) == (404, UNKNOWN)


@pytest.mark.parametrize(("method", "address"), EVERY_WRITE)
def test_without_a_header_its_form_is_told(api: Api, method: str, address: str) -> None:
    answer = api.send(method, address, b"no JSON", token=None)
    assert told(answer) == (401, error(EXPECTED))
    assert answer.headers["WWW-Authenticate"] == "bearer"


@pytest.mark.parametrize(("method", "address"), EVERY_WRITE)
@pytest.mark.parametrize(
    "header",
    [
        "Bearer wrong",
        "Bearer another-token",
        f"Bearer {ADMIN_TOKEN}",
        f"Bearer  {TOKEN}",
        f"Bearer {TOKEN} ",
        f"Bearer {TOKEN} {TOKEN}",
        f"bearer {TOKEN}",
        f"Token {TOKEN}",
        f"Basic {TOKEN}",
        TOKEN,
        "Bearer",
        "Bearer ",
        "",
        "Bearer None",
        "Bearer ünïcode",
    ],
)
def test_a_wrong_token_is_told_without_being_repeated(
    api: Api, method: str, address: str, header: str
) -> None:
    answer = api.send(method, address, b"no JSON", token=None, Authorization=header)
    assert told(answer) == (401, error(WRONG))
    assert answer.headers["WWW-Authenticate"] == "bearer"


def test_a_data_set_without_a_token_admits_nobody(api: Api) -> None:
    for token in (TOKEN, ADMIN_TOKEN, "None", "null"):
        wrong = error("Unauthorized: Invalid bearer token for 'group_closed'")
        assert told(api.post([], "/data/group/closed", token=token)) == (401, wrong)


def test_the_name_of_the_data_set_is_told_as_it_was_given(api: Api) -> None:
    wrong = error("Unauthorized: Invalid bearer token for 'the other'")
    assert told(api.post([], "/data/group/other")) == (401, wrong)


def test_what_cannot_be_read_can_be_written(api: Api) -> None:
    assert told(api.post([], "/data/group/unreadable")) == (200, {"status": "ok"})


def test_a_hidden_data_set_is_missing_but_for_who_has_its_token(api: Api) -> None:
    for token in (None, TOKEN, "wrong"):
        assert told(api.post([], "/data/group/secret", token=token)) == (404, UNKNOWN)
    assert told(api.post([], "/data/group/secret", token="secret-token")) == (
        200,
        {"status": "ok"},
    )


def test_a_data_set_of_a_service_that_is_not_published_is_hidden_too(api: Api) -> None:
    api.make("pension", "weather", token="pension-token", service="pension")
    with api.engine.begin() as connection:
        connection.execute(
            update(service).where(service.c.slug == "pension").values(published=False)
        )
    assert told(api.post([], "/data/pension/weather")) == (404, UNKNOWN)
    assert told(api.post([], "/data/pension/weather", token="pension-token"))[0] == 200


def test_several_tokens_are_good_until_they_expire_or_are_revoked(api: Api) -> None:
    stored = api.make("group", "rotating", token="old")
    tokens.create(api.engine, stored.id, "new", datetime(2100, 1, 1, tzinfo=UTC), TEST, text="new")
    for text in ("old", "new"):
        assert told(api.post([], "/data/group/rotating", token=text))[0] == 200
    with api.engine.begin() as connection:
        old = update(token_table).where(token_table.c.data_set_id == stored.id)
        connection.execute(old.where(token_table.c.name == "collector").values(expires_at=1))
    wrong = error("Unauthorized: Invalid bearer token for 'group_rotating'")
    assert told(api.post([], "/data/group/rotating", token="old")) == (401, wrong)
    assert told(api.post([], "/data/group/rotating", token="new"))[0] == 200


def test_the_audit_says_which_token_wrote_and_the_token_when_it_was_used(api: Api) -> None:
    stored = api.make("group", "audited", token="audited")
    api.post([{"_id": "a"}], "/data/group/audited", token="audited")
    with api.engine.connect() as connection:
        query = audit.select().where(audit.c.data_set_id == stored.id)
        entries = connection.execute(query.order_by(audit.c.id)).all()
        (token,) = tokens.listed(connection, stored.id)
    assert (entries[-1].actor, entries[-1].subject) == (
        "token collector of group/audited",
        "data set group/audited",
    )
    assert token.last_used_at is not None


def test_a_setting_that_changes_leaves_the_token_good(api: Api) -> None:
    api.make("group", "changing", token="changing")
    put(api.engine, DataSetEntry("group", "changing", title="Another"), TEST)
    assert told(api.post([], "/data/group/changing", token="changing"))[0] == 200
    with api.engine.connect() as connection:
        found = find(connection, "group", "changing")
    assert found is not None
    assert found.entry.title == "Another"


@pytest.mark.parametrize(
    ("name", "token"),
    [
        ("group_weather", None),
        ("group_weather", TOKEN),
        ("group_weather", "wrong"),
        ("nothing", None),
        ("%00", None),
    ],
)
def test_only_an_admin_clears_a_data_set_by_its_name(
    api: Api, name: str, token: str | None
) -> None:
    answer = api.send("DELETE", f"/data-sets/{name}", token=token)
    shown = name.replace("%00", "\0")
    sentence = f'Unauthorized: invalid or no token given for "{shown}".'
    assert told(answer) == (401, error(sentence))
    assert answer.headers["WWW-Authenticate"] == "bearer"

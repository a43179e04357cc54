"""A database that is busy or cannot be reached: the answer says so, and when to try again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from api.blueprint import blueprint
from api.data_sets import admin_blueprint
from api.records.blueprint import record_blueprint
from config import VERSION, Settings
from data import dialect, write_locks
from data.administration import Administration
from data.reader import Reader
from tests.api.records.writing import ADMIN_TOKEN, WEATHER, Api
from tests.fixtures.databases import written_to
from tests.fixtures.kept import Kept

BODY = {
    "status": "error",
    "message": "The database cannot be reached, or is busy with what others write. Nothing was "
    "written. Try again in 30 seconds.",
}


class PostgresqlSays(Exception):
    """An error of PostgreSQL's driver."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("no")
        self.sqlstate = sqlstate


@pytest.fixture
def api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """The record API and the admin API; writers wait for a thousandth of a second alone."""
    monkeypatch.setattr(write_locks, "PATIENCE", 1)
    made = Api(tmp_path)
    admin = admin_blueprint(Administration(made.engine), Settings())
    made.client.application.register_blueprint(admin)
    made.make()
    yield made
    made.engine.dispose()


def test_a_write_that_waits_too_long_may_be_sent_again(api: Api) -> None:
    with written_to(api.engine):
        answer = api.post([{"_id": "one"}])
    assert (answer.status_code, answer.json) == (503, BODY)
    assert answer.headers["Retry-After"] == "30"
    assert api.stored() == {}
    assert api.post([{"_id": "one"}]).status_code == 200


def test_settings_that_wait_too_long_may_be_sent_again(api: Api) -> None:
    address = "/api/data-sets/group/weather"
    with written_to(api.engine):
        answer = api.send("PUT", address, {"title": "Rain"}, token=ADMIN_TOKEN)
    assert (answer.status_code, answer.json) == (503, BODY)
    assert answer.headers["Retry-After"] == "30"


def test_reading_does_not_wait_for_a_writer(api: Api) -> None:
    with written_to(api.engine):
        assert api.send("GET", f"{WEATHER}?group_by=place", token=None).status_code == 200


def test_the_status_is_an_error_while_the_database_is_away(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/missing/platform.sqlite")
    app = Flask("test")
    app.register_blueprint(record_blueprint(Reader(engine, Kept()), engine, Settings(), str))
    answer = app.test_client().get("/_status")
    more = {"version": VERSION, "database": {"reachable": False}}
    assert (answer.status_code, answer.json) == (503, {**BODY, **more})
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert str(tmp_path) not in answer.text


@pytest.mark.parametrize("address", ["/_status/data-sets", "/data/group/weather", "/api/services"])
def test_a_database_that_cannot_be_opened_is_told_everywhere(address: str, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/missing/platform.sqlite")
    app, reader = Flask("test"), Reader(engine, Kept())
    app.register_blueprint(record_blueprint(reader, engine, Settings(), str))
    app.register_blueprint(blueprint(reader, Settings()))
    answer = app.test_client().get(address)
    assert (answer.status_code, answer.json) == (503, BODY)
    assert answer.headers["Retry-After"] == "30"
    assert str(tmp_path) not in answer.text


@pytest.mark.parametrize("state", [None, "08006", "53300", "55P03", "40P01", "57P01", "57P03"])
def test_postgresql_says_that_it_is_away_or_busy(state: str | None) -> None:
    assert dialect.is_away(OperationalError("select", {}, PostgresqlSays(state)))


def test_what_is_wrong_with_a_question_is_not_the_databases_absence() -> None:
    # A query that was stopped; a table that is not there.
    assert not dialect.is_away(OperationalError("select", {}, PostgresqlSays("57014")))
    assert not dialect.is_away(ProgrammingError("select", {}, PostgresqlSays("42P01")))
    assert not dialect.is_away(ValueError())


@pytest.mark.sqlite
def test_a_table_that_sqlite_does_not_have_is_a_failure_of_ours(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/empty.sqlite")
    with engine.connect() as connection, pytest.raises(OperationalError) as raised:
        connection.exec_driver_sql("SELECT * FROM revision")
    engine.dispose()
    assert not dialect.is_away(raised.value)

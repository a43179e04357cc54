"""Parameters that are unknown or not what they may be are refused in a sentence."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from api.parameters import PARAMETERS, parameters_of
from api.routes import ROUTES
from config import Settings
from kpi.definitions import SLUGS
from tests.api.conftest import client_of
from tests.api.reading import body_of, refusal, rows_of

KPIS = ", ".join(SLUGS[:-1]) + " or total-cost"
NOT_A_DATE = "must be a date such as 2017-10-01, not"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "/kpis/definitions?colour=red",
            "There is no parameter 'colour' here. The parameters are: limit, offset, format.",
        ),
        ("/kpis?kpi=happiness", f"kpi must be {KPIS}, not 'happiness'."),
        ("/kpis?kpi=", f"kpi must be {KPIS}, not ''."),
        ("/kpis?period=fortnight", "period must be day, week, month, quarter or year, not"),
        ("/kpis?period=", "period must be day, week, month, quarter or year, not ''."),
        ("/kpis?start_at=yesterday", f"start_at {NOT_A_DATE} 'yesterday'."),
        ("/kpis?start_at=2017-02-30", f"start_at {NOT_A_DATE} '2017-02-30'."),
        ("/kpis?end_at=2017-1-1", f"end_at {NOT_A_DATE} '2017-1-1'."),
        ("/kpis?end_at=20170101", f"end_at {NOT_A_DATE} '20170101'."),
        ("/kpis?end_at=2017-01-01T00:00:00", f"end_at {NOT_A_DATE}"),
        ("/kpis?start_at=0000-01-01", f"start_at {NOT_A_DATE}"),
        (
            "/kpis?start_at=2017-10-02&end_at=2017-10-01",
            "start_at must be before end_at, 2017-10-01, not 2017-10-02.",
        ),
        ("/kpis?channel=paper", "channel must be digital, assisted digital or non-digital, not"),
        (
            "/kpis?channel=digital&kpi=completion-rate",
            "kpi must be one of cost-per-transaction, transactions, total-cost where channel is "
            "given, not 'completion-rate'.",
        ),
        ("/services?limit=0", "limit must be a whole number from 1 to 50000, not '0'."),
        ("/services?limit=-1", "limit must be a whole number from 1 to 50000, not '-1'."),
        ("/services?limit=50001", "limit must be a whole number from 1 to 50000, not '50001'."),
        ("/services?limit=1.5", "limit must be a whole number from 1 to 50000, not '1.5'."),
        ("/services?limit=%D9%A3", "limit must be a whole number from 1 to 50000, not"),
        ("/services?limit=2&limit=3", "limit can be given only once, not 2 times."),
        ("/services?offset=-1", "offset must be a whole number, 0 or above, not '-1'."),
        ("/services?offset=99999999999999999999", "offset must be a whole number, 0 or above"),
        ("/services?format=xml", "format must be json, csv, xlsx or csvw, not 'xml'."),
        ("/services?sort_by=slug", f"sort_by must be name, {KPIS}, with :ascending or"),
        ("/services?sort_by=name:up", "sort_by must be name, cost-per-transaction"),
        ("/services?sort_by=name:", "sort_by must be name, cost-per-transaction"),
        ("/kpis?sort_by=slug", "sort_by must be group, kpi, period, start_at, end_at, value"),
        (
            "/services?range=happiness:1:2",
            "range cannot be read: There is no KPI called 'happiness'.",
        ),
        ("/services?range=transactions:2:1", "range cannot be read: 'transactions:2:1' is not a"),
        ("/services?range=transactions:few:", "range cannot be read: 'transactions:few:' is not"),
        (
            "/services/tax-a-vehicle/measurements?measure=smiles",
            "measure must be transactions-by-channel, transactions,",
        ),
        (
            "/services/tax-a-vehicle/measurements?period=instant",
            "period must be day, week, month, quarter or year where measure is transactions, not "
            "'instant'.",
        ),
        (
            "/services/tax-a-vehicle/measurements?measure=live-users&period=day",
            "period must be instant where measure is live-users, not 'day'.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    client: FlaskClient, address: str, sentence: str
) -> None:
    assert refusal(client, address, 400).startswith(sentence)


def test_every_route_refuses_parameters_it_does_not_take(client: FlaskClient) -> None:
    every = {item.name for item in PARAMETERS}
    slugs = {"services": "tax-a-vehicle", "organisations": "transport"}
    for route in ROUTES:
        path = route.path.replace("<slug>", slugs.get(route.path.split("/")[1], ""))
        for name in every - parameters_of(route).keys():
            sentence = refusal(client, f"{path}?{name}=1", 400)
            assert sentence.startswith(f"There is no parameter '{name}' here."), path


def test_every_parameter_belongs_to_routes_that_exist() -> None:
    names = {route.name for route in ROUTES}
    assert {name for item in PARAMETERS for name in item.routes} <= names


def test_without_a_limit_the_setting_says_how_many_rows_there_are(engine: Engine) -> None:
    client = client_of(engine, Settings(api_limit=2, api_limit_most=3))
    body = body_of(client, "/services")
    assert (len(body["data"]), body["limit"], body["total"]) == (2, 2, 4)
    assert len(rows_of(client, "/services?limit=3")) == 3
    assert "from 1 to 3," in refusal(client, "/services?limit=4", 400)


def test_the_first_and_the_last_day_there_is_are_days(client: FlaskClient) -> None:
    whole = rows_of(client, "/kpis")
    assert rows_of(client, "/kpis?start_at=0001-01-01&end_at=9999-12-31") == whole
    for address in ("/services/tax-a-vehicle/kpis", "/services/tax-a-vehicle/measurements"):
        assert rows_of(client, f"{address}?start_at=9999-12-31") == []
        assert rows_of(client, f"{address}?end_at=0001-01-01") == []


@pytest.mark.parametrize("text", ["'; DROP TABLE service; --", "%25", "_", "\\\\"])
def test_text_that_looks_like_sql_or_a_pattern_is_only_text(client: FlaskClient, text: str) -> None:
    assert rows_of(client, f"/services?q={text}") == []
    assert len(rows_of(client, "/services")) == 4


def test_text_that_a_database_could_choke_on_is_refused(client: FlaskClient) -> None:
    assert refusal(client, "/services?q=%00", 400).startswith("q must be text of up to 200 char")
    assert refusal(client, f"/services?q={'a+' * 101}", 400).startswith("q must be text of up to")
    refusal(client, "/services/%00", 404)
    assert rows_of(client, f"/services?q={'z+' * 100}") == []

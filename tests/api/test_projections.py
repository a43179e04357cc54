"""The coming year, asked for by API; figures: conftest.coming."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.api.reading import body_of, rows_of

QUARTERS = "/services/tax-a-vehicle/projections?period=quarter"


def test_the_coming_year_is_answered_quarter_by_quarter_with_its_total(coming: FlaskClient) -> None:
    rows = rows_of(coming, f"{QUARTERS}&kpi=transactions")
    assert [row["period"] for row in rows] == ["quarter"] * 4 + ["twelve months"]
    assert [round(row["projected"]) for row in rows] == [250] * 4 + [1000]
    assert (rows[0]["start_at"], rows[-1]["end_at"]) == ("2017-10-01", "2018-10-01")
    assert all(row["low"] < row["projected"] < row["high"] for row in rows)


def test_what_is_projected_cannot_be_taken_for_what_was_reported(coming: FlaskClient) -> None:
    for row in rows_of(coming, QUARTERS):
        assert not {"value", "status"} & set(row)


def test_take_up_is_projected_as_a_proportion_without_a_total(coming: FlaskClient) -> None:
    rows = rows_of(coming, f"{QUARTERS}&kpi=digital-take-up")
    assert [round(row["projected"], 3) for row in rows] == [0.84] * 4  # 210 ÷ 250
    assert {row["unit"] for row in rows} == {"proportion"}


def test_a_csv_has_the_same_rows(coming: FlaskClient) -> None:
    lines = coming.get(f"/api{QUARTERS}&format=csv").text.splitlines()
    assert lines[0] == "kpi,period,start_at,end_at,projected,low,high,unit"
    assert len(lines) == 1 + body_of(coming, QUARTERS)["total"] == 10


def test_without_two_years_there_are_no_rows(client: FlaskClient) -> None:
    assert body_of(client, QUARTERS)["data"] == []


def test_a_kpi_that_is_not_projected_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.get(f"/api{QUARTERS}&kpi=completion-rate")
    assert answer.status_code == 400
    assert "transactions" in answer.json["message"] if answer.json else False

"""KPIs and measurements period by period; figures: fixtures.small_world and conftest."""

from __future__ import annotations

import csv
import io

from flask.testing import FlaskClient

from kpi.definitions import SLUGS
from tests.api.reading import body_of, kpi_of, rows_of

AUGUST = "&start_at=2017-08-01&end_at=2017-09-01"
SEPTEMBER = "&start_at=2017-09-01&end_at=2017-10-01"
YEAR = "period=year&start_at=2016-10-01&end_at=2017-10-01"


def test_a_row_says_what_the_figure_is_made_of(client: FlaskClient) -> None:
    row = kpi_of(client, f"/services/tax-a-vehicle/kpis?{YEAR}&kpi=digital-take-up")
    assert row == {
        "kpi": "digital-take-up",
        "period": "year",
        "start_at": "2016-10-01",
        "end_at": "2017-10-01",
        "value": 0.8,
        "numerator": 800,
        "denominator": 1000,
        "status": "reported",
        "unit": "proportion",
        "parts": 1,
        "expected": 1,
        "annotations": None,
        "normal_low": None,
        "normal_high": None,
        "verdict": None,
        "part": "year",
    }


def test_months_of_too_little_history_have_no_range_and_no_verdict(client: FlaskClient) -> None:
    rows = rows_of(client, "/services/pay-a-toll/kpis?period=month&kpi=transactions")
    assert [row["value"] for row in rows] == [100, None, 100]
    for row in rows:
        assert (row["normal_low"], row["normal_high"], row["verdict"]) == (None, None, None)


def test_kpis_over_services_say_how_many_reported(client: FlaskClient) -> None:
    # (500 + 400) ÷ (1000 + 200): only services that report both; one of four has nothing.
    row = kpi_of(client, f"/kpis?{YEAR}&kpi=cost-per-transaction")
    assert (row["value"], row["numerator"], row["denominator"]) == (0.75, 900, 1200)
    assert (row["services_reporting"], row["services"]) == (2, 4)
    assert kpi_of(client, f"/kpis?{YEAR}&kpi=transactions")["value"] == 1500


def test_every_kpi_is_answered_also_when_nobody_reported_it(client: FlaskClient) -> None:
    rows = rows_of(client, f"/kpis?{YEAR}")
    assert [row["kpi"] for row in rows] == list(SLUGS)
    missing = rows[SLUGS.index("completion-rate")]
    assert (missing["value"], missing["status"]) == (None, "not reported")
    assert (missing["services_reporting"], missing["services"]) == (0, 4)


def test_filters_say_which_services_are_added_up(client: FlaskClient) -> None:
    row = kpi_of(client, f"/kpis?{YEAR}&kpi=transactions&category=Taxes")
    assert (row["value"], row["services"]) == (1300, 2)  # 1000 + 300


def test_an_organisation_adds_up_its_services(client: FlaskClient) -> None:
    agency = kpi_of(client, f"/organisations/vehicles/kpis?{YEAR}&kpi=transactions")
    department = kpi_of(client, f"/organisations/transport/kpis?{YEAR}&kpi=transactions")
    assert (agency["value"], agency["services"]) == (1200, 2)
    assert (department["value"], department["services"]) == (1500, 3)


def test_only_periods_that_lie_within_the_dates_are_answered(client: FlaskClient) -> None:
    everything = rows_of(client, "/services/tax-a-vehicle/kpis?kpi=transactions")
    starts = [row["start_at"] for row in everything if row["status"] == "reported"]
    assert starts == ["2015-10-01", "2016-10-01"]
    earlier = "/services/tax-a-vehicle/kpis?kpi=transactions&end_at=2017-09-30"
    assert next(row["value"] for row in rows_of(client, earlier) if row["value"]) == 900
    assert all(row["end_at"] <= "2017-09-30" for row in rows_of(client, earlier))
    later = "/services/tax-a-vehicle/kpis?kpi=transactions&start_at=2016-10-02"
    assert all(row["start_at"] >= "2016-10-02" for row in rows_of(client, later))


def test_a_month_without_a_figure_is_not_reported_and_not_zero(client: FlaskClient) -> None:
    rows = rows_of(client, "/services/pay-a-toll/kpis?period=month&kpi=transactions")
    told = [(row["start_at"], row["value"], row["status"]) for row in rows]
    assert told == [
        ("2017-07-01", 100, "reported"),
        ("2017-08-01", None, "not reported"),
        ("2017-09-01", 100, "reported"),
    ]


def test_a_quarter_with_a_month_missing_is_partial_and_left_out_of_totals(
    client: FlaskClient,
) -> None:
    quarter = "period=quarter&start_at=2017-07-01&kpi=transactions"
    row = kpi_of(client, f"/services/pay-a-toll/kpis?{quarter}")
    assert (row["value"], row["status"]) == (200, "partial")
    assert (row["parts"], row["expected"], row["part"]) == (2, 3, "month")
    over = kpi_of(client, f"/kpis?{quarter}")
    assert (over["value"], over["services_reporting"]) == (250, 1)


def test_a_channel_has_its_own_figures_of_the_kpis_that_can_be_told_by_it(
    client: FlaskClient,
) -> None:
    rows = rows_of(client, "/services/pay-a-toll/kpis?period=month&channel=non-digital")
    assert {row["kpi"] for row in rows} == {"cost-per-transaction", "transactions", "total-cost"}
    volumes = [row["value"] for row in rows if row["kpi"] == "transactions"]
    assert volumes == [40, None, 30]


def test_rows_go_by_time_and_then_as_kpis_are_defined(client: FlaskClient) -> None:
    rows = rows_of(client, "/services/tax-a-vehicle/kpis")
    # Those of all services, and then what the service has besides.
    order = [*SLUGS, "help-usage"]
    keys = [(row["start_at"], order.index(row["kpi"])) for row in rows]
    assert keys == sorted(keys)


def test_rows_can_be_sorted_by_any_field_and_missing_values_come_last(client: FlaskClient) -> None:
    for direction in ("ascending", "descending"):
        address = f"/services/tax-a-vehicle/kpis?sort_by=value:{direction}"
        values = [row["value"] for row in rows_of(client, address)]
        known = [value for value in values if value is not None]
        assert known == sorted(known, reverse=direction == "descending")
        assert None in values
        assert values[len(known) :] == [None] * (len(values) - len(known))


def test_sorting_by_text_goes_by_letter(client: FlaskClient) -> None:
    rows = rows_of(client, f"/kpis?{YEAR}&sort_by=kpi:descending")
    assert [row["kpi"] for row in rows] == sorted(SLUGS, reverse=True)


def test_rows_are_paged(client: FlaskClient) -> None:
    whole = rows_of(client, f"/kpis?{YEAR}")
    body = body_of(client, f"/kpis?{YEAR}&limit=2&offset=3")
    assert body["data"] == whole[3:5]
    assert body["total"] == 6


def test_kpis_can_be_asked_for_one_by_one(client: FlaskClient) -> None:
    address = f"/kpis?{YEAR}&kpi=total-cost&kpi=transactions&kpi=total-cost"
    assert [row["kpi"] for row in rows_of(client, address)] == ["transactions", "total-cost"]


def test_definitions_are_the_table_of_kpis(client: FlaskClient) -> None:
    rows = rows_of(client, "/kpis/definitions")
    assert [row["slug"] for row in rows] == list(SLUGS)
    take_up = rows[SLUGS.index("digital-take-up")]
    assert (take_up["numerator"], take_up["denominator"]) == (
        "transactions:digital",
        "transactions",
    )
    assert (take_up["unit"], take_up["better"]) == ("proportion", "higher")
    volume = rows[SLUGS.index("transactions")]
    assert (volume["denominator"], volume["better"]) == (None, None)


def test_measurements_are_the_figures_behind_the_kpis(client: FlaskClient) -> None:
    rows = rows_of(client, "/services/pay-a-toll/measurements?end_at=2017-08-01")
    told = [(row["category"], row["value"], row["end_at"]) for row in rows]
    assert told == [
        (None, 100, "2017-08-01"),
        ("digital", 60, "2017-08-01"),
        ("non-digital", 40, "2017-08-01"),
    ]
    assert rows[0]["measure"] == "transactions"


def test_ratings_are_counted_one_by_one(client: FlaskClient) -> None:
    rows = rows_of(client, f"/services/book-a-test/measurements?measure=ratings{SEPTEMBER}")
    counts = {row["category"]: row["value"] for row in rows}
    assert counts == {None: 8, "1": 2, "2": 0, "3": 4, "4": 0, "5": 2}
    path = f"/services/book-a-test/kpis?period=month&kpi=user-satisfaction{SEPTEMBER}"
    row = kpi_of(client, path)
    assert (row["value"], row["numerator"], row["denominator"]) == (0.5, 4, 8)


def test_fewer_than_five_answers_are_suppressed_in_kpis_and_in_what_is_behind_them(
    client: FlaskClient,
) -> None:
    row = kpi_of(client, f"/services/book-a-test/kpis?period=month&kpi=user-satisfaction{AUGUST}")
    assert row["status"] == "suppressed"
    assert (row["value"], row["numerator"], row["denominator"]) == (None, None, None)
    for measure, count in (("ratings", 6), ("satisfaction", 1)):
        path = f"/services/book-a-test/measurements?measure={measure}{AUGUST}"
        rows = rows_of(client, path)
        assert [(row["value"], row["status"]) for row in rows] == [(None, "suppressed")] * count


def test_a_csv_tells_as_little_of_what_is_suppressed(client: FlaskClient) -> None:
    for path in ("kpis?kpi=user-satisfaction&period=month", "measurements?measure=ratings"):
        text = client.get(f"/api/services/book-a-test/{path}{AUGUST}&format=csv").text
        for row in csv.DictReader(io.StringIO(text)):
            assert row["status"] == "suppressed"
            numbers = ("value", "numerator", "denominator")
            assert not any(row.get(name) for name in numbers)


def test_suppressed_answers_count_in_their_quarter_and_over_services(client: FlaskClient) -> None:
    # July is missing: 2 of August's 3 and 4 of September's 8 answers.
    quarter = "period=quarter&kpi=user-satisfaction"
    row = kpi_of(client, f"/services/book-a-test/kpis?{quarter}")
    assert (row["numerator"], row["denominator"], row["status"]) == (6, 11, "partial")
    total = kpi_of(client, f"/kpis?period=month&kpi=user-satisfaction{AUGUST}")
    assert (total["status"], total["denominator"]) == ("suppressed", None)
    assert total["services_reporting"] == 1


def test_live_users_are_of_a_moment(client: FlaskClient) -> None:
    rows = rows_of(client, "/services/tax-a-vehicle/measurements?measure=live-users")
    assert [(row["start_at"], row["end_at"], row["value"]) for row in rows] == [
        ("2017-10-01T12:00:00+00:00", None, 5),
        ("2017-10-01T12:02:00+00:00", None, 7),
    ]
    assert {row["period"] for row in rows} == {"instant"}


def test_a_measure_that_a_service_never_reported_has_no_rows(client: FlaskClient) -> None:
    assert rows_of(client, "/services/report-a-death/measurements") == []
    assert rows_of(client, "/services/report-a-death/kpis") == []

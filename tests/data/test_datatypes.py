"""Every standard data type: its example is taken, and is measured as one would by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.datatypes import DATA_TYPES, STANDARD_TYPES, data_type
from data.entries import Batch, DataSetEntry, ServiceEntry
from data.queries import KpiQuery
from data.reader import Reader
from data.record_ids import made_up
from data.selection import Selection
from data.services import ServiceQuery
from data.validation import Rejected
from tests.data.world import World, record, typed
from tests.fixtures.kept import Kept

SLUG = "dwp-carers-allowance-new-claims"
SERVICE = ServiceEntry(SLUG, "Carer's allowance", "carers")
# Measure and category to value, of each example, as worked out by hand.
MEASURED: dict[str, dict[tuple[str, str], float]] = {
    "transactions-by-channel": {
        ("transactions-by-channel", "digital"): 1472,
        ("transactions", "digital"): 1472,
        ("transactions", ""): 1472,
    },
    # The data set of the test names its stages: this is the first one.
    "journey": {("journey", "eligibility"): 5685, ("journey-started", ""): 5685},
    "customer-satisfaction": {
        **{("ratings", str(n)): count for n, count in enumerate((0, 1, 3, 5, 10), start=1)},
        ("ratings", ""): 19,
        # 1 × 0.25 + 3 × 0.5 + 5 × 0.75 + 10 × 1.
        ("satisfaction", ""): 15.5,
    },
    "cost-per-transaction": {
        ("cost-by-channel", "digital"): 73900.5,
        ("cost", "digital"): 73900.5,
        ("cost", ""): 73900.5,
    },
    "digital-take-up": {("take-up", "digital"): 800, ("take-up", ""): 1000},
    "realtime": {("live-users", ""): 39},
    # 40,000 views of 1.25 seconds each.
    "page-load-time": {("page-load-seconds", ""): 50_000, ("page-load-views", ""): 40_000},
    "availability": {("availability-up", ""): 44_595, ("availability-total", ""): 44_640},
    "devices": {("devices", "mobile"): 5210, ("devices", ""): 5210},
    "browsers": {("browsers", "Firefox 56"): 830, ("browsers", ""): 830},
    "errors": {
        ("errors", "payment declined"): 17,
        ("errors-by-stage", "pay-details/payment declined"): 17,
        ("errors", ""): 17,
    },
    "help-usage": {
        ("help-usage", "what counts as income"): 412,
        ("help-by-stage", "other-money/what counts as income"): 412,
        ("help-usage", ""): 412,
    },
    "site-visits": {("visits", ""): 9120, ("visitors", ""): 7400},
    # 1,300 transactions of 14 minutes each.
    "time-to-complete": {
        ("time-to-complete-seconds", ""): 1_092_000,
        ("time-to-complete-completed", ""): 1300,
    },
    # 2,600 people who waited 95 seconds each.
    "waiting-time": {
        ("waiting-time-seconds", "telephone"): 247_000,
        ("waiting-time-seconds", ""): 247_000,
        ("waiting-time-people", "telephone"): 2600,
        ("waiting-time-people", ""): 2600,
    },
    "summaries": {
        ("transactions", ""): 1000,
        ("transactions", "digital"): 800,
        ("cost", ""): 2500,
    },
}
STAGES = ("eligibility", "thank-you")
# What a month that was published is added up to.
COARSER = ("quarter", "year")
Values = dict[tuple[str, str], float | None]


@pytest.fixture
def claims(tmp_path: Path) -> World:
    """A database with the service that the examples are about."""
    return World(tmp_path, SERVICE)


def sent(world: World, kind: str, *records: dict[str, Any], **about: Any) -> None:
    world.send(typed(kind, *(dict(item) for item in records), service=SLUG, **about))


def measured(world: World, period: str) -> Values:
    """Values by measure and category, of a period of which there is one."""
    told = world.told(period=period)
    return {(measure, category): value[0] for (_, measure, category, *_), value in told.items()}


def month(**fields: Any) -> dict[str, Any]:
    return {"_timestamp": "2017-10-01T00:00:00Z", "period": "month", **fields}


@pytest.mark.parametrize("kind", STANDARD_TYPES, ids=lambda kind: kind.slug)
def test_the_example_of_every_type_is_measured_as_by_hand(kind: Any, claims: World) -> None:
    example = dict(kind.example)
    entry = DataSetEntry(
        "carers",
        kind.slug,
        service=None if kind.names_its_service else SLUG,
        stages=STAGES if kind.slug == "journey" else (),
    )
    claims.send(Batch(entry, [example]))
    period = example.get("period", "instant")
    assert measured(claims, period) == MEASURED[kind.slug]
    statuses = {told[1:4] for told in claims.told(period=period).values()}
    assert statuses == {("reported", 1, 1)}


def test_every_type_of_the_table_has_been_worked_out_by_hand() -> None:
    assert set(MEASURED) == {kind.slug for kind in STANDARD_TYPES}


@pytest.mark.parametrize("kind", STANDARD_TYPES, ids=lambda kind: kind.slug)
def test_an_example_has_only_fields_of_its_type_and_all_that_are_required(kind: Any) -> None:
    known = {field.name for field in kind.fields} | {"_timestamp"}
    required = {field.name for field in kind.fields if field.required} | {"_timestamp"}
    assert required <= set(kind.example) <= known


@pytest.mark.parametrize("kind", STANDARD_TYPES, ids=lambda kind: kind.slug)
def test_every_number_says_its_unit_and_every_rule_rests_on_fields_of_its_type(kind: Any) -> None:
    fields = {field.name: field for field in kind.fields}
    assert all(field.unit for field in kind.fields if field.kind == "number")
    for rule in kind.rules:
        assert {*rule.numbers, *rule.unless} <= set(fields)
        assert rule.by is None or fields[rule.by].kind == "text"


def test_completion_rate_is_another_name_of_the_journey() -> None:
    assert data_type("completion-rate") is data_type("journey") is DATA_TYPES["journey"]


def test_records_sent_as_a_completion_rate_are_measured_as_a_journey(claims: World) -> None:
    stages = [month(stage=name, count=n) for name, n in zip(STAGES, (50, 40), strict=True)]
    sent(claims, "completion-rate", *stages, stages=STAGES)
    started = ("journey-started", "")
    completed = ("journey-completed", "")
    found = measured(claims, "month")
    assert (found[started], found[completed]) == (50, 40)


def test_a_type_that_is_not_in_the_table_holds_records_and_means_no_figure(claims: World) -> None:
    unknown = data_type("bananas")
    assert (unknown.slug, unknown.fields, unknown.rules) == ("bananas", (), ())
    sent(claims, "bananas", month(count=5), {"colour": "yellow", "ripe": True})
    assert claims.told() == {}
    assert len(claims.rows()["record"]) == 2


def test_months_of_page_loads_are_added_up_by_their_views(claims: World) -> None:
    fast = record("2017-10-01", "month", mean_seconds=1, views=300)
    slow = record("2017-11-01", "month", mean_seconds=3, views=100)
    last = record("2017-12-01", "month", mean_seconds=2, views=100)
    sent(claims, "page-load-time", fast, slow, last)
    # 300 × 1 + 100 × 3 + 100 × 2 seconds in 500 views: 1.6 seconds, where the mean of means is 2.
    quarter = measured(claims, "quarter")
    assert quarter == {("page-load-seconds", ""): 800, ("page-load-views", ""): 500}


def test_a_mean_of_nobody_knows_how_many_is_of_its_own_period_alone(claims: World) -> None:
    sent(claims, "page-load-time", *(month(mean_seconds=1.5),))
    assert measured(claims, "month") == {("page-load-mean", ""): 1.5}
    assert {about[3] for about in claims.told()} == {"month"}
    sent(claims, "time-to-complete", month(mean_seconds=600))
    assert measured(claims, "month")["time-to-complete-mean", ""] == 600
    assert {about[3] for about in claims.told()} == {"month"}


def test_pages_are_told_apart_and_pooled(claims: World) -> None:
    start = month(page="start", mean_seconds=1, views=300)
    pay = month(page="pay", mean_seconds=3, views=100)
    sent(claims, "page-load-time", start, pay)
    assert measured(claims, "month") == {
        ("page-load-seconds", "start"): 300,
        ("page-load-seconds", "pay"): 300,
        ("page-load-seconds", ""): 600,
        ("page-load-views", "start"): 300,
        ("page-load-views", "pay"): 100,
        ("page-load-views", ""): 400,
    }


def test_a_page_without_views_is_not_the_mean_of_all_pages(claims: World) -> None:
    sent(claims, "page-load-time", month(page="start", mean_seconds=1))
    assert measured(claims, "month") == {("page-load-mean", "start"): 1}


def test_views_without_a_mean_are_not_counted(claims: World) -> None:
    sent(claims, "page-load-time", month(mean_seconds=None, views=300))
    assert claims.told() == {}


def test_availability_is_added_up_by_minutes(claims: World) -> None:
    october = record("2017-10-01", "month", up=40_000, total=44_640)
    november = record("2017-11-01", "month", up=43_200, total=43_200)
    sent(claims, "availability", october, november)
    quarter = claims.told(period="quarter")
    up = (SLUG, "availability-up", "", "quarter", "2017-10-01")
    assert quarter[up] == (83_200, "partial", 2, 3, "month")


def test_a_rate_of_availability_is_never_added_up(claims: World) -> None:
    days = [record(f"2017-10-{n:02}", "day", rate=0.5) for n in range(1, 32)]
    sent(claims, "availability", *days)
    assert {about[3] for about in claims.told()} == {"day"}


def test_minutes_beside_a_rate_are_what_counts(claims: World) -> None:
    sent(claims, "availability", month(up=50, total=100, rate=0.9))
    assert measured(claims, "month") == {
        ("availability-up", ""): 50,
        ("availability-total", ""): 100,
    }


def test_a_number_that_is_null_is_not_reported(claims: World) -> None:
    sent(claims, "devices", month(device="mobile", count=None), month(device="tablet", count=3))
    assert measured(claims, "month") == {("devices", "tablet"): 3, ("devices", ""): 3}
    sent(claims, "availability", month(up=None, total=100))
    assert ("availability-total", "") not in measured(claims, "month")


def test_errors_of_no_kind_are_all_of_them_and_kinds_are_not_added_to_them(claims: World) -> None:
    sent(claims, "errors", month(error="timeout", count=3), month(count=10))
    assert measured(claims, "month") == {("errors", "timeout"): 3, ("errors", ""): 10}


def test_a_total_that_is_not_reported_leaves_the_sum_of_its_parts(claims: World) -> None:
    sent(claims, "errors", month(error="timeout", count=3), month(count=None))
    assert measured(claims, "month") == {("errors", "timeout"): 3, ("errors", ""): 3}


def test_visits_are_added_up_and_visitors_are_not(claims: World) -> None:
    months = [record(f"2017-{n}-01", "month", visits=10, visitors=8) for n in ("10", "11", "12")]
    sent(claims, "site-visits", *months)
    assert measured(claims, "quarter") == {("visits", ""): 30}


def test_a_proportion_above_one_is_refused_in_words(claims: World) -> None:
    with pytest.raises(Rejected) as refused:
        sent(claims, "digital-take-up", month(rate=81.6))
    assert "rate must be from 0 to 1, not 81.6." in str(refused.value)


def test_a_category_is_bounded(claims: World) -> None:
    with pytest.raises(Rejected) as refused:
        sent(claims, "browsers", month(browser="x" * 101, count=1))
    assert "browser must be text of up to 100 letters" in str(refused.value)


def take_up(world: World, period: str = "month") -> list[tuple[Any, ...]]:
    """Start, value and denominator (None: unknown) of the service's digital take-up."""
    query = KpiQuery(Selection(service=SLUG), period, kpis=("digital-take-up",))
    found = Reader(world.engine, Kept()).run(query)
    rows = found[["start_at", "value", "denominator"]].astype({"start_at": "str"})
    return [tuple(row) for row in rows.astype("object").where(rows.notna(), None).to_numpy()]


def test_take_up_by_counts_is_added_up_over_the_year(claims: World) -> None:
    months = [
        record(f"2017-{n:02}-01", "month", digital_transactions=n, transactions=2 * n)
        for n in range(1, 13)
    ]
    sent(claims, "digital-take-up", *months)
    # 1 + 2 + … + 12 = 78 of 156.
    assert take_up(claims, "year") == [("2017-01-01", 0.5, 156)]


def test_take_up_by_rate_is_the_kpi_of_its_month_and_of_nothing_else(claims: World) -> None:
    months = [record(f"2017-{n:02}-01", "month", rate=0.5) for n in range(1, 13)]
    sent(claims, "digital-take-up", *months)
    assert take_up(claims)[0] == ("2017-01-01", 0.5, None)
    assert len(take_up(claims)) == 12
    assert take_up(claims, "quarter") == take_up(claims, "year") == []


def test_counted_transactions_go_before_a_take_up_that_was_sent(claims: World) -> None:
    sent(claims, "digital-take-up", month(digital_transactions=9, transactions=10))
    sent(
        claims,
        "transactions-by-channel",
        month(channel="digital", count=3),
        month(channel="post", count=1),
    )
    assert take_up(claims) == [("2017-10-01", 0.75, 4)]


def test_a_services_latest_take_up_may_be_a_published_rate(claims: World) -> None:
    sent(claims, "digital-take-up", record("2016-10-01", "year", rate=0.816))
    reader = Reader(claims.engine, Kept())
    row = reader.run(ServiceQuery(Selection(service=SLUG))).iloc[0]
    assert row["digital-take-up"] == 0.816
    assert row[["digital-take-up.numerator", "digital-take-up.denominator"]].isna().all()


def test_errors_are_kept_by_stage_and_added_up_over_stages(claims: World) -> None:
    pay = month(stage="pay", error="no card", count=3)
    sent(
        claims,
        "errors",
        pay,
        month(stage="start", error="no card", count=4),
        month(error="x", count=1),
    )
    assert measured(claims, "month") == {
        ("errors", "no card"): 7,
        ("errors", "x"): 1,
        ("errors", ""): 8,
        ("errors-by-stage", "pay/no card"): 3,
        ("errors-by-stage", "start/no card"): 4,
    }


def test_days_of_help_at_a_stage_add_up_to_its_week(claims: World) -> None:
    days = [record(f"2017-10-0{n}", "day", stage="pay", help="how", count=n) for n in range(2, 9)]
    sent(claims, "help-usage", *days)
    # 2 + 3 + 4 + 5 + 6 + 7 + 8.
    assert measured(claims, "week")["help-by-stage", "pay/how"] == 35


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"stage": "pay", "count": 1}, "error is missing: a record with a stage says which it is."),
        (
            {"stage": "pay", "error": "x" * 97, "count": 1},
            "stage and error together must have at most 99 letters, not 100. Shorten the error.",
        ),
        ({"stage": "a/b", "error": "x", "count": 1}, "stage must have no / in it, not 'a/b'."),
        ({"stage": 5, "error": "x", "count": 1}, "stage must be text of up to 100 letters, not 5."),
    ],
)
def test_an_error_by_stage_that_cannot_be_kept_is_refused_in_words(
    fields: dict[str, Any], sentence: str, claims: World
) -> None:
    with pytest.raises(Rejected) as refused:
        sent(claims, "errors", month(**fields))
    assert [fault.message for fault in refused.value.faults] == [sentence]


def test_an_error_of_a_stage_may_have_99_letters_with_it(claims: World) -> None:
    sent(claims, "errors", month(stage="pay", error="x" * 96, count=1))
    assert measured(claims, "month")["errors-by-stage", "pay/" + "x" * 96] == 1


def test_errors_that_were_sent_before_there_were_stages_keep_the_ids_made_for_them() -> None:
    kind, body = data_type("errors"), month(error="x", count=1)
    assert made_up(body, kind) == "2017-10-01T00:00:00Z.month.x"
    assert made_up({**body, "stage": "pay"}, kind) == "2017-10-01T00:00:00Z.month.x.stage=pay"

"""KPIs of a service's own: declared, changed and withdrawn, and what its records then are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from data.data_sets import put, remove
from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetEntry, DataSetKey, DeclarationEntry, Delivery, Record
from data.normal import NormalQuery
from data.own_kpi_queries import OwnKpisQuery, OwnPartsQuery
from data.projections import TargetQuery
from data.queries import KpiQuery
from data.reader import Reader
from data.selection import Selection
from data.validation import Rejected
from kpi.definitions import SLUGS, UnknownKpi
from kpi.own import OwnKpi
from kpi.standard_metrics import STANDARD_METRICS
from tests.data.world import NOW, World, counted, record, typed
from tests.fixtures.kept import Kept

ANSWERED: dict[str, Any] = {
    "name": "Answered in time",
    "unit": "proportion",
    "format": "percentage",
    "better": "higher",
    "data_set": "call-centre",
    "numerator": {"field": "in_time"},
    "denominator": {"field": "calls"},
    "group": "team",
}
CALLS: dict[str, Any] = {
    "name": "Calls",
    "unit": "calls",
    "format": "number",
    "data_set": "call-centre",
    "measure": "calls",
    "aggregate": "sum",
}
# 30 of 40 and 5 of 10 calls in January, 12 of 50 in February.
RECORDS = [
    record("2018-01-01", "month", team="north", in_time=30, calls=40),
    record("2018-01-01", "month", team="south", in_time=5, calls=10),
    record("2018-02-01", "month", team="north", in_time=12, calls=50),
]


def calls(*records: Record, **settings: Any) -> Batch:
    return typed("call-centre", *records, **settings)


def declare(
    world: World, key: str, body: dict[str, Any] | None, service: str = "allowance"
) -> None:
    entry = DeclarationEntry(service, "kpi", key, body)
    deliver(world.engine, Delivery(declarations=[entry]), Sender("a test", now=NOW))


def refused(world: World, key: str, body: dict[str, Any]) -> tuple[str, str]:
    before = world.rows()
    with pytest.raises(Rejected) as error:
        declare(world, key, body)
    assert world.rows() == before
    (fault,) = error.value.faults
    return fault.field, fault.message


def reader(world: World) -> Reader:
    return Reader(world.engine, Kept())


def kpis(world: World) -> tuple[OwnKpi, ...]:
    found: Any = reader(world).run(OwnKpisQuery("allowance"))
    return tuple(found)


def own(slug: str, period: str = "month", **more: Any) -> KpiQuery:
    return KpiQuery(Selection(service="allowance"), period=period, kpis=(slug,), **more)


def values(world: World, slug: str, period: str = "month") -> list[tuple[str, float, str]]:
    """Start, value and status of each figure."""
    found = reader(world).run(own(slug, period))
    starts = found["start_at"].dt.strftime("%Y-%m")
    return list(zip(starts, found["value"], found["status"].astype(str), strict=True))


def test_declaring_a_kpi_measures_the_records_there_are(world: World) -> None:
    world.send(calls(*RECORDS))
    assert world.told() == {}
    declare(world, "answered", ANSWERED)
    # 35 of 50, and 12 of 50.
    assert values(world, "answered") == [
        ("2018-01", 0.7, "reported"),
        ("2018-02", 0.24, "reported"),
    ]


def test_records_that_come_later_are_measured_as_they_are_written(world: World) -> None:
    world.send(calls())
    declare(world, "answered", ANSWERED)
    world.send(calls(*RECORDS[:2]))
    assert values(world, "answered") == [("2018-01", 0.7, "reported")]
    corrected = record("2018-01-01", "month", team="south", in_time=9, calls=10)
    world.send(calls(corrected))
    # 30 + 9 of 40 + 10.
    assert values(world, "answered") == [("2018-01", 0.78, "reported")]


def test_coarser_periods_are_sums_of_both_sides(world: World) -> None:
    march = record("2018-03-01", "month", team="north", in_time=100, calls=100)
    world.send(calls(*RECORDS, march))
    declare(world, "answered", ANSWERED)
    # 35 + 12 + 100 of 50 + 50 + 100: not the mean of 70%, 24% and 100%.
    assert values(world, "answered", "quarter") == [("2018-01", 0.735, "reported")]
    ((start, value, status),) = values(world, "answered", "year")
    assert (start, value, status) == ("2018-01", 0.735, "partial")


def test_sums_at_coarser_periods_follow_what_is_withdrawn(world: World) -> None:
    world.send(calls(*RECORDS))
    before = world.told()
    declare(world, "calls", CALLS)
    assert world.total("quarter", "2018-01-01", measure="own:calls:n") == (
        100,
        "partial",
        2,
        3,
        "month",
    )
    declare(world, "calls", None)
    assert world.told() == before == {}


def test_a_changed_definition_is_measured_again(world: World) -> None:
    world.send(calls(*RECORDS))
    declare(world, "calls", CALLS)
    declare(world, "calls", {**CALLS, "filter": {"team": "south"}})
    assert values(world, "calls") == [("2018-01", 10, "reported")]
    assert world.total("month", "2018-02-01", measure="own:calls:n") is None
    declare(world, "calls", {**CALLS, "aggregate": "mean"})
    # 40 and 10 calls of two teams, and 50 of one.
    assert values(world, "calls") == [("2018-01", 25, "reported"), ("2018-02", 50, "reported")]


def test_a_kpi_can_move_to_another_data_set(world: World) -> None:
    world.send(calls(*RECORDS))
    world.send(typed("post-room", record("2018-01-01", "month", calls=50)))
    declare(world, "calls", CALLS)
    declare(world, "calls", {**CALLS, "data_set": "allowance/post-room"})
    assert values(world, "calls") == [("2018-01", 50, "reported")]
    # The figure is the new data set's: it goes with it, and not with the old one.
    remove(world.engine, DataSetKey("allowance", "call-centre"), Sender("a test", now=NOW))
    assert values(world, "calls") == [("2018-01", 50, "reported")]
    remove(world.engine, DataSetKey("allowance", "post-room"), Sender("a test", now=NOW))
    assert world.told() == {}


def test_a_data_set_that_becomes_private_or_another_service_s_makes_no_figures(
    world: World,
) -> None:
    world.send(calls(*RECORDS))
    declare(world, "calls", CALLS)
    entry = DataSetEntry("allowance", "call-centre", service="allowance")
    put(
        world.engine,
        DataSetEntry(entry.group, entry.type, service="allowance", private=True),
        Sender("x"),
    )
    assert world.told() == {}
    put(world.engine, entry, Sender("x"))
    assert world.total("month", "2018-01-01", measure="own:calls:n") is not None
    put(world.engine, DataSetEntry(entry.group, entry.type, service="pension"), Sender("x"))
    assert world.told() == {}


def test_a_mean_is_weighted_over_records_and_over_time(world: World) -> None:
    body = {
        **CALLS,
        "unit": "seconds",
        "format": "duration",
        "aggregate": "mean",
        "measure": "seconds",
        "weight": "calls",
    }
    world.send(
        calls(
            record("2018-01-01", "day", seconds=60, calls=3),
            record("2018-01-02", "day", seconds=100, calls=1),
        )
    )
    declare(world, "length", body)
    assert [value for _, value, _ in values(world, "length", "day")] == [60, 100]
    # 60 × 3 + 100 of 4 calls, in a month of which two days are reported.
    assert values(world, "length") == [("2018-01", 70, "partial")]


def test_parts_are_figures_of_their_own(world: World) -> None:
    world.send(calls(*RECORDS))
    declare(world, "answered", ANSWERED)
    found = reader(world).run(OwnPartsQuery("allowance", "answered", "month"))
    told = zip(found["group"], found["start_at"].dt.month, found["value"], strict=True)
    assert list(told) == [("north", 1, 0.75), ("north", 2, 0.24), ("south", 1, 0.5)]


def test_gaps_of_an_own_kpi_are_not_reported(world: World) -> None:
    world.send(calls(RECORDS[0], record("2018-03-01", "month", team="north", in_time=1, calls=2)))
    declare(world, "answered", ANSWERED)
    found = reader(world).run(own("answered", complete=True))
    assert list(found["status"].astype(str)) == ["reported", "not reported", "reported"]
    assert set(found["unit"]) == {"proportion"}


def test_a_period_that_is_not_over_is_partial(world: World) -> None:
    class Early(Reader):
        def today(self) -> date:
            return date(2018, 2, 10)

    world.send(calls(*RECORDS))
    declare(world, "calls", CALLS)
    found = Early(world.engine, Kept()).run(own("calls"))
    assert list(found["status"].astype(str)) == ["reported", "partial"]


def test_own_kpis_are_asked_of_their_service_alone(world: World) -> None:
    world.send(calls(*RECORDS))
    declare(world, "calls", CALLS)
    with pytest.raises(UnknownKpi) as error:
        reader(world).run(KpiQuery(Selection(service="pension"), kpis=("calls",)))
    assert str(error.value) == (
        f"There is no KPI called 'calls'. The KPIs are: {', '.join(SLUGS)}."
    )
    with pytest.raises(UnknownKpi):
        reader(world).run(KpiQuery(kpis=("calls",)))
    with pytest.raises(UnknownKpi, match="total-cost, calls"):
        reader(world).run(own("answered"))


def test_the_same_slug_may_mean_another_thing_of_another_service(world: World) -> None:
    world.send(calls(*RECORDS))
    world.send(
        Batch(
            DataSetEntry("pension", "queries", service="pension"),
            [record("2018-01-01", "month", calls=7)],
        )
    )
    declare(world, "calls", CALLS)
    declare(world, "calls", {**CALLS, "data_set": "queries"}, service="pension")
    found = reader(world).run(KpiQuery(Selection(service="pension"), "month", kpis=("calls",)))
    assert list(found["value"]) == [7]
    assert values(world, "calls")[0] == ("2018-01", 50, "reported")


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        (
            {**CALLS, "data_set": "calls"},
            "data_set",
            "the service has no data set 'calls'. It has allowance/call-centre, "
            "allowance/transactions-by-channel, allowance/realtime.",
        ),
        (
            {**CALLS, "data_set": "realtime"},
            "data_set",
            "realtime is of moments, which are never added up.",
        ),
        (
            {**CALLS, "data_set": "transactions-by-channel"},
            "measure",
            "measure: transactions-by-channel has no number field 'calls', but count.",
        ),
        (
            {**CALLS, "aggregate": "median"},
            "aggregate",
            "aggregate: 'median' is not one of ['sum', 'count', 'mean']: sums and counts of "
            "days add up to those of a month, and a mean is one divided by the other, but "
            "the least, the most or the median of a month is none of these.",
        ),
        (
            {**ANSWERED, "numerator": {"field": "in time"}},
            "numerator.field",
            "numerator.field: 'in time' does not match '^[A-Za-z_][A-Za-z0-9_]+$'.",
        ),
        (
            {key: value for key, value in ANSWERED.items() if key != "denominator"},
            "denominator",
            "denominator is missing: a numerator alone is no ratio.",
        ),
    ],
)
def test_a_wrong_definition_is_refused_with_place_and_reason(
    world: World, body: dict[str, Any], field: str, words: str
) -> None:
    world.send(calls(), typed("transactions-by-channel"), typed("realtime"))
    assert refused(world, "calls", body) == (field, words)


def test_a_private_data_set_cannot_be_shown_by_a_kpi(world: World) -> None:
    put(
        world.engine,
        DataSetEntry("allowance", "secrets", service="allowance", private=True),
        Sender("x"),
    )
    assert refused(world, "calls", {**CALLS, "data_set": "secrets"}) == (
        "data_set",
        "allowance/secrets is private, so no KPI may show it.",
    )


def test_whoever_sends_records_never_meets_the_definition(world: World) -> None:
    world.send(calls())
    declare(world, "calls", CALLS)
    odd: list[Record] = [
        {"_id": "a", "calls": 5},
        {"_id": "b", "_timestamp": "2018-01-01T10:30:00Z", "period": "month", "calls": 5},
        {"_id": "c", "_timestamp": "2018-01-01T00:00:00Z", "period": "fortnight", "calls": 5},
        {"_id": "d", "_timestamp": "2018-01-01T00:00:00Z", "period": "month", "calls": "many"},
        {"_id": "e", "_timestamp": "2018-01-01T00:00:00Z", "period": 7, "calls": 5},
    ]
    world.send(calls(*odd))
    assert world.told() == {}


def aim(world: World, key: str, value: float) -> None:
    """Declare what an own KPI is to be by March 2018."""
    target = DeclarationEntry("allowance", "target", key, {"value": value, "date": "2018-03-01"})
    deliver(world.engine, Delivery(declarations=[target]), Sender("a test"))


def test_targets_of_own_kpis_are_judged_like_those_of_the_others(world: World) -> None:
    world.send(calls(*RECORDS))
    declare(world, "calls", {**CALLS, "better": "lower"})
    declare(world, "answered", ANSWERED)
    aim(world, "calls", 60)
    aim(world, "answered", 0.5)
    found: Any = reader(world).run(TargetQuery("allowance", "month"))
    # 50 calls in February, of which 12 were answered in time.
    assert {slug: one.verdict for slug, one in found.items()} == {
        "calls": "met",
        "answered": "missed",
    }


def test_only_kpis_that_are_there_and_can_be_better_have_targets(world: World) -> None:
    world.send(calls(*RECORDS))
    declare(world, "calls", CALLS)
    with pytest.raises(Rejected, match="there is no KPI 'answered'"):
        aim(world, "answered", 0.5)
    with pytest.raises(Rejected, match="neither more nor less of it is better"):
        aim(world, "calls", 60)


# Of each standard metric a record, and the value that is worked out from it by hand.
STANDARD: dict[str, tuple[dict[str, Any], float]] = {
    "page-load-time": ({"mean_seconds": 1.25, "views": 400}, 1.25),
    "uptime": ({"up": 990, "total": 1000}, 0.99),
    "time-to-complete": ({"mean_seconds": 840, "completed": 13}, 840),
    "waiting-time": ({"mean_seconds": 95, "people": 26, "queue": "telephone"}, 95),
    "site-visits": ({"visits": 9120, "visitors": 7400}, 9120),
    "errors": ({"error": "payment declined", "count": 17}, 17),
    "help-usage": ({"help": "telephone", "count": 412}, 412),
    "devices": ({"device": "mobile", "count": 5210}, 5210),
    "browsers": ({"browser": "Firefox 56", "count": 830}, 830),
}


@pytest.mark.parametrize("metric", STANDARD_METRICS, ids=lambda metric: metric.slug)
def test_a_standard_metric_applies_where_there_is_its_data_set_and_means_what_it_says(
    world: World, metric: Any
) -> None:
    assert kpis(world) == ()
    fields, value = STANDARD[metric.slug]
    batch = typed(metric.body["data_set"], record("2018-01-01", "month", **fields))
    world.send(batch)
    (found,) = kpis(world)
    assert found.slug == metric.slug
    assert values(world, metric.slug) == [("2018-01", value, "reported")]
    # Declared by a publisher, the same definition is the same figure.
    declare(world, "declared", dict(metric.body))
    assert values(world, "declared") == values(world, metric.slug)


def test_a_mean_load_time_without_views_counts_for_its_own_period(world: World) -> None:
    world.send(typed("page-load-time", record("2018-01-01", "month", mean_seconds=2.5)))
    assert values(world, "page-load-time") == [("2018-01", 2.5, "reported")]
    assert values(world, "page-load-time", "quarter") == []


def test_a_declared_kpi_takes_the_place_of_a_standard_metric(world: World) -> None:
    world.send(typed("errors", record("2018-01-01", "month", error="a", count=3)))
    body = {**CALLS, "data_set": "errors", "measure": "count", "name": "Our errors"}
    declare(world, "errors", body)
    assert [one.kpi.name for one in kpis(world)] == ["Our errors"]


def test_a_missing_channel_makes_an_own_sum_partial_when_declared_and_when_sent(
    world: World,
) -> None:
    body = {**CALLS, "data_set": "transactions-by-channel", "measure": "count"}
    both = [counted("2018-01-01", name, 5, "month") for name in ("web", "post")]
    batch = typed("transactions-by-channel", *both, counted("2018-02-01", "web", 7, "month"))
    world.send(batch)
    declare(world, "claims", body)
    told = [("2018-01", 10, "reported"), ("2018-02", 7, "partial")]
    assert values(world, "claims") == told
    declare(world, "claims", None)
    world.send(Batch(DataSetKey("allowance", "transactions-by-channel"), emptied=True))
    declare(world, "claims", body)
    world.send(batch)
    assert values(world, "claims") == told


def test_an_own_kpi_has_a_normal_range_like_the_four(world: World) -> None:
    # Three years of some 100 calls a week, and 40 in the last one.
    monday, weeks = date(2016, 1, 4), 157
    counts = [100 + (7 * n) % 5 for n in range(weeks - 1)] + [40]
    starts = [monday + timedelta(weeks=n) for n in range(weeks)]
    rows = [record(str(day), "week", calls=n) for day, n in zip(starts, counts, strict=True)]
    world.send(calls(*rows))
    declare(world, "calls", CALLS)
    query = KpiQuery(Selection(service="allowance"), period="week", kpis=("calls",))
    judged = reader(world).run(NormalQuery(query))
    usual, last = judged.iloc[-2], judged.iloc[-1]
    assert 80 < usual["normal_low"] <= usual["value"] <= usual["normal_high"] < 120
    assert (usual["verdict"], last["verdict"]) == ("normal", "lower")
    assert judged["verdict"].isna().iloc[:104].all()

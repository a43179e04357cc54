"""What records mean to a service's own KPIs, on values worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.entries import DataSetEntry
from data.measurements import measure
from data.own_measures import measure_own
from data.parsed_records import ParsedRecord
from data.rules import INSTANT
from kpi.own import OwnKpi, parse

MILLION = 1_000_000
# Thursday 1 January 1970 and Monday 5 January 1970.
DAY, MONDAY = 0, 4 * 86_400
RATIO = {
    "name": "Answered in time",
    "unit": "proportion",
    "format": "percentage",
    "data_set": "calls",
    "numerator": {"field": "in_time"},
    "denominator": {"field": "calls"},
}
MEAN = {
    "name": "Length",
    "unit": "seconds",
    "format": "duration",
    "data_set": "calls",
    "measure": "seconds",
    "aggregate": "mean",
    "weight": "calls",
}
SUM = {
    "name": "Calls",
    "unit": "calls",
    "format": "number",
    "data_set": "calls",
    "measure": "calls",
    "aggregate": "sum",
}
COUNT = {key: value for key, value in SUM.items() if key != "measure"} | {"aggregate": "count"}
Body = dict[str, Any]


def own(body: Body, **more: Any) -> OwnKpi:
    return parse("k", {**body, **more})


def record(body: Body, at: int | None = DAY, micros: int = 0) -> ParsedRecord:
    return ParsedRecord("key", at, micros, str(body.get("period", "day")), "allowance", body)


def measured(
    kpi: OwnKpi, *bodies: Body, kind: str = "calls", at: int = DAY, **settings: Any
) -> dict[tuple[str, str], int | None]:
    """Millionths by side (n, d) and category."""
    entry = DataSetEntry("group", kind, service="allowance", **settings)
    records = [record(body, at) for body in bodies]
    figures = measure_own(entry, [kpi], records, measure(entry, records))
    assert {(key.service, key.start) for key in figures} <= {("allowance", at)}
    return {
        (key.measure.removeprefix("own:k:"), key.category): figure.millionths
        for key, figure in figures.items()
    }


def test_a_ratio_adds_up_both_of_its_sides() -> None:
    found = measured(own(RATIO), {"in_time": 30, "calls": 40}, {"in_time": 6, "calls": 10})
    assert found == {("n", ""): 36 * MILLION, ("d", ""): 50 * MILLION}


def test_a_record_that_lacks_one_side_of_a_ratio_is_in_neither() -> None:
    found = measured(own(RATIO), {"in_time": 30, "calls": 40}, {"in_time": None, "calls": 10})
    assert found == {("n", ""): 30 * MILLION, ("d", ""): 40 * MILLION}
    assert measured(own(RATIO), {"calls": 10}) == {}


def test_each_side_of_a_ratio_has_a_filter_of_its_own() -> None:
    lost = {**RATIO, "numerator": {"field": "calls", "filter": {"outcome": "lost"}}}
    rows: list[Body] = [{"outcome": "lost", "calls": 3}, {"outcome": "answered", "calls": 9}]
    # Three of all twelve calls were lost.
    assert measured(own(lost), *rows) == {("n", ""): 3 * MILLION, ("d", ""): 12 * MILLION}
    # A filter compares texts as they are, but for blanks around them.
    spaced: list[Body] = [{"outcome": " lost ", "calls": 3}, {"outcome": "Lost", "calls": 9}]
    assert measured(own(lost), *spaced)["n", ""] == 3 * MILLION


def test_a_mean_is_weighted_and_never_a_mean_of_means() -> None:
    found = measured(own(MEAN), {"seconds": 100.5, "calls": 2}, {"seconds": 10, "calls": 8})
    # 100.5 × 2 + 10 × 8 = 281 seconds of 10 calls: 28.1, not 55.25.
    assert found == {("n", ""): 281 * MILLION, ("d", ""): 10 * MILLION}


def test_a_mean_without_a_weight_counts_each_record_once() -> None:
    alone = {key: value for key, value in MEAN.items() if key != "weight"}
    found = measured(own(alone), {"seconds": 7}, {"seconds": 2.5}, {"seconds": None})
    assert found == {("n", ""): 9_500_000, ("d", ""): 2 * MILLION}


def test_a_count_is_of_records_or_of_those_that_have_a_number() -> None:
    rows: list[Body] = [{"calls": 5}, {"calls": None}, {"other": 1}]
    assert measured(own(COUNT), *rows) == {("n", ""): 3 * MILLION}
    assert measured(own(COUNT, measure="calls"), *rows) == {("n", ""): MILLION}


def test_groups_are_parts_of_the_whole() -> None:
    rows: list[Body] = [{"team": "north", "calls": 3}, {"team": "south", "calls": 4}]
    assert measured(own(SUM, group="team"), *rows) == {
        ("n", ""): 7 * MILLION,
        ("n", "north"): 3 * MILLION,
        ("n", "south"): 4 * MILLION,
    }


def test_a_record_without_a_group_is_the_whole_and_parts_are_not_added_to_it() -> None:
    rows: list[Body] = [{"team": "north", "calls": 3}, {"calls": 10}]
    assert measured(own(SUM, group="team"), *rows) == {
        ("n", ""): 10 * MILLION,
        ("n", "north"): 3 * MILLION,
    }


def test_a_total_beside_its_channels_is_not_counted_twice_by_a_kpi_of_one_channel() -> None:
    rows = [
        {"total_cost": 100, "period": "day"},
        {"total_cost": 30, "channel": "phone", "period": "day"},
    ]
    phone = own(
        {
            **RATIO,
            "numerator": {"field": "total_cost", "filter": {"channel": "phone"}},
            "denominator": {"field": "total_cost"},
        }
    )
    found = measured(phone, *rows, kind="cost-per-transaction")
    assert found == {("n", ""): 30 * MILLION, ("d", ""): 100 * MILLION}


def test_a_sum_over_all_channels_is_partial_where_one_is_missing() -> None:
    entry = DataSetEntry(
        "group", "transactions-by-channel", service="allowance", channels=("web", "post")
    )
    records = [record({"channel": "web", "count": 8, "period": "day"})]
    web = own(SUM, measure="count", filter={"channel": "web"})
    told: list[tuple[str, int, int, str]] = []
    for kpi in (own(SUM, measure="count"), web):
        (figure,) = measure_own(entry, [kpi], records, measure(entry, records)).values()
        told.append((figure.status, figure.parts, figure.expected, figure.part))
        assert figure.millionths == 8 * MILLION
    assert told == [("partial", 1, 2, "channel"), ("reported", 1, 1, "day")]


def periods(*records: ParsedRecord) -> Sequence[tuple[str, int]]:
    entry = DataSetEntry("group", "calls", service="allowance")
    return [(key.period, key.start) for key in measure_own(entry, [own(SUM)], records, {})]


def test_a_record_without_a_whole_period_is_no_figure_and_no_error() -> None:
    calls = {"calls": 1}
    odd = [
        record(calls, None),
        record(calls, DAY + 3600),
        record(calls, DAY, micros=5),
        record({**calls, "period": "week"}, DAY),
        record({**calls, "period": "month"}, MONDAY),
        record({**calls, "period": "fortnight"}, MONDAY),
        record({**calls, "period": INSTANT}, MONDAY),
        record({**calls, "period": ""}, MONDAY),
        record(calls, -80 * 366 * 86_400),
    ]
    assert periods(*odd) == []
    assert periods(record({**calls, "period": "week"}, MONDAY)) == [("week", MONDAY)]
    assert periods(record({**calls, "period": "month"}, DAY)) == [("month", DAY)]


def test_what_is_no_number_or_too_large_or_below_nought_is_no_figure() -> None:
    for odd in (True, "5", None, -1, 10**12 + 1, 1e300):
        assert measured(own(SUM), {"calls": odd}) == {}
    assert measured(own(MEAN), {"seconds": 10**12, "calls": 10**12}) == {}


def test_a_private_data_set_makes_no_figures() -> None:
    assert measured(own(SUM), {"calls": 5}, private=True) == {}

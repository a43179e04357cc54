"""The demonstration adds up to what was published, and behaves like services do."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from data.demonstration import delivery, live
from data.demonstration_behaviour import BEHAVIOURS
from data.demonstration_facts import YEARS
from data.demonstration_services import ORGANISATIONS, SERVICES
from data.entries import Batch, Delivery, Record
from data.validation import parse

NOW = datetime(2025, 11, 22, 19, 3, tzinfo=UTC)
PUBLISHED = Path(__file__).resolve().parents[3] / "shared/data/transactional-services.csv"
LABELS = ("2015-Q4", "2016-Q4", "2017-Q4")
STARTS = (date(2014, 10, 1), date(2015, 10, 1), date(2016, 10, 1))


@cache
def whole() -> Delivery:
    return delivery(NOW)


def batches(kind: str) -> dict[str, Batch]:
    return {b.data_set.group: b for b in whole().batches if b.data_set.type == kind}


def day_of(record: Record) -> date:
    return date.fromisoformat(record["_timestamp"][:10])


def year_of(record: Record) -> date:
    day = day_of(record)
    return date(day.year - (day.month < 10), 10, 1)


def published_rows() -> dict[str, dict[str, str]]:
    if not PUBLISHED.exists():
        pytest.skip(f"the published download is not at {PUBLISHED}")
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return {row["Slug"]: row for row in csv.DictReader(file)}


def figure(text: str) -> float | None:
    return float(text.replace(",", "")) if text.strip() else None


def test_the_facts_are_the_published_figures() -> None:
    rows = published_rows()
    for slug, years in YEARS.items():
        for label, year in zip(LABELS, years, strict=True):
            row = rows[slug]
            assert figure(row[f"{label} Vol."]) == year.transactions, (slug, label)
            assert figure(row[f"{label} Digital vol."]) == year.digital, (slug, label)
            costs = [year.cost, year.digital_cost]
            cells = [row[f"{label} CPT (£)"], row[f"{label} Digital CPT (£)"]]
            assert [None if c is None else float(c) for c in costs] == [figure(c) for c in cells]


def test_services_and_organisations_are_named_as_published() -> None:
    rows = published_rows()
    names = {item.slug: item for item in ORGANISATIONS}
    for service in SERVICES:
        row, runner = rows[service.slug], names[service.organisation]
        department = names[runner.department] if runner.department else runner
        assert service.name == row["Name of service"]
        assert (runner.name, department.name) == (row["Agency/body"], row["Department"])
        assert (service.category, service.customer_type) == (row["Category"], row["Customer type"])
        assert service.business_model == row["Business model"]
        assert service.high_volume == (row["Hi-vol"] == "1")


def test_no_description_is_the_published_one() -> None:
    rows = published_rows()
    for service in SERVICES:
        assert service.description not in rows[service.slug]["Description of service"]


def test_there_are_some_twenty_services_in_at_least_six_departments() -> None:
    departments = {item.slug for item in ORGANISATIONS if item.department is None}
    assert 20 <= len(SERVICES) <= 24
    assert len(departments) >= 6
    assert {s.slug for s in SERVICES} == set(YEARS) == {b.slug for b in BEHAVIOURS}
    assert {s.organisation for s in SERVICES} <= {item.slug for item in ORGANISATIONS}


def test_published_years_start_in_october_and_carry_only_what_was_published() -> None:
    records = batches("summaries")["transactional-services"].records
    tax = {r["_timestamp"]: r for r in records if r["service"] == "dft-tax-a-vehicle"}
    assert tax["2014-10-01T00:00:00+00:00"]["transactions"] == 46_907_689
    assert tax["2014-10-01T00:00:00+00:00"]["cost_per_transaction"] == 0.98
    voters = [r for r in records if r["service"] == "co-voter-registration"]
    assert len(voters) == 3
    assert not any("cost_per_transaction" in record for record in voters)


def test_channels_add_up_to_each_published_year_exactly() -> None:
    for batch in batches("transactions-by-channel").values():
        slug = str(batch.entry.service)
        sums: dict[tuple[date, bool], int] = defaultdict(int)
        for record in batch.records:
            sums[year_of(record), record["channel"] == "digital"] += record["count"]
        for start, year in zip(STARTS, YEARS[slug], strict=True):
            assert sums[start, True] == year.digital, (slug, start)
            if slug != "defra-flood-warnings-registration":
                assert sums[start, False] == year.transactions - year.digital, (slug, start)


def test_no_count_is_negative_or_a_fraction() -> None:
    for batch in whole().batches:
        for record in batch.records:
            for name in ("count", "total", "unique_visitors"):
                value = record.get(name, 0)
                assert isinstance(value, int), record
                assert value >= 0, record


def test_every_identifier_is_unique_in_its_data_set() -> None:
    for batch in whole().batches:
        counts = Counter(record["_id"] for record in batch.records)
        assert max(counts.values()) == 1, batch.data_set


def test_every_record_is_one_that_the_way_in_accepts() -> None:
    slugs = {service.slug for service in SERVICES}
    for batch in whole().batches:
        assert len(parse(batch, slugs)) == len(batch.records)


def test_weekends_are_quieter_than_weekdays_except_for_anglers() -> None:
    for group, batch in batches("transactions-by-channel").items():
        if batch.records[0]["period"] == "day" and group != "fishing-licences":
            mean = weekday_means(batch)
            assert max(mean[5], mean[6]) < min(mean[:5]), group


def weekday_means(batch: Batch) -> list[float]:
    days: dict[int, list[int]] = defaultdict(list)
    for record in batch.records:
        if record["channel"] == "digital":
            days[day_of(record).weekday()].append(record["count"])
    return [sum(days[n]) / len(days[n]) for n in range(7)]


def test_carers_allowance_reported_nothing_in_june_2015() -> None:
    days = {day_of(r) for r in batches("transactions-by-channel")["carers-allowance"].records}
    gone = {date(2015, 6, 1) + timedelta(days=n) for n in range(35)}
    assert not days & gone
    assert len(days) == 1096 - 35
    assert {date(2015, 5, 31), date(2015, 7, 6)} <= days
    rated = {day_of(r) for r in batches("customer-satisfaction")["carers-allowance"].records}
    assert not rated & gone


def test_two_weeks_of_fishing_licences_are_missing_and_all_other_services_are_whole() -> None:
    for group, batch in batches("transactions-by-channel").items():
        days = {day_of(record) for record in batch.records}
        if batch.records[0]["period"] == "day" and group != "carers-allowance":
            assert len(days) == (1096 - 14 if group == "fishing-licences" else 1096), group


def test_an_outage_makes_a_week_worse_than_the_weeks_around_it() -> None:
    weeks: dict[date, int] = defaultdict(int)
    for record in batches("transactions-by-channel")["vehicle-tax"].records:
        if record["channel"] == "digital":
            weeks[day_of(record) - timedelta(days=day_of(record).weekday())] += record["count"]
    bad = weeks[date(2016, 3, 7)]
    assert bad < 0.8 * weeks[date(2016, 2, 29)]
    assert bad < 0.8 * weeks[date(2016, 3, 14)]


def test_voters_register_most_before_the_referendum_and_the_elections() -> None:
    counts = {
        day_of(r): r["count"]
        for r in batches("transactions-by-channel")["voter-registration"].records
        if r["channel"] == "digital"
    }
    busiest = sorted(counts, key=lambda day: counts[day])[-2:]
    assert set(busiest) == {date(2016, 6, 7), date(2017, 5, 22)}


def test_students_apply_in_spring() -> None:
    months: dict[int, int] = defaultdict(int)
    for record in batches("transactions-by-channel")["student-finance"].records:
        months[day_of(record).month] += record["count"]
    assert max(months, key=lambda month: months[month]) in (4, 5, 6)
    assert months[5] > 10 * months[12]


def test_flood_warnings_report_one_channel_a_quarter_and_the_published_years_only() -> None:
    mine = [b for b in whole().batches if b.data_set.group == "flood-warnings"]
    assert [b.data_set.type for b in mine] == ["transactions-by-channel"]
    assert mine[0].entry.channels == ("digital", "phone")
    assert {r["channel"] for r in mine[0].records} == {"digital"}
    assert [r["period"] for r in mine[0].records] == ["quarter"] * 12


def test_months_of_cost_add_up_to_the_published_cost_to_the_penny() -> None:
    pence: dict[tuple[str, date], int] = defaultdict(int)
    for batch in batches("cost-per-transaction").values():
        for record in batch.records:
            exact = round(record["total_cost"] * 100)
            assert record["total_cost"] == exact / 100
            pence[str(batch.entry.service), year_of(record)] += exact
    # 46,907,689 vehicles at £0.98, by hand.
    assert pence["dft-tax-a-vehicle", date(2014, 10, 1)] == 4_596_953_522
    expected = {
        (slug, year.start): year.pence
        for slug, years in YEARS.items()
        for year in years
        if year.pence is not None and slug != "defra-flood-warnings-registration"
    }
    assert pence == expected


def test_a_year_without_a_published_cost_has_no_cost() -> None:
    assert "voter-registration" not in batches("cost-per-transaction")
    trade_marks = batches("cost-per-transaction")["trade-marks"].records
    assert {year_of(record) for record in trade_marks} == {date(2014, 10, 1)}


def test_fewer_people_reach_each_next_stage_of_a_journey() -> None:
    for group, batch in batches("journey").items():
        counts = {(day_of(r), r["stage"]): r["count"] for r in batch.records}
        stages = batch.entry.stages
        assert 3 <= len(stages) <= 7
        for monday in {day for day, _ in counts}:
            reached = [counts[monday, stage] for stage in stages]
            assert all(a >= b for a, b in pairwise(reached)), (group, monday)


def test_completion_is_plausible_and_every_week_starts_on_monday() -> None:
    for group, batch in batches("journey").items():
        first, last = batch.entry.stages[0], batch.entry.stages[-1]
        sums: dict[str, int] = defaultdict(int)
        for record in batch.records:
            assert day_of(record).weekday() == 0
            sums[record["stage"]] += record["count"]
        assert 0.45 <= sums[last] / sums[first] <= 0.9, group


def test_optional_stages_are_apart_from_the_stages_that_everyone_passes() -> None:
    for batch in batches("journey").values():
        both = (*batch.entry.stages, *batch.entry.optional_stages)
        assert len(set(both)) == len(both)
        assert {record["stage"] for record in batch.records} == set(both)


def test_every_rating_is_counted_in_the_total() -> None:
    for batch in batches("customer-satisfaction").values():
        for record in batch.records:
            assert record["total"] == sum(record[f"rating_{n}"] for n in range(1, 6))


def test_carers_are_less_satisfied_in_the_last_month() -> None:
    august, september = (satisfaction("carers-allowance", 2017, month) for month in (8, 9))
    assert 0.02 < august - september < 0.05


def satisfaction(group: str, year: int, month: int) -> float:
    records = [
        record
        for record in batches("customer-satisfaction")[group].records
        if (day_of(record).year, day_of(record).month) == (year, month)
    ]
    score = sum((n - 1) / 4 * record[f"rating_{n}"] for record in records for n in range(1, 6))
    return float(score / sum(record["total"] for record in records))


def test_twelve_services_count_live_users_every_five_minutes_for_a_day() -> None:
    counted = batches("realtime")
    assert len(counted) == 12
    for batch in counted.values():
        moments = [datetime.fromisoformat(r["_timestamp"]) for r in batch.records]
        assert batch.entry.realtime
        assert moments[-1] == datetime(2025, 11, 22, 19, 0, tzinfo=UTC)
        assert moments[0] == datetime(2025, 11, 21, 19, 5, tzinfo=UTC)
        assert {b - a for a, b in pairwise(moments)} == {timedelta(minutes=5)}


def test_nights_are_quieter_than_afternoons() -> None:
    by_hour: dict[int, int] = defaultdict(int)
    for record in batches("realtime")["vehicle-tax"].records:
        by_hour[datetime.fromisoformat(record["_timestamp"]).hour] += record["unique_visitors"]
    assert by_hour[3] < by_hour[14] / 5


def test_live_users_go_on_where_they_stopped() -> None:
    later = NOW + timedelta(minutes=11)
    fresh = live(later, NOW)[0].records
    assert [r["_timestamp"][11:16] for r in fresh] == ["19:05", "19:10"]
    again = {r["_id"]: r for r in live(later, None)[0].records}
    assert all(again[r["_id"]] == r for r in batches("realtime")["vehicle-tax"].records[2:])


def test_there_is_nothing_new_within_the_same_five_minutes() -> None:
    assert live(NOW + timedelta(minutes=1), NOW) == []


def test_after_a_week_only_the_last_day_of_live_users_is_made_up() -> None:
    assert len(live(NOW, NOW - timedelta(days=7))[0].records) == 288


def test_a_time_without_a_zone_is_utc() -> None:
    assert live(NOW.replace(tzinfo=None), None) == live(NOW, None)


def test_the_demonstration_is_the_same_each_time() -> None:
    assert list(delivery(NOW).batches) == list(whole().batches)


def test_the_demonstration_is_of_a_sensible_size() -> None:
    assert 60_000 <= sum(len(batch.records) for batch in whole().batches) <= 90_000

"""Records of real data sets, as a client would send them: taken as they are, and added up."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.queries import KpiQuery, MeasurementQuery
from data.reader import Reader
from data.selection import Selection
from kpi.periods import Period
from kpi.ratings import SCALE, by_period
from tests.data.world import MILLION, World, typed
from tests.fixtures.kept import Kept

RECORDS = Path(__file__).resolve().parents[3] / "shared/data/records"
STAGES = (
    "eligibility",
    "about-you",
    "care-you-provide",
    "other-money",
    "pay-details",
    "consent-and-declaration",
    "thank-you",
)


def real(name: str) -> list[dict[str, Any]]:
    path = RECORDS / f"{name}.json"
    if not path.exists():
        pytest.skip(f"the real records are not at {path}")
    records: list[dict[str, Any]] = json.loads(path.read_text())
    return records


def test_claims_by_channel_add_up_by_thursdays_to_months_of_weeks(world: World) -> None:
    records = real("carers-allowance/transactions-by-channel")
    world.send(typed("transactions-by-channel", *records))
    weeks: dict[str, float] = defaultdict(float)
    months: dict[date, float] = defaultdict(float)
    for record in records:
        monday = date.fromisoformat(record["_timestamp"][:10])
        weeks[str(monday)] += record["count"]
        months[(monday + timedelta(days=3)).replace(day=1)] += record["count"]
    told = world.told(measure="transactions", category="")
    assert {about[4]: t[0] for about, t in told.items() if about[3] == "week"} == weeks
    found = {about[4]: (t[0], t[4]) for about, t in told.items() if about[3] == "month"}
    assert found == {str(month): (value, "week") for month, value in months.items()}


def test_visitors_who_start_and_finish_are_those_of_the_first_and_last_stage(world: World) -> None:
    records = real("carers-allowance/journey")
    world.send(typed("journey", *records, stages=STAGES))
    for measure, stage in (("journey-started", STAGES[0]), ("journey-completed", STAGES[-1])):
        expected = {r["_timestamp"][:10]: r["count"] for r in records if r["stage"] == stage}
        told = world.told(measure=measure, period="week")
        assert {about[4]: t[0] for about, t in told.items()} == expected


def test_ratings_add_up_to_the_answers_that_were_sent(world: World) -> None:
    records = real("carers-allowance/customer-satisfaction")
    world.send(typed("customer-satisfaction", *records))
    told = world.told(measure="ratings", category="", period="day")
    assert {about[4]: t[0] for about, t in told.items()} == {
        record["_timestamp"][:10]: record["total"] for record in records
    }
    marks = sum(record[f"rating_{n}"] * (n - 1) for record in records for n in range(1, 6))
    satisfaction = world.told(measure="satisfaction", period="day").values()
    assert sum(told[0] or 0 for told in satisfaction) == marks / 4


def test_a_months_score_and_spread_are_those_of_all_its_answers_together(world: World) -> None:
    records = real("carers-allowance/customer-satisfaction")
    by_month: dict[str, Counter[int]] = defaultdict(Counter)
    for item in records:
        for n in range(1, 6):
            by_month[item["_timestamp"][:7]][n] += item[f"rating_{n}"]
    month, counts = max(by_month.items(), key=lambda found: sum(found[1].values()))
    answers = sum(counts.values())
    score = (sum(n * count for n, count in counts.items()) / answers - 1) / 4
    world.send(typed("customer-satisfaction", *records))
    start = date.fromisoformat(f"{month}-01")
    span = {"period": "month", "start_at": start, "end_at": Period("month", start).end}
    reader = Reader(world.engine, Kept())
    about = Selection(service="allowance")
    (row,) = reader.run(KpiQuery(about, kpis=("user-satisfaction",), **span)).to_dict("records")  # type: ignore[arg-type]
    assert (row["value"], row["denominator"]) == (pytest.approx(score, abs=1e-12), answers)
    told = by_period(reader.run(MeasurementQuery("allowance", "ratings", **span)))  # type: ignore[arg-type]
    assert told[list(SCALE)].iloc[0].tolist() == [counts[n] for n in range(1, 6)]


def test_days_of_fewer_than_five_answers_are_suppressed_and_no_others(world: World) -> None:
    records = real("carers-allowance/customer-satisfaction")
    world.send(typed("customer-satisfaction", *records))
    reader = Reader(world.engine, Kept())
    found = reader.run(KpiQuery(Selection(service="allowance"), "day", kpis=("user-satisfaction",)))
    hidden = found[found["status"] == "suppressed"]
    assert set(hidden["start_at"].dt.date.astype(str)) == {
        item["_timestamp"][:10] for item in records if 0 < item["total"] < 5
    }
    assert len(hidden) == 5
    assert hidden[["value", "numerator", "denominator"]].isna().all(axis=None)


def test_live_users_are_kept_moment_by_moment(world: World) -> None:
    records = real("licensing/realtime")
    world.send(typed("realtime", *records))
    rows = world.rows()["measurement"]
    moments = {record["_timestamp"] for record in records}
    assert len(rows) == len(moments)
    assert {row[1] for row in rows} == {"instant"}
    assert sum(row[5] for row in rows) == MILLION * sum(r["unique_visitors"] for r in records)

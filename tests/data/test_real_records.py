"""Records of real data sets, as a client would send them: taken as they are, and added up."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.data.world import MILLION, World, typed

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


def test_live_users_are_kept_moment_by_moment(world: World) -> None:
    records = real("licensing/realtime")
    world.send(typed("realtime", *records))
    rows = world.rows()["measurement"]
    moments = {record["_timestamp"] for record in records}
    assert len(rows) == len(moments)
    assert {row[1] for row in rows} == {"instant"}
    assert sum(row[5] for row in rows) == MILLION * sum(r["unique_visitors"] for r in records)

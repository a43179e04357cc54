"""Answers as they are sent, added up and asked for: pooled, and suppressed where too few."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from data.dashboard import dashboard
from data.entries import Batch, DataSetEntry, Record
from data.organisation_kpis import OrganisationKpiQuery
from data.queries import KpiQuery, LatestQuery, MeasurementQuery
from data.reader import Reader
from data.selection import Selection
from data.trends import TrendQuery
from kpi.dashboard import Dashboard
from kpi.periods import Period
from kpi.ratings import SCALE
from kpi.views import Wanted
from tests.data.world import World, record, summaries, typed
from tests.fixtures.kept import Kept

SATISFACTION = ("user-satisfaction",)
TERMS = ["value", "numerator", "denominator"]


class ReaderOf2019(Reader):
    """A reader for whom it is 1 May 2019."""

    def clock(self) -> datetime:
        return datetime(2019, 5, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def reader(world: World) -> Reader:
    return ReaderOf2019(world.engine, Kept())


def rated(start: str, *counts: int, period: str = "month") -> Record:
    """How many answered 1 to 5."""
    answers: dict[str, Any] = {f"rating_{n}": count for n, count in enumerate(counts, start=1)}
    return record(start, period, **answers)


def asked(*records: Record, service: str = "allowance") -> Batch:
    return typed("customer-satisfaction", *records, service=service)


def scores(reader: Reader, period: str, **more: Any) -> pd.DataFrame:
    query = KpiQuery(Selection(service="allowance"), period, kpis=SATISFACTION, **more)
    return reader.run(query)


def test_unequal_days_pool_to_their_week_and_months_to_their_quarter(
    world: World, reader: Reader
) -> None:
    days = [rated(f"2017-09-{day:02}", 0, 0, 0, 0, 1, period="day") for day in range(4, 10)]
    world.send(asked(*days, rated("2017-09-10", 6, 0, 0, 0, 0, period="day")))
    week = scores(reader, "week").iloc[0]
    # Six very satisfied of twelve answers. The mean of seven daily scores would be 6/7.
    assert (week.value, week.denominator, week.status) == (0.5, 12, "reported")
    month = scores(reader, "month").iloc[0]
    assert (month.value, month.denominator, month.status) == (0.5, 12, "partial")
    days_told = scores(reader, "day")
    assert list(days_told["status"]) == ["suppressed"] * 6 + ["reported"]
    assert days_told[TERMS].iloc[:6].isna().all(axis=None)


def test_unequal_weeks_pool_to_their_month(world: World, reader: Reader) -> None:
    # 2 answers of satisfaction 0, then 8, 10 and 20 of 1: 38 of 40, not the mean of 0, 1, 1, 1.
    counts = zip(("07", "14", "21", "28"), (8, 10, 20, 0), strict=True)
    weeks = [rated(f"2017-08-{day}", 0, 0, 0, 0, count, period="week") for day, count in counts]
    weeks += [rated("2017-07-31", 2, 0, 0, 0, 0, period="week")]
    world.send(asked(*weeks))
    month = scores(reader, "month").iloc[0]
    assert (month.value, month.denominator, month.parts, month.part) == (0.95, 40, 5, "week")
    told = scores(reader, "week").set_index("start_at")["status"]
    # Nobody answered in the last week: no data, which is not too few.
    assert list(told) == ["suppressed", "reported", "reported", "reported", "not applicable"]


def test_services_pool_and_a_suppressed_one_counts_unseen(world: World, reader: Reader) -> None:
    world.send(
        asked(rated("2017-01-01", 0, 0, 0, 0, 3, period="year")),
        asked(rated("2017-01-01", 6, 0, 0, 0, 3, period="year"), service="pension"),
        summaries(record("2017-01-01", "year", service="allowance", transactions=10)),
    )
    # 3 + 3 very satisfied of 3 + 9 answers.
    total = reader.run(KpiQuery(period="year", kpis=SATISFACTION, over_services=True)).iloc[0]
    assert (total.value, total.denominator, total.services_reporting) == (0.5, 12, 2)
    organisations = reader.run(OrganisationKpiQuery()).set_index("slug")
    assert organisations.loc["work", "user-satisfaction"] == 0.5
    assert organisations.loc["work", "user-satisfaction.denominator"] == 12
    # The agency runs the one service alone: it tells no more than the service does.
    assert organisations.loc["carers", "user-satisfaction.status"] == "suppressed"
    assert organisations["user-satisfaction.denominator"].isna()["carers"]


def test_a_total_by_service_hides_what_the_service_hides(world: World, reader: Reader) -> None:
    world.send(asked(rated("2017-09-01", 0, 0, 0, 0, 3)))
    found = reader.run(KpiQuery(period="month", kpis=SATISFACTION, by="slug")).iloc[0]
    assert found.status == "suppressed"
    assert found[TERMS].isna().all()


def test_the_latest_year_pools_suppressed_months(world: World, reader: Reader) -> None:
    months = [rated(f"2017-{n:02}-01", 1, 0, 0, 0, 2) for n in range(1, 13)]
    world.send(asked(*months))
    found = reader.run(LatestQuery()).set_index("kpi").loc["user-satisfaction"]
    assert (found["numerator"], found["denominator"]) == (24, 36)
    assert set(scores(reader, "month")["status"]) == {"suppressed"}


def test_a_latest_year_of_too_few_answers_is_not_told(world: World, reader: Reader) -> None:
    world.send(asked(rated("2017-01-01", 0, 0, 0, 0, 4, period="year")))
    assert "user-satisfaction" not in set(reader.run(LatestQuery())["kpi"])


def test_no_trend_draws_what_is_suppressed(world: World, reader: Reader) -> None:
    counts = {2013: 9, 2014: 9, 2015: 3, 2016: 9}
    years = [rated(f"{year}-01-01", 0, 0, 0, 0, n, period="year") for year, n in counts.items()]
    world.send(asked(*years))
    ids = tuple(reader.run(LatestQuery())["service"].unique().tolist())
    trend = reader.run(TrendQuery(ids))
    lines = trend[trend["kpi"] == "user-satisfaction"]
    assert lines["start_at"].dt.year.tolist() == [2013, 2014, 2016]


def test_measurements_of_too_few_answers_are_suppressed_whichever_is_asked_for(
    world: World, reader: Reader
) -> None:
    world.send(asked(rated("2017-08-01", 1, 0, 0, 0, 2), rated("2017-09-01", 1, 0, 0, 0, 4)))
    for measure in ("ratings", "satisfaction"):
        found = reader.run(MeasurementQuery("allowance", measure))
        assert set(found["measure"]) == {measure}
        hidden = found[found["start_at"] == "2017-08-01"]
        assert set(hidden["status"]) == {"suppressed"}
        assert hidden["value"].isna().all()
        assert found.loc[found["start_at"] == "2017-09-01", "value"].notna().all()


def shown(world: World, *records: Record, **wanted: Any) -> Dashboard:
    world.send(asked(*records))
    found = dashboard(ReaderOf2019(world.engine, Kept()), "allowance", Wanted(**wanted))
    assert found is not None
    return found


JULY, AUGUST = rated("2017-07-01", 1, 2, 3, 4, 5), rated("2017-08-01", 1, 0, 0, 0, 2)
SEPTEMBER = rated("2017-09-01", 5, 4, 3, 2, 1)


def test_the_newest_answers_are_looked_at_unless_others_are_chosen(world: World) -> None:
    newest = shown(world, JULY, AUGUST, SEPTEMBER)
    assert newest.ratings.counts == (5, 4, 3, 2, 1)
    assert "answers" not in newest.view.parameters
    chosen = shown(world, answers=date(2017, 7, 15))
    assert chosen.ratings.counts == (1, 2, 3, 4, 5)
    # Said by its first day, whichever day of it was asked for.
    assert chosen.view.parameters == {"answers": "2017-07-01"}
    again = shown(world, answers=date(2017, 9, 1))
    assert (again.view.parameters, again.view.notes) == ({}, ())


def test_all_periods_have_their_five_ratings(world: World) -> None:
    answers = shown(world, JULY, AUGUST, SEPTEMBER).ratings.answers
    assert answers["answers"].fillna(-1).tolist() == [15, -1, 15]
    assert answers[list(SCALE)].iloc[0].tolist() == [1, 2, 3, 4, 5]
    assert answers.loc[1, list(SCALE)].isna().all()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2017, 8, 1), "There are too few answers in August 2017 to show"),
        (date(2011, 1, 1), "There are no answers of 1 January 2011"),
    ],
)
def test_answers_that_cannot_be_looked_at_are_told_of(world: World, day: date, words: str) -> None:
    found = shown(world, JULY, AUGUST, SEPTEMBER, answers=day)
    assert found.view.notes == (f"{words}: the latest answers are shown.",)
    assert found.ratings.period == Period("month", date(2017, 9, 1))
    assert found.view.parameters == {}


def test_a_service_of_suppressed_answers_alone_is_shown_as_such(world: World) -> None:
    found = shown(world, AUGUST)
    assert found.latest["user-satisfaction"].status == "suppressed"
    assert found.view.first == Period("month", date(2017, 8, 1))
    assert (found.ratings.counts, found.ratings.period) == ((), None)
    assert list(found.lines["user-satisfaction"]["status"]) == ["suppressed"]


def test_what_was_usual_is_of_the_twelve_months_before_also_outside_what_is_shown(
    world: World,
) -> None:
    # A tenth was dissatisfied in each of twelve months, half of them in the last one.
    before = [rated(str(one), 50, 50, 0, 0, 900) for one in _months(12)]
    found = shown(world, *before, rated("2017-09-01", 250, 250, 0, 0, 500), first=date(2017, 9, 1))
    assert found.ratings.usual is not None
    assert (found.ratings.usual.low, found.ratings.usual.high) == (0.1, 0.1)
    assert (found.ratings.dissatisfied, found.ratings.verdict) == (0.5, "more")
    assert len(found.ratings.answers) == 1


def _months(count: int) -> list[date]:
    month = Period("month", date(2017, 9, 1))
    found = []
    for _ in range(count):
        month = month.previous
        found.append(month.start)
    return found


def test_a_chosen_channel_has_no_ratings(world: World) -> None:
    one = DataSetEntry("allowance", "transactions-by-channel", service="allowance")
    world.send(Batch(one, [record("2017-09-01", "month", channel="digital", count=5)]))
    found = shown(world, SEPTEMBER, channel="digital")
    assert found.ratings.counts == ()

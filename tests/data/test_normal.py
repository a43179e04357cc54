"""Normal ranges of what was sent: over all time, whatever span is asked for."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from data.dashboard import dashboard
from data.normal import NormalQuery
from data.overview import OverviewQuery
from data.queries import KpiQuery
from data.reader import Reader
from data.selection import Selection
from kpi.dashboard import Dashboard
from kpi.normal import LOWER, NORMAL
from kpi.periods import Period
from kpi.views import Wanted
from tests.data.world import ALLOWANCE, PENSION, World, channels, counted
from tests.fixtures.kept import Kept

WEEKS = 120
MONDAY = date(2016, 1, 4)
ASKED = KpiQuery(Selection(service="allowance"), "week", kpis=("transactions",), complete=True)


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def sent(world: World, weeks: int = WEEKS, last: float = 1.0) -> Reader:
    """Some 5,000 a week; the last week that many times as many."""
    counts = 5_000 + 100 * np.random.default_rng(2).standard_normal(weeks)
    counts[-1] *= last
    records = [
        counted(week(number).isoformat(), "online", round(count), "week")
        for number, count in enumerate(counts)
    ]
    world.send(channels(*records), services=[ALLOWANCE])
    return Reader(world.engine, Kept())


def shown(reader: Reader, **wanted: str) -> Dashboard:
    found = dashboard(reader, "allowance", Wanted(**wanted))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_what_is_normal_is_learnt_of_all_time_whatever_span_is_asked_for(world: World) -> None:
    reader = sent(world)
    span = KpiQuery(**{**vars(ASKED), "start_at": week(115), "end_at": week(118)})
    whole, part = reader.run(NormalQuery(ASKED)), reader.run(NormalQuery(span))
    assert part["start_at"].dt.date.tolist() == [week(115), week(116), week(117)]
    rows = whole[whole["start_at"].isin(part["start_at"])]
    for column in ("normal_low", "normal_high", "verdict"):
        assert part[column].tolist() == rows[column].tolist()
    assert set(part["verdict"]) == {NORMAL}


def test_the_answer_is_kept_until_figures_change(world: World) -> None:
    reader = sent(world)
    first = reader.run(NormalQuery(ASKED))
    assert reader.run(NormalQuery(ASKED)) is first
    world.send(channels(counted(week(WEEKS).isoformat(), "online", 9_000, "week")))
    assert len(reader.run(NormalQuery(ASKED))) == WEEKS + 1


def test_the_page_has_the_verdict_on_the_volume_and_the_range_along_its_line(
    world: World,
) -> None:
    found = shown(sent(world, last=0.5), period="week")
    volume = found.latest["transactions"]
    assert volume.usual is not None
    assert volume.usual.verdict == LOWER
    assert volume.usual_in == Period("week", week(WEEKS - 1))
    ranges = found.lines["transactions"][["normal_low", "normal_high"]].dropna()
    # Of the week after Christmas too little is known after two of them.
    assert len(ranges) == WEEKS - 104 - 1
    assert len([one for one in volume.trend_ranges if one]) == len(ranges)


def test_with_too_little_history_the_page_says_so(world: World) -> None:
    usual = shown(sent(world, weeks=60), period="week").latest["transactions"].usual
    assert usual is not None
    assert (usual.low, usual.verdict) == (None, "")


def test_years_are_not_judged(world: World) -> None:
    assert shown(sent(world), period="year").latest["transactions"].usual is None


def test_last_week_on_the_overview_has_its_verdict(world: World) -> None:
    found = sent(world, last=0.5).run(OverviewQuery())
    assert found.busiest.frame["verdict"].tolist() == [LOWER]
    assert len(found.busiest.trends) == 53


@pytest.mark.parametrize("later", [0, 8])
def test_the_overview_finds_of_services_together_what_is_normal_for_each_alone(
    world: World, later: int
) -> None:
    reader = sent(world, last=0.5)
    counts = 3_000 + 60 * np.random.default_rng(3).standard_normal(WEEKS - later)
    records = [
        counted(week(later + number).isoformat(), "online", round(count), "week")
        for number, count in enumerate(counts)
    ]
    world.send(channels(*records, service="pension"), services=[PENSION])
    trends = reader.run(OverviewQuery()).busiest.trends
    told = ["start_at", "value", "normal_low", "normal_high", "verdict"]
    for slug, verdict in (("allowance", LOWER), ("pension", NORMAL)):
        together = trends[trends["service"] == slug][told].reset_index(drop=True)
        asked = KpiQuery(Selection(service=slug), "week", kpis=("transactions",))
        alone = reader.run(NormalQuery(asked))[told].tail(len(together)).reset_index(drop=True)
        pd.testing.assert_frame_equal(together, alone)
        assert together["verdict"].iloc[-1] == verdict

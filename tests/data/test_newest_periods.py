"""How many services reported the newest periods, which is asked for more often than all of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from data.queries import CoverageQuery
from data.reader import Reader
from tests.data.world import World, channels, counted, record, summaries
from tests.fixtures.kept import Kept


class ReaderOf2019(Reader):
    """A reader for whom it is 1 May 2019."""

    def clock(self) -> datetime:
        return datetime(2019, 5, 1, 9, 30, tzinfo=UTC)


def _starts(world: World, period: str, newest: int | None) -> list[str]:
    rows = ReaderOf2019(world.engine, Kept()).run(CoverageQuery(period, newest))
    return [str(start.date()) for start in rows["start_at"]]


def test_the_newest_periods_are_the_last_of_all_and_in_the_same_order(world: World) -> None:
    months = [f"2018-{month:02}-01" for month in range(1, 13)]
    world.send(channels(*(counted(day, "digital", 5, "month") for day in months)))
    assert _starts(world, "month", 3) == months[-3:] == _starts(world, "month", None)[-3:]


def test_fewer_periods_than_are_asked_for_are_all_of_them(world: World) -> None:
    world.send(channels(counted("2018-01-01", "digital", 5, "month")))
    assert _starts(world, "month", 24) == ["2018-01-01"]
    assert _starts(world, "quarter", 24) == []


def test_a_period_that_is_not_over_takes_no_place_among_the_newest(world: World) -> None:
    months = ("2019-03-01", "2019-04-01", "2019-05-01")
    world.send(channels(*(counted(day, "digital", 5, "month") for day in months)))
    assert _starts(world, "month", 2) == ["2019-03-01", "2019-04-01"]


def test_rolling_years_that_are_not_over_take_no_place_either(world: World) -> None:
    starts = pd.date_range("2018-02-01", "2019-05-01", freq="MS").strftime("%Y-%m-%d")
    years = [record(day, "year", "", service="pension", transactions=1) for day in starts]
    world.send(summaries(*years))
    # April 2018 to March 2019, and May 2018 to April 2019, ended before 1 May 2019 or with it.
    assert _starts(world, "year", 2) == ["2018-04-01", "2018-05-01"]

"""A service's coming year and its targets, from what was sent and declared."""

from __future__ import annotations

from typing import Any

import pytest

from data.dashboard import dashboard
from data.declarations import DeclarationEntry
from data.deliveries import Sender, deliver
from data.demonstration_targets import TARGETS
from data.entries import Batch, DataSetEntry, Delivery
from data.projections import ProjectionQuery, TargetQuery
from data.reader import Reader
from kpi.dashboard import Dashboard
from kpi.definitions import kpi
from kpi.targets import MET, OFF_COURSE, wrong_with
from kpi.views import Wanted
from tests.data.world import ALLOWANCE, World, record
from tests.fixtures.kept import Kept

STARTS = [f"{2015 + (month + 9) // 12}-{(month + 9) % 12 + 1:02}-01" for month in range(24)]


@pytest.fixture
def reader(world: World) -> Reader:
    """Carer's allowance: 90 online and 10 on paper each month, October 2015 to September 2017."""
    records = [
        record(start, "month", channel=channel, count=count)
        for start in STARTS
        for channel, count in (("digital", 90), ("paper", 10))
    ]
    entry = DataSetEntry("allowance", "transactions-by-channel", service="allowance")
    world.send(Batch(entry, records), services=[ALLOWANCE])
    return Reader(world.engine, Kept())


def declare(world: World, key: str, value: float, day: str) -> None:
    entry = DeclarationEntry("allowance", "target", key, {"value": value, "date": day})
    deliver(world.engine, Delivery(declarations=[entry]), Sender("test"))


def shown(reader: Reader, **wanted: Any) -> Dashboard:
    found = dashboard(reader, "allowance", Wanted(**wanted))
    assert found is not None
    return found


def test_two_years_of_months_project_twelve_more(reader: Reader) -> None:
    found = reader.run(ProjectionQuery("allowance", "month"))
    volume = found[found["kpi"] == "transactions"]
    assert volume["value"].round().tolist() == [100] * 12 + [1200]
    take_up = found[found["kpi"] == "digital-take-up"]
    assert take_up["value"].round(6).tolist() == [0.9] * 12
    assert str(take_up["end_at"].iloc[-1].date()) == "2018-10-01"


def test_a_service_that_is_not_there_has_no_projection(reader: Reader) -> None:
    assert reader.run(ProjectionQuery("nothing", "month")).empty


def test_a_page_of_everything_has_the_coming_year_and_one_of_less_has_not(reader: Reader) -> None:
    assert len(shown(reader).projections) == 25
    assert len(shown(reader, period="quarter").projections) == 9
    assert shown(reader, last=shown(reader).view.periods[5].start).projections.empty
    assert shown(reader, channel="digital").projections.empty
    assert shown(reader, period="year").projections.empty


def test_a_declared_target_has_its_verdict_on_the_page(reader: Reader, world: World) -> None:
    assert shown(reader).targets == {}
    declare(world, "digital-take-up", 0.9, "2018-04-01")
    assert shown(reader).targets["digital-take-up"].verdict == MET
    declare(world, "digital-take-up", 0.95, "2018-04-01")
    assert shown(reader).targets["digital-take-up"].verdict == OFF_COURSE
    assert shown(reader, channel="digital").targets == {}


def test_a_page_by_day_or_year_judges_by_the_length_that_the_service_opens_with(
    reader: Reader, world: World
) -> None:
    declare(world, "digital-take-up", 0.95, "2018-04-01")
    by_year: Any = reader.run(TargetQuery("allowance", "year"))
    by_month: Any = reader.run(TargetQuery("allowance", "month"))
    assert by_year == by_month


def test_a_target_of_what_was_never_reported_has_no_verdict(reader: Reader, world: World) -> None:
    declare(world, "cost-per-transaction", 25, "2018-04-01")
    declare(world, "user-satisfaction", 0.9, "2018-04-01")
    assert shown(reader).targets == {}


def test_the_targets_of_the_demonstration_can_be_targets() -> None:
    for entry in TARGETS:
        assert entry.body is not None
        assert wrong_with(kpi(entry.key), entry.body["value"]) == []


def test_a_cost_of_two_years_of_months_is_judged_by_its_coming_twelve_months(
    reader: Reader, world: World
) -> None:
    records = [record(start, "month", total_cost=300) for start in STARTS]
    entry = DataSetEntry("allowance", "cost-per-transaction", service="allowance")
    world.send(Batch(entry, records))
    declare(world, "cost-per-transaction", 2.5, "2018-04-01")
    found = shown(reader).targets["cost-per-transaction"]
    # £300 a month for 100 transactions.
    assert (found.verdict, round(found.projected or 0, 4)) == (OFF_COURSE, 3.0)

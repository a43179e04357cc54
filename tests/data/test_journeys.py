"""Journeys in and out: the real one, what they cost, and what the completion rate says."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, cast

import pytest

from data.dashboard import dashboard
from data.data_sets import put
from data.deliveries import Sender
from data.journeys import MessagesQuery, StagesQuery, StageTrendQuery
from data.reader import Reader
from kpi.dashboard import Dashboard
from kpi.journeys import Asked, Stretch, worst_stage
from kpi.views import Wanted
from tests.data.test_real_records import STAGES, real
from tests.data.world import World, counted, record, typed
from tests.fixtures.kept import Kept

OPTIONAL = ("your-partner", "education", "employment", "self-employment")
WEEKS = ("2017-10-02", "2017-10-09", "2017-10-16")


def week(monday: str, **stages: int) -> list[dict[str, Any]]:
    return [record(monday, "week", stage=name, count=count) for name, count in stages.items()]


def weeks(*records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for several in records for one in several]


def shown(world: World, **asked: Any) -> Dashboard:
    found = dashboard(Reader(world.engine, Kept()), "allowance", Wanted(journey=Asked(**asked)))
    assert found is not None
    return found


def send_real(world: World) -> list[dict[str, Any]]:
    records = real("carers-allowance/journey")
    world.send(typed("journey", *records, stages=STAGES, optional_stages=OPTIONAL))
    return records


def by_hand(records: list[dict[str, Any]]) -> tuple[list[str], dict[str, int]]:
    """The weeks in which every required stage was reported, and people at each stage in them."""
    weeks: dict[str, dict[str, int]] = defaultdict(dict)
    for one in records:
        weeks[one["_timestamp"][:10]][one["stage"]] = one["count"]
    whole = [start for start, stages in sorted(weeks.items()) if set(STAGES) <= set(stages)]
    sums: dict[str, int] = defaultdict(int)
    for start in whole:
        for stage, count in weeks[start].items():
            sums[stage] += count
    return whole, sums


def test_the_real_journey_loses_most_people_at_about_you(world: World) -> None:
    starts, people = by_hand(send_real(world))
    journey = shown(world).journey
    assert (str(journey.first and journey.first.start), journey.periods) == (starts[0], len(starts))
    stages = journey.shown.stages
    assert stages["stage"].tolist() == list(STAGES)
    assert stages["visitors"].tolist() == [people[stage] for stage in STAGES]
    worst = worst_stage(stages)
    assert worst == 1
    # 12,594 people began in the two weeks, 8,512 came as far as 'about you'.
    assert stages["left"][1] == people["eligibility"] - people["about-you"] == 4082
    assert journey.shown.completion == people["thank-you"] / people["eligibility"]


def test_the_real_optional_stages_are_never_drop_off(world: World) -> None:
    _, people = by_hand(send_real(world))
    frame = shown(world).journey.frame
    beside = frame[frame["kind"] == "optional"].set_index("stage")
    assert beside["visitors"].to_dict() == {stage: people[stage] for stage in OPTIONAL}
    assert beside["left"].isna().all()


def test_the_real_journey_gained_people_at_its_declaration(world: World) -> None:
    _, people = by_hand(send_real(world))
    stages = shown(world).journey.shown.stages.set_index("stage")
    gained = people["consent-and-declaration"] - people["pay-details"]
    assert stages["left"]["consent-and-declaration"] == -gained == -192


def test_the_completion_rate_of_the_cards_month_is_that_of_the_same_journey(world: World) -> None:
    # Four whole weeks belong to October 2017 by their Thursdays.
    starts = (*WEEKS, "2017-10-23")
    rows = weeks(*(week(day, start=100 + n, pay=70, done=50 + n) for n, day in enumerate(starts)))
    world.send(typed("journey", *rows, stages=("start", "pay", "done")))
    page = shown(world, span=(date(2017, 10, 2), date(2017, 10, 23)))
    card = page.latest["completion-rate"]
    assert card.value == page.journey.shown.completion == (50 + 51 + 52 + 53) / (400 + 6)


def test_missing_weeks_are_left_out_and_counted_and_nothing_is_made_of_them(world: World) -> None:
    rows = [
        *week(WEEKS[0], start=10, done=6),
        *week(WEEKS[1], start=99),
        *week(WEEKS[2], start=20, done=6),
    ]
    world.send(typed("journey", *rows, stages=("start", "done")))
    query = StagesQuery("allowance", "week", date(2017, 10, 2), date(2017, 10, 23))
    found = cast("Stretch", Reader(world.engine, Kept()).run(query))
    assert found.stages["visitors"].tolist() == [30, 12]
    assert (found.periods, found.expected) == (2, 3)


def three_weeks(world: World) -> None:
    rows = weeks(*(week(day, start=100, pay=50 + n, done=40) for n, day in enumerate(WEEKS)))
    names = {"pay": "Pay now"}
    world.send(typed("journey", *rows, stages=("start", "pay", "done"), stage_names=names))


def test_two_periods_are_laid_side_by_side_as_the_address_asks(world: World) -> None:
    three_weeks(world)
    newest, before = date(2017, 10, 16), date(2017, 10, 11)
    journey = shown(world, span=(newest, newest), against=(before, before)).journey
    assert journey.against is not None
    assert [one.stages["visitors"][1] for one in (journey.shown, journey.against)] == [52, 51]
    # Any day stands for its week.
    assert journey.asked.against == (date(2017, 10, 9), date(2017, 10, 9))


def test_a_span_is_cut_to_what_was_reported_and_one_outside_it_is_said(world: World) -> None:
    three_weeks(world)
    page = shown(world, span=(date(1, 1, 1), date(9999, 12, 31)))
    assert page.journey.asked.span == (date(2017, 10, 2), date(2017, 10, 16))
    page = shown(world, against=(date(2010, 1, 4), date(2010, 1, 4)))
    assert page.journey.against is None
    assert page.view.notes == ("The journey was not reported from 2010-01-04 to 2010-01-04.",)
    assert page.view.parameters == {}


def test_an_opened_stage_has_its_trend_and_one_that_is_not_there_is_said(world: World) -> None:
    three_weeks(world)
    page = shown(world, stage="pay")
    assert page.journey.trend is not None
    assert page.journey.trend.frame["people"].tolist() == [50, 51, 52]
    assert page.journey.trend.next_stage == "done"
    assert page.view.parameters == {"stage": "pay"}
    page = shown(world, stage="nowhere")
    assert page.journey.trend is None
    assert page.view.notes == ("There is no stage ‘nowhere’ in this journey.",)
    assert page.view.parameters == {}


def test_a_stages_trend_is_the_query_that_its_csv_asks(world: World) -> None:
    three_weeks(world)
    trend = shown(world, stage="start").journey.trend
    assert trend is not None
    query = StageTrendQuery("allowance", "start", trend.length, trend.start_at, trend.end_at)
    found = Reader(world.engine, Kept()).run(query)
    assert found["share"].tolist() == trend.frame["share"].tolist() == [0.5, 0.51, 0.52]


def test_names_of_stages_may_change_without_measuring_anything_again(world: World) -> None:
    three_weeks(world)
    before = world.told()
    assert "Pay now" in shown(world).journey.frame["name"].tolist()
    entry = typed("journey", stages=("start", "pay", "done"), stage_names={"pay": "Paying"}).entry
    put(world.engine, entry, Sender("a test"))
    assert "Paying" in shown(world).journey.frame["name"].tolist()
    assert world.told() == before


def test_a_stage_that_becomes_optional_is_not_where_the_journey_is_completed(world: World) -> None:
    three_weeks(world)
    changed = typed("journey", stages=("start", "pay", "done"), optional_stages=("done",)).entry
    put(world.engine, changed, Sender("a test"))
    told = world.told(measure="journey-completed", period="week")
    assert [value[0] for value in told.values()] == [50, 51, 52]


def months_of_costs(missing: str = "") -> list[dict[str, Any]]:
    """Digital £100, paper £400 a month, of 100 and 50 transactions: £1 and £8 each."""
    months = [f"2016-{n:02}-01" for n in (11, 12)] + [f"2017-{n:02}-01" for n in range(1, 11)]
    return [
        record(start, "month", channel=channel, total_cost=cost)
        for start in months
        for channel, cost in (("digital", 100), ("paper", 400))
        if f"{start}.{channel}" != missing
    ]


def with_costs(world: World, *costs: dict[str, Any]) -> Dashboard:
    three_weeks(world)
    months = dict.fromkeys(one["_timestamp"][:10] for one in months_of_costs())
    counts = [
        counted(start, channel, count, "month")
        for start in months
        for channel, count in (("digital", 100), ("paper", 50))
    ]
    world.send(typed("transactions-by-channel", *counts, channels=("digital", "paper")))
    world.send(typed("cost-per-transaction", *costs))
    return shown(world)


def test_costs_of_both_channels_are_of_the_twelve_months_of_the_card(world: World) -> None:
    page = with_costs(world, *months_of_costs())
    costs = page.journey.costs
    assert costs is not None
    assert (costs.digital, costs.other, costs.elsewhere) == (1.0, 8.0, "paper")
    # £6,000 for 1,800 transactions.
    card = page.latest["cost-per-transaction"]
    assert (card.value, card.period) == (6000 / 1800, costs.twelve_months)


@pytest.mark.parametrize("missing", ["2017-03-01.paper", "2017-03-01.digital"])
def test_where_one_month_of_one_channel_is_missing_no_cost_is_told(
    missing: str, world: World
) -> None:
    assert with_costs(world, *months_of_costs(missing)).journey.costs is None


def test_a_cost_that_is_not_told_by_channel_says_nothing_of_channels(world: World) -> None:
    whole = [{k: v for k, v in one.items() if k != "channel"} for one in months_of_costs()[::2]]
    page = with_costs(world, *whole)
    assert page.latest["cost-per-transaction"].value is not None
    assert page.journey.costs is None


def test_errors_and_help_are_those_of_the_weeks_that_are_shown(world: World) -> None:
    three_weeks(world)
    errors = [
        record(day, "week", stage="pay", error="no card", count=n) for n, day in enumerate(WEEKS, 1)
    ]
    opened = [record(WEEKS[2], "week", stage="start", help="how", count=7)]
    world.send(typed("errors", *errors), typed("help-usage", *opened))
    every = shown(world).journey.messages
    assert every["count"].tolist() == [6, 7]
    # 50 + 51 + 52 were at pay; help was told in one week, in which 100 started.
    assert every["people"].tolist() == [153, 100]
    newest = date(2017, 10, 16)
    last = shown(world, span=(newest, newest)).journey.messages
    assert last["count"].tolist() == [3, 7]
    query = MessagesQuery("allowance", "week", newest, date(2017, 10, 23))
    assert Reader(world.engine, Kept()).run(query).equals(last)

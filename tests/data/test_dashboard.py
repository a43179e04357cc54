"""What a service's page asks, from what was sent: lengths, channels, live users, completeness."""

from __future__ import annotations

from datetime import date
from typing import Any

from data.dashboard import dashboard
from data.entries import Batch, DataSetEntry, Record
from data.reader import Reader
from kpi.dashboard import Dashboard
from kpi.views import Wanted
from tests.data.world import ALLOWANCE, World, record
from tests.fixtures.kept import Kept


def batch(kind: str, *records: Record, **about: Any) -> Batch:
    return Batch(DataSetEntry("allowance", kind, service="allowance", **about), list(records))


def shown(world: World, *batches: Batch, **wanted: Any) -> Dashboard:
    world.send(*batches, services=[ALLOWANCE])
    found = dashboard(Reader(world.engine, Kept()), "allowance", Wanted(**wanted))
    assert found is not None
    return found


def channel(start: str, name: str, count: int, period: str = "month") -> Record:
    return record(start, period, channel=name, count=count)


def test_an_unknown_service_has_no_dashboard(world: World) -> None:
    assert dashboard(Reader(world.engine, Kept()), "nothing", Wanted()) is None


def test_a_service_without_figures_has_an_empty_one(world: World) -> None:
    found = shown(world)
    assert (found.view.lengths, found.view.first, found.data_sets) == ((), None, ())
    assert {one.status for one in found.latest.values()} == {"not reported"}


def test_lengths_are_those_that_have_figures(world: World) -> None:
    quarterly = batch("transactions-by-channel", channel("2017-07-01", "online", 5, "quarter"))
    found = shown(world, quarterly)
    assert found.view.lengths == ("quarter", "year")
    assert found.view.period == "quarter"


def test_raw_channels_are_drawn_and_their_kinds_are_chosen(world: World) -> None:
    records = [channel("2017-07-01", name, 5) for name in ("online", "paper", "assisted digital")]
    found = shown(world, batch("transactions-by-channel", *records))
    assert found.channels.kinds == {
        "online": "digital",
        "paper": "non-digital",
        "assisted digital": "assisted-digital",
    }
    assert found.view.channels == ("digital", "assisted-digital", "non-digital")


def test_a_chosen_channel_leaves_only_its_lines(world: World) -> None:
    records = [channel("2017-07-01", name, 5) for name in ("online", "app", "paper")]
    found = shown(world, batch("transactions-by-channel", *records), channel="digital")
    assert sorted(found.channels.frame["line"]) == ["app", "online"]


def test_without_channels_all_transactions_are_drawn_beside_the_digital_ones(world: World) -> None:
    fields: dict[str, Any] = {"service": "allowance", "transactions": 10, "digital_transactions": 4}
    entry = DataSetEntry("transactional-services", "summaries")
    found = shown(world, Batch(entry, [record("2017-07-01", "quarter", **fields)]))
    lines = dict(zip(found.channels.frame["line"], found.channels.frame["value"], strict=True))
    assert lines == {"all transactions": 10, "digital": 4}
    assert not found.channels.split


def test_a_data_set_says_how_many_of_its_months_it_has(world: World) -> None:
    starts = ("2017-01-01", "2017-02-01", "2017-04-01")
    records = [channel(start, "online", 5) for start in starts]
    (told,) = shown(world, batch("transactions-by-channel", *records)).data_sets
    assert (told.period, told.reported, told.partial, told.expected) == ("month", 3, 0, 4)
    assert told.updated_at is not None


def test_a_data_set_that_names_its_services_is_told_too(world: World) -> None:
    entry = DataSetEntry("transactional-services", "summaries", title="Published")
    one = record("2016-10-01", "year", service="allowance", transactions=10)
    (told,) = shown(world, Batch(entry, [one])).data_sets
    # Rolling years overlap: of how many there could be, nothing is said.
    assert (told.title, told.period, told.reported, told.expected) == ("Published", "year", 1, 0)


def test_ratings_are_those_of_the_latest_period_with_answers(world: World) -> None:
    answers: dict[str, Any] = {f"rating_{n}": n for n in range(1, 6)}
    asked = record("2017-07-01", "month", **answers)
    found = shown(world, batch("customer-satisfaction", asked))
    assert found.ratings.counts == (1, 2, 3, 4, 5)
    # (0×1 + 1×2 + 2×3 + 3×4 + 4×5) ÷ 4 ÷ 15 answers.
    assert found.latest["user-satisfaction"].value == 40 / 4 / 15


def test_live_users_are_of_the_day_up_to_the_newest_count(world: World) -> None:
    moments = ("2017-09-01T08:00:00Z", "2017-09-02T11:00:00Z", "2017-09-02T12:00:00Z")
    records: list[Record] = [
        {"_id": moment, "_timestamp": moment, "unique_visitors": n}
        for n, moment in enumerate(moments)
    ]
    assert shown(world, batch("realtime", *records)).live.line["value"].tolist() == [1, 2]


def test_weeks_of_a_journey_lie_in_the_span_by_their_thursday(world: World) -> None:
    # The week of 27 February 2017 has its Thursday in March.
    weeks = ("2017-02-20", "2017-02-27", "2017-03-06")
    stages = [
        record(week, "week", stage=stage, count=10) for week in weeks for stage in ("start", "done")
    ]
    days = [channel(f"2017-{month:02}-01", "online", 5) for month in (2, 3, 4)]
    batches = (
        batch("journey", *stages, stages=("start", "done")),
        batch("transactions-by-channel", *days),
    )
    months = {"first": date(2017, 3, 1), "last": date(2017, 3, 1)}
    found = shown(world, *batches, **months)
    assert found.journey.first is not None
    assert (found.journey.first.start, found.journey.periods) == (date(2017, 2, 27), 2)

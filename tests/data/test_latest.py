"""The latest figures that are kept write by write are those worked out anew from all figures."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from data import latest
from data.catalogue import service_ids
from data.deliveries import Sender
from data.entries import Batch, Record
from data.tables import latest_figure
from data.validation import Rejected
from kpi.periods import months_later
from tests.data.world import ALLOWANCE, World, channels, counted, record, typed
from tests.fixtures.databases import remove_databases

# Twelve months with everything reported, and the moments at which more is sent.
MONTHS = [months_later(date(2014, 1, 1), n) for n in range(12)]
FIRST = datetime(2015, 1, 2, tzinfo=UTC)
Sent = tuple[Batch, int]


def claims(*records: Record) -> Batch:
    return channels(*records, declared=("digital", "paper"))


def costs(*records: Record) -> Batch:
    return typed("cost-per-transaction", *records)


def sender(days: int) -> Sender:
    return Sender("a test", now=FIRST + timedelta(days=days))


def kept(world: World, days: int) -> tuple[list[Any], list[Any]]:
    """The latest figures as they are kept, and as they are when they are worked out anew."""
    query = select(latest_figure).order_by(latest_figure.c.service_id, latest_figure.c.kpi)
    with world.engine.connect() as connection:
        before = [tuple(row) for row in connection.execute(query)]
        ids = service_ids(connection)
        latest.refresh(connection, ids, set(ids), sender(days).at)
        after = [tuple(row) for row in connection.execute(query)]
        connection.rollback()
    return before, after


def year_of_claims() -> Batch:
    return claims(
        *(
            counted(str(start), channel, 10, "month")
            for start in MONTHS
            for channel in ("digital", "paper")
        )
    )


def sent() -> st.SearchStrategy[list[Sent]]:
    """What is sent next, and how many days after what was sent before."""
    channel = st.sampled_from(["digital", "paper"])
    month = st.integers(0, 15).map(lambda n: str(months_later(MONTHS[0], n)))
    day = st.integers(0, 70).map(lambda n: str(date(2014, 12, 20) + timedelta(days=n)))
    week = st.integers(0, 9).map(lambda n: str(date(2014, 12, 22) + timedelta(weeks=n)))
    quarter = st.integers(0, 5).map(lambda n: str(months_later(MONTHS[0], 3 * n)))
    number = st.integers(0, 3)
    claimed = st.one_of(
        st.builds(counted, month, channel, number, st.just("month")),
        st.builds(counted, day, channel, number, st.just("day")),
        st.builds(counted, week, channel, number, st.just("week")),
        st.builds(counted, quarter, channel, number, st.just("quarter")),
        st.builds(counted, month, channel, number, st.just("year")),
    )
    cost = st.builds(lambda start, n: record(start, "month", total_cost=n), month, number)
    whole_cost = st.builds(
        lambda n: [record(str(start), "month", total_cost=n) for start in MONTHS], number
    )
    rate = st.builds(
        lambda start, n: typed("digital-take-up", record(start, "year", rate=n / 3)),
        month,
        number,
    )
    gone = st.builds(
        lambda keys: Batch(claims().data_set, removed=keys),
        st.lists(month.map(lambda start: f"{start}.month.paper"), min_size=1, max_size=1),
    )
    batch = st.one_of(
        st.lists(claimed, min_size=1, max_size=4).map(lambda items: claims(*items)),
        st.lists(cost, min_size=1, max_size=4).map(lambda items: costs(*items)),
        whole_cost.map(lambda items: costs(*items)),
        rate,
        gone,
    )
    return st.lists(st.tuples(batch, st.integers(0, 40)), min_size=1, max_size=5)


# A month that is sent before it is over, and something else once it is.
EARLY = [counted("2015-01-01", name, 7, "month") for name in ("digital", "paper")]


@settings(max_examples=30)
@example(deliveries=[(claims(*EARLY), 0), (claims(counted("2015-02-03", "digital", 1)), 35)])
@given(deliveries=sent())
def test_the_latest_figures_kept_write_by_write_are_those_worked_out_anew(
    deliveries: list[Sent], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("latest")
    world = World(folder, ALLOWANCE)
    world.send(year_of_claims(), sender=sender(0))
    day = 0
    for batch, after in deliveries:
        day += after
        # What is gone already cannot be removed again: nothing is written then.
        with suppress(Rejected) if batch.removed else nullcontext():
            world.send(batch, sender=sender(day))
        before, anew = kept(world, day)
        assert before == anew
    world.engine.dispose()
    remove_databases(folder)


def test_a_month_that_was_sent_before_it_was_over_counts_with_the_next_write_once_it_is(
    world: World,
) -> None:
    world.send(year_of_claims(), claims(*EARLY), sender=sender(0))
    assert end_of_transactions(world) == "2015-01-01"
    world.send(claims(counted("2015-02-03", "digital", 1)), sender=sender(35))
    assert end_of_transactions(world) == "2015-02-01"


def end_of_transactions(world: World) -> str:
    query = select(latest_figure.c.end_at).where(latest_figure.c.kpi == "transactions")
    with world.engine.connect() as connection:
        end = connection.scalar(query)
    return str(datetime.fromtimestamp(end or 0, UTC).date())

"""What rests on figures alone is kept by those figures: other writes leave it, theirs do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection

from data import held
from data.held import HeldQuery, kept_continuation, kept_ranges, kept_yearly_costs
from data.normal import NormalQuery
from data.projections import ProjectionQuery
from data.queries import CatalogueQuery, KpiQuery, Query, Run
from data.reader import Reader
from data.selection import Selection
from kpi.dashboard import yearly_costs
from kpi.definitions import kpi
from kpi.histories import History
from kpi.normal import Lines
from kpi.periods import Period
from tests.data.world import ALLOWANCE, World, channels, counted
from tests.fixtures.kept import Kept
from tests.kpi.rows import figure, kpi_frame

MONDAY, WEEKS = date(2016, 1, 4), 120
VOLUME = kpi("transactions")
ASKED = NormalQuery(KpiQuery(Selection(service="allowance"), "week", complete=True))


def send(world: World, *counts: tuple[int, int]) -> None:
    """So many transactions in the week of a number."""
    records = [
        counted((MONDAY + timedelta(weeks=number)).isoformat(), "online", count, "week")
        for number, count in counts
    ]
    world.send(channels(*records), services=[ALLOWANCE])


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was worked out anew, a word each time."""
    found: list[str] = []
    for name in ("ranges", "continued_history"):
        made = getattr(held, name)

        def noted(given: Any, name: str = name, made: Any = made) -> Any:
            found.append(name)
            return made(given)

        monkeypatch.setattr(held, name, noted)
    yield found


def test_a_write_that_leaves_the_figures_leaves_what_rests_on_them(
    world: World, worked_out: list[str]
) -> None:
    send(world, *((number, 5_000 + number % 7) for number in range(WEEKS)))
    reader = Reader(world.engine, Kept())
    before = reader.run(ASKED)
    coming = reader.run(ProjectionQuery("allowance", "week"))
    worked_out.clear()
    # A day of a week that is there: the published week stands.
    world.send(channels(counted("2017-01-04", "online", 7, "day")), services=[ALLOWANCE])
    assert reader.run(ASKED).equals(before)
    assert reader.run(ProjectionQuery("allowance", "week")).equals(coming)
    assert worked_out == []


def test_a_figure_that_is_corrected_moves_what_rests_on_it(
    world: World, worked_out: list[str]
) -> None:
    send(world, *((number, 5_000 + number % 7) for number in range(WEEKS)))
    reader = Reader(world.engine, Kept())
    before, coming = reader.run(ASKED), reader.run(ProjectionQuery("allowance", "week"))
    worked_out.clear()
    send(world, (WEEKS - 10, 9_000))
    after = reader.run(ASKED)
    assert not after["normal_high"].equals(before["normal_high"])
    assert not reader.run(ProjectionQuery("allowance", "week")).equals(coming)
    assert set(worked_out) == {"ranges", "continued_history"}
    assert after.equals(Reader(world.engine, Kept()).run(ASKED))


def test_costs_of_twelve_months_are_made_once_of_the_same_costs(world: World) -> None:
    costs = kpi_frame(figure("a", "cost-per-transaction", 2.0, 4.0))
    others = (
        costs.assign(value=3.0),
        costs.assign(service="b"),
        costs.rename(columns={"value": "worth"}),
        costs.assign(status=costs["status"].cat.rename_categories({"reported": "told"})),
    )
    run = Reader(world.engine, Kept()).run
    assert kept_yearly_costs(run, costs).equals(yearly_costs([costs]))
    same = asked_for(kept_yearly_costs, costs)
    assert asked_for(kept_yearly_costs, costs.copy()) == same
    assert same not in [asked_for(kept_yearly_costs, other) for other in others]


LINES = Lines(
    "month",
    np.array(["2017-01-01", "2017-02-01"], "M8[D]"),
    (VOLUME,),
    np.array([[1.0], [2.0]]),
    np.array([[np.nan], [np.nan]]),
)
OTHER_LINES = (
    replace(LINES, length="week"),
    replace(LINES, starts=LINES.starts + 1),
    replace(LINES, kpis=(kpi("digital-take-up"),)),
    replace(LINES, values=np.array([[1.0], [3.0]])),
    replace(LINES, bases=np.array([[1.0], [np.nan]])),
    replace(LINES, values=LINES.values.reshape(1, 2)),
)
HISTORY = History(VOLUME, Period("month", date(2017, 2, 1)), np.ones(24), np.ones(24), False)
OTHER_HISTORIES = (
    replace(HISTORY, kpi=kpi("cost-per-transaction")),
    replace(HISTORY, last=Period("month", date(2017, 3, 1))),
    replace(HISTORY, values=np.ones(25)),
    replace(HISTORY, bases=np.zeros(24)),
    replace(HISTORY, has_bases=True),
)


def asked_for(ask: Any, given: object) -> Query:
    """The question that is asked of what is given."""
    found: list[Query] = []

    def run(query: Query) -> Any:
        found.append(query)
        return None

    ask(run, given)
    return found[0]


@pytest.mark.parametrize("other", OTHER_LINES)
def test_other_lines_are_another_question(other: Lines) -> None:
    assert asked_for(kept_ranges, LINES) == asked_for(kept_ranges, replace(LINES))
    assert asked_for(kept_ranges, LINES) != asked_for(kept_ranges, other)


@pytest.mark.parametrize("other", OTHER_HISTORIES)
def test_another_history_is_another_question(other: History) -> None:
    assert asked_for(kept_continuation, HISTORY) == asked_for(kept_continuation, replace(HISTORY))
    assert asked_for(kept_continuation, HISTORY) != asked_for(kept_continuation, other)


@dataclass(frozen=True)
class Prying(HeldQuery):
    """Says that it holds everything, and asks for more."""

    def execute(self, connection: Connection, run: Run, today: date) -> Any:  # noqa: ARG002
        return run(CatalogueQuery(Selection(service="allowance")))


def test_a_question_that_holds_all_can_ask_for_nothing(world: World) -> None:
    with pytest.raises(TypeError, match="is kept for longer than what it rests on"):
        Reader(world.engine, Kept()).run(Prying("of something"))

"""The load is bounded, and every answer of it is counted."""

from __future__ import annotations

import pytest

from bench.databases import Database
from bench.load import Load, load, mixture
from bench.server import served
from bench.subject import Ask, Subject


def test_figures_are_shares_of_all_answers() -> None:
    found = Load(tuple(n / 1000 for n in range(1, 101)), ("/api/x: 500",), 10)
    values = {figure.name: figure.value for figure in found.figures}
    assert values["Requests"] == 100
    assert values["Requests a second"] == 10
    assert values["… 50 of 100 within"] == pytest.approx(50.5)
    assert values["Errors"] == 1


def test_without_an_answer_nothing_is_made_up() -> None:
    assert [figure.value for figure in Load((), (), 1).figures] == [0, 0, 0, 0, 0, 0]


def test_pages_and_routes_take_turns(subject: Subject) -> None:
    assert [ask.page for ask in mixture(subject)[:4]] == [True, False, True, False]


def test_a_run_against_the_server_stops_at_its_count(tiny: Database, subject: Subject) -> None:
    asks = [*mixture(subject)[:5], Ask("nothing", "", "/api/nothing")]
    with served(tiny, workers=1) as port:
        found = load(port, asks, subject.output, seconds=60, most=6, threads=2)
    assert len(found.taken) == 6
    assert found.errors == ("/api/nothing: 404 NOT FOUND",)

"""The load is bounded, every answer of it is counted, and each kind of it is answered."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bench.clients import Load, load
from bench.databases import Database, copy_of
from bench.figures import Figure
from bench.load import WORKERS, Effort, measured
from bench.paced import Pace
from bench.redraws import figures
from bench.server import served
from bench.subject import Subject
from bench.traffic import Kind, Request, Traffic
from bench.writers import writers
from config import Settings
from data.engine import open_engine

KINDS = (
    "An empty Flask route",
    "KPI API, cached (304)",
    "KPI API, asked before",
    "KPI API, never asked before",
    "Overview",
    "A service's page",
    "Live figures, polled",
    "Writes of 1 record",
    "Writes of 1,000 records",
    "The mix",
)


def test_figures_are_shares_of_all_answers() -> None:
    found = Load(tuple(n / 1000 for n in range(1, 101)), ("/api/x: 500",), 10)
    assert found.rate == pytest.approx(9.9)
    assert found.within(50) == pytest.approx(50.5)


def test_without_an_answer_nothing_is_made_up() -> None:
    assert [Load((), (), 1).rate, Load((), (), 1).within(95)] == [0, 0]


def test_a_figure_that_is_less_than_the_least_misses_its_aim() -> None:
    assert [Figure("share", value, "", least=0.4).misses for value in (0.3, 0.4)] == [True, False]


def test_a_run_against_the_server_stops_at_its_count(tiny: Database) -> None:
    asked = [Request("GET", "/api/kpis/definitions"), Request("GET", "/api/nothing")]
    with served(tiny, workers=1) as port:
        found = load(port, Kind("two", lambda n: asked[n % 2]), seconds=60, most=4, threads=2)
    assert len(found.taken) == 4
    assert [error.split(" b'")[0] for error in found.errors] == ["GET /api/nothing: 404"] * 2


def test_every_kind_is_answered_by_itself_mixed_and_at_a_pace(
    tiny: Database, tmp_path: Path
) -> None:
    written = copy_of(tiny, tmp_path / "load.sqlite")
    effort = Effort(seconds=60, paced=1, threads=2, most=3, pace=Pace(pages=3, writes=2))
    lines = list(measured(written, 1, effort))
    rows = [line.split("  ")[0] for line in lines if isinstance(line, str)][: len(KINDS)]
    assert tuple(row.rstrip() for row in rows) == KINDS
    errors = [line.value for line in lines if isinstance(line, Figure) and line.name == "Errors"]
    assert errors == [0, 0]
    assert not [line for line in lines if isinstance(line, str) and ": 5" in line]


def test_a_database_is_put_under_load_again_by_the_same_writers(
    tiny: Database, tmp_path: Path
) -> None:
    engine = open_engine(Settings(database_url=copy_of(tiny, tmp_path / "again.sqlite").url))
    first = writers(engine)
    assert first
    assert writers(engine) == first
    engine.dispose()


def test_what_is_written_again_with_another_number_of_workers_is_a_change(
    tiny: Database, tmp_path: Path
) -> None:
    written = copy_of(tiny, tmp_path / "seeds.sqlite")
    engine = open_engine(Settings(database_url=written.url))
    subject, addresses = Subject(written), writers(engine)
    revisions = []
    for seed in (*WORKERS, WORKERS[-1]):
        request = Traffic(subject, addresses, seed).write(7)
        headers = dict(request.headers)
        answer = subject.client.post(request.path, data=request.body, headers=headers)
        assert answer.status_code == 200
        revisions.append(subject.platform.reader.revision().number)
    engine.dispose()
    assert [after - before for before, after in pairwise(revisions)] == [1, 1, 0]


def test_a_page_is_drawn_again_a_minute_later_and_after_a_write(
    tiny: Database, tmp_path: Path
) -> None:
    found = list(figures(copy_of(tiny, tmp_path / "redraws.sqlite")))
    assert [one.name.split(",")[0] for one in found] == [
        "A service's page that was drawn in this minute",
        "… in the next minute",
        "… after a write to its service",
        "A write of one record",
    ]
    assert all(one.value > 0 for one in found)

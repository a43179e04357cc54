"""Open dashboards are measured: what they ask the database, and how many are answered."""

from __future__ import annotations

from bench import polls
from bench.databases import Database
from bench.server import served
from bench.subject import Subject


def test_many_polls_ask_the_database_for_little(subject: Subject) -> None:
    rate, asked = polls.statements(subject, 50)
    assert rate.value > 0
    assert not asked.misses


def test_polls_are_answered_over_http(tiny: Database) -> None:
    with served(tiny, workers=1) as port:
        rate, dashboards = polls.polled(port, seconds=0.5, threads=2)
    assert dashboards.value == rate.value * 4.5 > 0

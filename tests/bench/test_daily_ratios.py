"""The platform is kept once it is made, and its pages are held against the demonstration's."""

from __future__ import annotations

from pathlib import Path

from bench.clocks import Answered, Taken
from bench.daily import DailySet
from bench.daily_databases import SQLITE, is_kept, platform
from bench.daily_ratios import PAGES, Ratio, ratios
from bench.databases import sqlite_url
from bench.subject import Subject
from bench.timing import Effort

THREE = DailySet(services=3, days=800)


def timing(cold: float, drawn: float, warm: float) -> Answered:
    """So long by the clock, half of it in this process."""
    return Answered(*(Taken(wall, wall / 2) for wall in (cold, drawn, warm)))


def test_a_page_may_take_twice_as_long_and_no_longer() -> None:
    few = timing(100, 20, 2)
    assert not Ratio("Overview", few, timing(200, 40, 4)).misses
    for many in (timing(201, 40, 4), timing(200, 41, 4), timing(200, 40, 4.1)):
        assert Ratio("Overview", few, many).misses
    by_clock, in_process = str(Ratio("Overview", few, timing(201, 20, 2))).splitlines()
    assert by_clock.endswith("MISSED")
    assert "201.0 × 2.01" in by_clock
    assert "100.5 × 2.01" in in_process


def test_a_platform_is_made_once_and_its_pages_are_timed(tmp_path: Path) -> None:
    def url_of(name: str) -> str:
        return sqlite_url(tmp_path / f"{name}.sqlite")

    said: list[str] = []
    assert not is_kept(THREE, SQLITE, tmp_path)
    made = platform(THREE, SQLITE, url_of, said.append, tmp_path)
    assert is_kept(THREE, SQLITE, tmp_path)
    lines = len(said)
    assert platform(THREE, SQLITE, url_of, said.append, tmp_path) == made
    assert len(said) == lines > 0
    subject = Subject(made)
    found = list(ratios(subject, subject, SQLITE, Effort(cold=1, warm=1)))
    assert [ratio.name for ratio in found] == [f"{page}, {SQLITE}" for page in PAGES]
    for few, many in (pair for ratio in found for pair in (*ratio.wall, *ratio.processor)):
        assert few > 0
        assert many > 0

"""How figures are printed, and when one misses its aim."""

from __future__ import annotations

from dataclasses import replace

from bench.figures import Figure, Timing, missed


def _timing(cold: float, warm: float) -> Timing:
    return Timing("Overview", cold, 1200, warm, 2, 98_500, cold_aim=300, warm_aim=100)


def test_a_figure_says_its_unit_and_its_aim() -> None:
    text = str(Figure("Import of the published file", 3.76, "s", 5))
    assert text.split() == ["Import", "of", "the", "published", "file", "3.76", "s", "(aim", "5)"]


def test_a_figure_above_its_aim_says_so() -> None:
    assert str(Figure("First load", 1.63, "MB", 0.9)).endswith("(aim 0.9: MISSED)")


def test_a_timing_misses_when_either_of_its_times_does() -> None:
    assert not _timing(300, 100).misses
    assert _timing(301, 50).misses
    assert _timing(200, 101).misses


def test_what_has_no_aim_is_never_missed() -> None:
    figures: list[Figure | Timing] = [Figure("Requests", 25, ""), _timing(400, 10)]
    assert missed(figures) == figures[1:]


def test_a_timing_prints_milliseconds_rows_and_kilobytes() -> None:
    printed = ["Overview", "299.9", "1,200", "20.0", "2", "98.5"]
    assert str(_timing(299.94, 20.04)).split() == printed


def test_a_page_prints_how_long_it_takes_to_draw_as_well() -> None:
    timing = replace(_timing(299.94, 20.04), drawn=61.5)
    assert str(timing).split()[1:5] == ["299.9", "1,200", "61.5", "20.0"]

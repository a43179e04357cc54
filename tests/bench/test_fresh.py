"""What is measured in a process of its own says every figure that was promised."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import fresh
from kpi.definitions import SLUGS
from kpi.formulas import figures


def test_start_up_says_seconds_and_memory() -> None:
    seconds, memory = fresh.start_up(times=1)
    assert (seconds.unit, memory.unit) == ("s", "MB")
    assert seconds.value > 0
    assert memory.value > 20


def test_loading_the_published_file_says_seconds_and_memory(tmp_path: Path) -> None:
    if not fresh.PUBLISHED.exists():
        pytest.skip(f"the published download is not at {fresh.PUBLISHED}")
    found = fresh.published_figures(tmp_path / "published.sqlite")
    assert [(figure.unit, figure.aim) for figure in found] == [("s", 5), ("MB", 300)]
    assert (tmp_path / "published.sqlite").exists()


def test_all_kpis_of_a_few_services_are_worked_out() -> None:
    [figure] = fresh.all_kpis(services=3, months=2, times=1)
    assert (figure.name, figure.unit, figure.aim) == ("All KPIs of 3 services × 2 months", "s", 0.5)
    # Six KPIs, three services, two months: nothing of the frame is passed over.
    assert len(figures(fresh.long_frame(3, 2))) == 6 * 3 * 2
    assert len(SLUGS) == 6

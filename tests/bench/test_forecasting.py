"""Projections beside what came: the published quarters, held out, and the page about them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench import forecasting
from bench.fresh import PUBLISHED
from bench.holdouts import HeldOut, held_out, published, symmetric_error, take_ups, volumes
from kpi.continuations import Numbers, continued, same_quarter_last_year
from kpi.scales import COUNTED, SHARED

needs_file = pytest.mark.skipif(
    not PUBLISHED.exists(), reason=f"{PUBLISHED.name} is not in ../shared/data"
)


@pytest.fixture(scope="module")
def lines() -> list[Numbers]:
    return volumes(published(PUBLISHED))


@pytest.fixture(scope="module")
def last(lines: list[Numbers]) -> HeldOut:
    return held_out(lines, COUNTED, 0)


@pytest.fixture(scope="module")
def shares() -> list[Numbers]:
    return take_ups(published(PUBLISHED))


def test_the_symmetric_error_is_the_distance_over_the_mean_of_both() -> None:
    # 10 against 30 is 20 over 20; 30 against 30 is nought: 0.5 on average.
    assert symmetric_error(np.array([[10.0, 30.0]]), np.array([[30.0, 30.0]])) == 0.5


@needs_file
def test_last_year_over_again_errs_by_0_285_on_436_services(last: HeldOut) -> None:
    assert len(last.known) == 436
    error = symmetric_error(last.forecasts(same_quarter_last_year), last.came)
    assert round(error, 3) == 0.285


@needs_file
def test_projections_err_less_than_last_year_over_again(last: HeldOut) -> None:
    assert symmetric_error(last.forecasts(continued), last.came) < 0.285


@needs_file
def test_four_of_five_figures_lie_in_their_intervals(last: HeldOut) -> None:
    assert 0.75 <= last.within().mean() <= 0.85
    assert 0.75 <= last.totals_within().mean() <= 0.85


@needs_file
def test_so_do_those_of_digital_take_up_that_ever_moved(shares: list[Numbers]) -> None:
    assert 0.75 <= held_out(shares, SHARED, 0).moved.within().mean() <= 0.85


@needs_file
def test_the_widths_in_use_are_those_of_the_year_before(
    lines: list[Numbers], shares: list[Numbers]
) -> None:
    volume, take_up = held_out(lines, COUNTED, 1), held_out(shares, SHARED, 1).moved
    assert np.round(volume.widths().quarters, 2).tolist() == list(COUNTED.calibration.quarters)
    assert round(volume.widths().total, 2) == COUNTED.calibration.total
    assert np.round(take_up.widths().quarters, 2).tolist() == list(SHARED.calibration.quarters)


@needs_file
def test_the_page_is_what_the_command_makes() -> None:
    assert forecasting.FILE.read_text(encoding="utf-8") == forecasting.text(PUBLISHED)


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        forecasting.main(tmp_path / "none.csv")
    assert "cannot be read" in str(stopped.value)

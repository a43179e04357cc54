"""The filter beside the library's own, where nothing is wrong for it to be robust against."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.robust.norms import HuberT
from statsmodels.tsa.statespace.kalman_filter import KalmanFilter

from kpi import expectations
from kpi.expectations import SLOPE_WANDERS, Lanes
from kpi.seasons import calendar

WEEKS = 150
STARTS = np.datetime64("2015-01-05") + 7 * np.arange(WEEKS)


@pytest.fixture
def _believing(monkeypatch: pytest.MonkeyPatch) -> None:
    """One lane, which believes every figure."""
    monkeypatch.setattr(expectations, "WANDERING", (0.03,))
    monkeypatch.setattr(expectations, "WAVES", (2,))
    monkeypatch.setattr(expectations, "INCREDIBLE", np.inf)
    monkeypatch.setattr(expectations, "IN_A_ROW", WEEKS)
    monkeypatch.setattr(expectations, "BELIEVED", 1e9)


def told() -> np.ndarray:
    values = 5 + 0.1 * np.random.default_rng(3).standard_normal(WEEKS)
    values[[40, 41, 90]] = np.nan
    return np.asarray(values)


@pytest.mark.usefixtures("_believing")
def test_where_every_figure_is_believed_it_expects_what_statsmodels_filter_does() -> None:
    values, terms = told(), calendar("week", STARTS)
    lanes = Lanes(np.array([5.0]), np.array([0.1]), np.array([1e-9]), terms)
    theirs = KalmanFilter(k_endog=1, k_states=lanes.known.shape[1])
    theirs.bind(values[:, None].copy())
    theirs["design"] = terms.terms.T[None, :, :]
    theirs["obs_cov"] = np.ones((1, 1))
    moved = np.eye(theirs.k_states)
    moved[0, 1] = 1
    theirs["transition"] = moved
    theirs["selection"] = np.eye(theirs.k_states)
    theirs["state_cov"] = np.diag([0.03, SLOPE_WANDERS, *[0.0] * (theirs.k_states - 2)])
    theirs.initialize_known(lanes.known[0], lanes.unsure[0])
    ours = []
    for place, value in enumerate(values):
        if place:
            lanes.move_on()
        expected, vague, owed = lanes.expect(terms.terms[place], np.zeros(1))
        ours.append((expected[0], vague[0]))
        lanes.learn(np.array([value]), expected, vague, owed)
    found = theirs.filter()
    assert [one for one, _ in ours] == pytest.approx(found.forecasts[0], rel=1e-6)
    known = np.isfinite(values)
    variances = found.forecasts_error_cov[0, 0]
    assert np.array([two for _, two in ours])[known] == pytest.approx(variances[known], rel=1e-5)


def test_figures_are_believed_and_count_as_huber_says() -> None:
    off = np.linspace(-9, 9, 1001)
    huber = HuberT(expectations.BELIEVED)
    assert expectations._weights(np.abs(off)) == pytest.approx(huber.weights(off))
    assert expectations._lost(np.abs(off)) == pytest.approx(huber.rho(off))

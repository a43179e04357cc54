"""Scales on which chance moves a figure about as far wherever it stands, and keeps it possible."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kpi.definitions import Kpi

Floats = npt.NDArray[np.float64]
# Counts far above its inverse are as on a logarithm, those far below as on a root: by chance alone
# a count of n moves by its root, and busy services move by a share of what they are.
_SPREAD = 0.01
_ROOT = np.sqrt(_SPREAD)
# Anscombe (1948): with it the root of a small count moves evenly as well.
_OFFSET = 3 / 8


def is_share(kpi: Kpi) -> bool:
    """Whether a KPI is a part of a whole."""
    return kpi.unit == "proportion"


def is_count(kpi: Kpi) -> bool:
    """Whether a KPI counts things: an amount that is neither money nor a part of anything."""
    return kpi.denominator is None and kpi.format == "number" and not kpi.decimals


def even(values: Floats, kpi: Kpi) -> Floats:
    """Figures on the KPI's even scale; NaN for what cannot be: a share over 1, less than nothing.

    Shares go to the arcsine of their root, counts to a root that turns into a logarithm, and
    money (and all else) to a logarithm that is level within the smallest unit that is shown.
    """
    if is_share(kpi):
        return np.arcsin(np.sqrt(np.where((values >= 0) & (values <= 1), values, np.nan)))
    if is_count(kpi):
        possible = np.where(values >= 0, values, np.nan)
        return np.arcsinh(np.sqrt(_SPREAD * (possible + _OFFSET))) / _ROOT
    return np.arcsinh(values * 10.0**kpi.decimals)


def uneven(scaled: Floats, kpi: Kpi) -> Floats:
    """The figures behind places on the scale; what lies outside of it is at its end."""
    if is_share(kpi):
        return np.sin(np.clip(scaled, 0, np.pi / 2)) ** 2
    if is_count(kpi):
        counts = np.sinh(np.maximum(scaled, 0) * _ROOT) ** 2 / _SPREAD - _OFFSET
        return np.maximum(counts, 0)
    return np.sinh(scaled) / 10.0**kpi.decimals


def range_around(centre: Floats, half: Floats, kpi: Kpi) -> tuple[Floats, Floats]:
    """The figures so far below and above a place on the scale.

    A share near 0 or 1 that moves by chance alone is skewed as its scale says, and one that moves
    for other reasons need not be: its range is halfway between skewed and even.
    """
    low, high = uneven(centre - half, kpi), uneven(centre + half, kpi)
    if not is_share(kpi):
        return low, high
    inside = np.clip(centre, 0, np.pi / 2)
    middle, move = np.sin(inside) ** 2, half * np.sin(2 * inside)
    return (low + np.maximum(middle - move, 0)) / 2, (high + np.minimum(middle + move, 1)) / 2


def noise_of_chance(bases: Floats, kpi: Kpi) -> Floats:
    """The variance on the scale that chance alone gives a share of so many; 0 for all else.

    At most 1 / 4n: exactly that where each one counts or does not, less for ratings in between.
    """
    if not is_share(kpi):
        return np.zeros_like(bases)
    return 1 / (4 * np.where(bases > 0, bases, np.nan))


def least_noise(values: Floats, kpi: Kpi) -> float:
    """A quarter of the smallest step that is shown, on the scale, where the first figure is.

    Figures that are said in the same words are not told apart.
    """
    known = values[np.isfinite(values)]
    places = kpi.decimals + (2 if kpi.format == "percentage" else 0)
    step = 10.0**-places
    at = known[:1] if len(known) else np.zeros(1)
    at = np.clip(at, step, 1 - step) if is_share(kpi) else np.maximum(at, step)
    return float(np.abs(even(at + step, kpi) - even(at, kpi))[0]) / 4

"""The scales on which figures are projected: those on which they move by adding and taking away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kpi.continuations import Calibration, Numbers

# Nearer to none or all than this, a proportion counts as none or all.
_NEAREST = 0.001
_PENNY = 0.01


@dataclass(frozen=True)
class Scale:
    """A scale of figures: amounts in logarithms, proportions in log-odds.

    nought: what is added to an amount, so that 0 has a logarithm.
    """

    calibration: Calibration
    nought: float = 1.0
    proportion: bool = False

    def there(self, values: Numbers) -> Numbers:
        """Figures on this scale. Amounts are at least 0, proportions 0 to 1."""
        if not self.proportion:
            return np.log(values + self.nought)
        inside = np.clip(values, _NEAREST, 1 - _NEAREST)
        return np.log(inside / (1 - inside))

    def back(self, line: Numbers) -> Numbers:
        """Figures again: never below 0, proportions never above 1."""
        if not self.proportion:
            return np.maximum(np.exp(line) - self.nought, 0.0)
        values = 1 / (1 + np.exp(-line))
        # Half of it for what arithmetic loses on the way there and back.
        edge = _NEAREST * 1.000001
        return np.where(values <= edge, 0.0, np.where(values >= 1 - edge, 1.0, values))

    def holds(self, values: Numbers) -> bool:
        """Whether all of these can be on it."""
        return bool((values >= 0).all() and not (self.proportion and (values > 1).any()))


AMOUNTS = Calibration((1.74, 2.09, 2.25, 2.56), total=1.66, usual=0.1, weight=8)
# Proportions are not added up.
PROPORTIONS = Calibration((1.69, 1.76, 2.23, 2.56), total=0.0, usual=0.2, weight=8)

COUNTED = Scale(AMOUNTS)
PRICED = Scale(AMOUNTS, nought=_PENNY)
SHARED = Scale(PROPORTIONS, proportion=True)


def scale_of(unit: str) -> Scale:
    """The scale of a unit: 'proportion', 'pounds', or anything that is counted."""
    return {"proportion": SHARED, "pounds": PRICED}.get(unit, COUNTED)

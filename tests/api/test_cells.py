"""Numbers and dates as JSON holds them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from api.cells import MOMENT, column, rows


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1039075681.0, 1039075681),
        (12345678901.0, 12345678901),
        (0.0, 0),
        (5684441556.289999, 5684441556.29),
        (0.1 + 0.2, 0.3),
        (1234.5678, 1234.5678),
        (np.nan, None),
    ],
)
def test_amounts_are_whole_where_they_are_whole_and_keep_their_pennies(
    number: float, told: float | None
) -> None:
    found = column(pd.Series([number]))
    assert found == [told]
    assert type(found[0]) is type(told)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0.40139999999999998, 0.4014),
        (1 / 3, 0.3333333333),
        (0.000123456789012345, 0.000123456789),
        (25.269, 25.269),
        (1.0, 1),
        (316467502.33, 316467502.33),
        (12345678901.0, 12345678901),
    ],
)
def test_values_have_ten_digits_and_no_noise(number: float, told: float) -> None:
    assert column(pd.Series([number]), is_ratio=True) == [told]


def test_times_are_iso_and_what_is_missing_is_none() -> None:
    times = pd.Series([pd.Timestamp("2017-10-01 12:30"), pd.NaT])
    assert column(times) == ["2017-10-01", None]
    assert column(times, MOMENT) == ["2017-10-01T12:30:00+00:00", None]
    assert column(pd.Series(["a", "", None])) == ["a", None, None]
    assert column(pd.Series(pd.Categorical(["a", None]))) == ["a", None]


def test_counts_and_truths_stay_what_they_are() -> None:
    frame = pd.DataFrame({"count": [1, 2], "is": [True, False]})
    assert rows(frame, ["is", "count"]) == [{"is": True, "count": 1}, {"is": False, "count": 2}]

"""Arithmetic on columns of periods agrees with that on one period."""

from datetime import date

import pandas as pd
import pytest

from kpi.periods import PERIODS, Period
from kpi.spans import ends, starts_before

DAYS = (date(2016, 2, 28), date(2016, 2, 29), date(2016, 12, 31), date(2017, 1, 1))
SPANS = [Period.containing(name, day) for name in PERIODS for day in DAYS]
SPANS += [Period("year", date(2016, 10, 1))]


def columns() -> tuple[pd.Series, pd.Series]:
    return (
        pd.Series([span.name for span in SPANS]),
        pd.Series([pd.Timestamp(span.start) for span in SPANS]),
    )


def test_ends_are_those_of_each_period() -> None:
    assert list(ends(*columns()).astype("M8[D]").tolist()) == [span.end for span in SPANS]


def test_the_span_before_is_that_of_each_period() -> None:
    found = starts_before(*columns(), "previous").astype("M8[D]").tolist()
    assert found == [span.previous.start for span in SPANS]
    found = starts_before(*columns(), "year before").astype("M8[D]").tolist()
    assert found == [span.year_before.start for span in SPANS]


def test_twelve_months_last_a_year() -> None:
    start = pd.Series([pd.Timestamp("2016-10-01")])
    found = ends(pd.Series(["twelve months"]), start)
    assert pd.Timestamp(found[0]) == pd.Timestamp("2017-10-01")


def test_an_unknown_comparison_is_refused() -> None:
    with pytest.raises(ValueError, match="'yesterday' is not a comparison: use one of previous"):
        starts_before(*columns(), "yesterday")

"""Ranges as addresses write them."""

import pytest

from kpi.ranges import KpiRange


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("digital-take-up:0.8:1", 0.8, 1.0),
        ("digital-take-up:0.8:", 0.8, None),
        ("digital-take-up:0.8", 0.8, None),
        ("digital-take-up::0.5", None, 0.5),
        ("digital-take-up:0:0", 0.0, 0.0),
    ],
)
def test_either_bound_may_be_left_out(text: str, least: float | None, most: float | None) -> None:
    assert KpiRange.parse(text) == KpiRange("digital-take-up", least, most)


@pytest.mark.parametrize(
    "written", ["transactions:1000:", "cost-per-transaction::0.55", "transactions:1:1234567890"]
)
def test_a_range_is_written_as_it_was_read(written: str) -> None:
    assert str(KpiRange.parse(written)) == written


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("speed:1:2", "There is no KPI called 'speed'"),
        ("transactions", "is not a range: write a range as"),
        ("transactions:1:2:3", "is not a range"),
        ("transactions::", "neither a least nor a most"),
        ("transactions:lots:", "'lots' is not a number"),
        ("transactions:nan:", "'nan' is not a number"),
        ("transactions:5:1", "its least value is above its most"),
    ],
)
def test_what_is_no_range_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        KpiRange.parse(text)

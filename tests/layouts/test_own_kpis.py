"""Own KPIs on a service's page: cards beside the four, lines, and shares as bars."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from kpi.definitions import Kpi, Term
from layouts.share_bars import MOST_BARS, share_bars, shares_table, with_shares
from tests.layouts.reading import classed, prop, words

VISITS = Kpi(
    slug="devices",
    name="Devices",
    unit="visits",
    format="number",
    better="",
    numerator=Term("devices"),
    denominator=None,
    formula="",
    definition="",
    decimals=0,
)


def parts(*pairs: tuple[str, float]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=["group", "value"])


def widths(component: Any) -> list[str]:
    return [prop(bar, "style")["width"] for bar in classed(component, "bar")]


def test_shares_are_of_all_parts_and_bars_of_the_largest() -> None:
    found = share_bars(parts(("mobile", 60), ("desktop", 30), ("tablet", 10)), VISITS)
    assert words(found) == "mobile 60% 60 desktop 30% 30 tablet 10% 10"
    assert widths(found) == ["100.0%", "50.0%", "16.7%"]


def test_the_small_ones_are_told_together() -> None:
    many = parts(("a", 50), *((str(n), 5.0) for n in range(10)))
    found = share_bars(many, VISITS)
    assert len(widths(found)) == MOST_BARS
    # Seven of the ten are drawn, three of 5 in 100 each are left.
    assert words(found).endswith("3 others: 15% together")
    assert list(with_shares(many)["share"])[:2] == [0.5, 0.05]


def test_a_table_has_every_part() -> None:
    found = shares_table(parts(("mobile", 60), ("desktop", 20)), VISITS, "Device", "Devices, 2017")
    assert words(found) == "Devices, 2017 Device Visits Share mobile 60 75.0% desktop 20 25.0%"


def test_without_parts_it_says_so() -> None:
    assert words(share_bars(parts(), VISITS)) == "Nothing was reported of its parts."
    table = shares_table(parts(), VISITS, "Device", "Devices")
    assert words(table) == "Nothing was reported of its parts."


def test_nothing_counted_has_no_shares() -> None:
    assert list(with_shares(parts(("mobile", 0)))["share"]) == [0]
    assert words(share_bars(parts(("mobile", 0)), replace(VISITS, decimals=1))) == "mobile 0% 0.0"

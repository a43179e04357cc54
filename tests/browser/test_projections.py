"""The coming year and the targets on a service's page, as a visitor sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.csv_file import rows_of
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
TAX = "/services/dft-tax-a-vehicle"
NAMES = """
return [...document.querySelectorAll('#digital-take-up .js-plotly-plot')]
    .flatMap(chart => chart.data.map(trace => trace.name));
"""


def test_the_coming_year_is_drawn_told_and_taken_away_apart_from_what_was_reported(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(TAX)
    assert "projected" in visitor.run(NAMES)
    assert "transactions in the year to September 2018 (80% interval: " in visitor.text(
        "#coming-year"
    )
    visitor.open_all()
    link = visitor.find("#digital-take-up a[href*='/projections']")
    rows = rows_of(str(link.get_attribute("href")))
    shown = visitor.rows("#digital-take-up .behind:nth-last-of-type(1) table")[1:]
    assert [row[1] for row in shown] == [f"{float(row['projected']):.2%}" for row in rows]
    assert [row["end_at"] for row in rows][-1] == "2018-10-01"


def test_a_narrowed_page_has_no_coming_year_and_no_verdict_on_targets(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(TAX)
    assert "Target 82% by April 2018: met" in visitor.text(".kpis")
    visitor.go(f"{TAX}?to=2016-12-01")
    assert "Target" not in visitor.text(".kpis")
    assert "At this rate" not in visitor.words
    assert visitor.find_all("a[href*='/projections']") == []

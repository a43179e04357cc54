"""The figures of a service's page as its tables and its CSVs give them; periods and breadcrumbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from selenium.webdriver.common.keys import Keys

from kpi.periods import Period
from tests.browser.csv_file import rows_of
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
CARERS = "/services/dwp-carers-allowance-new-claims"


def label(row: dict[str, str]) -> str:
    """The period of a row of a CSV as tables say it."""
    return Period(row["period"], date.fromisoformat(row["start_at"])).label


def test_quarters_of_one_channel_are_undone_step_by_step_by_breadcrumbs(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(CARERS)
    visitor.choose("#service-period input:checked", Keys.ARROW_RIGHT)
    visitor.choose("#service-from", Keys.ARROW_DOWN)
    visitor.choose("#service-channel", Keys.ARROW_DOWN)
    assert visitor.address == f"{CARERS}?period=quarter&from=2015-01-01&channel=digital"
    words = visitor.words
    visitor.follow(visitor.find_all(".crumbs a")[3])
    assert visitor.address == f"{CARERS}?period=quarter&channel=digital"
    visitor.follow(visitor.find_all(".crumbs a")[2])
    assert visitor.address == f"{CARERS}?period=quarter"
    visitor.back()
    visitor.back()
    assert visitor.words == words


@pytest.mark.parametrize("module", ["user-satisfaction", "completion-rate", "digital-take-up"])
def test_the_table_behind_a_chart_is_its_csv(
    visit: Visit, demonstration_platform: str, module: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(f"{CARERS}?period=quarter")
    visitor.open_all()
    shown = visitor.rows(f"#{module} .table-region:last-of-type table")[1:]
    link = visitor.find(f"#{module} a[href*='kpi={module}']")
    said = []
    for row in rows_of(str(link.get_attribute("href"))):
        of = f" (partial: {row['parts']} of {row['expected']} {row['part']}s)"
        note = of if row["status"] == "partial" else ""
        said.append([label(row), f"{float(row['value']):.2%}{note}"])
    assert len(said) == 12
    # Satisfaction says of how many answers it is, and how they are spread, in columns after it.
    assert [row[:2] for row in shown] == said[::-1]


def test_channels_are_the_same_as_a_table_and_as_csv(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(f"{CARERS}?period=quarter")
    visitor.open_all()
    header, *rows = visitor.rows("#channels table")
    link = visitor.find("#channels a[href*='format=csv']")
    said: dict[str, dict[str, str]] = {}
    for row in rows_of(str(link.get_attribute("href"))):
        said.setdefault(label(row), {})[row["category"].capitalize()] = f"{int(row['value']):,}"
    shown = {
        row[0]: {name: cell.split(" (")[0] for name, cell in zip(header[1:], row[1:], strict=True)}
        for row in rows
    }
    assert len(said) == 12
    assert shown == said

"""The Overview as people use it: read it, choose a period, go to a dashboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from selenium.webdriver.common.keys import Keys

from tests.browser.csv_file import rows_of
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
SIZES = "main > section:last-of-type"
# The slug of each department that a table names.
SLUGS = """
return Object.fromEntries([...arguments[0].querySelectorAll('tbody a')].map(
    link => [link.textContent, link.pathname.split('/').pop()]));
"""


def test_the_headline_says_the_published_totals(visit: Visit, published_platform: str) -> None:
    visitor = visit(published_platform)
    visitor.go("/")
    assert visitor.text("h1 + .lede") == (
        "October 2016 to September 2017. 414 of 734 services have reported."
    )
    headline = [item.text.split("\n") for item in visitor.find_all(".headline > *")]
    assert [(item[0], item[1]) for item in headline] == [
        ("1.04 billion", "transactions"),
        ("£316 million", "total cost"),
        ("£0.40", "cost per transaction"),
        ("81.6%", "done digitally"),
    ]
    bases = ["414 of 734", "45 of 734", "45 of 734", "372 of 734"]
    assert [item[-1] for item in headline] == [f"from {base} services" for base in bases]


def test_a_period_chosen_by_keyboard_is_in_the_address(
    visit: Visit, published_platform: str
) -> None:
    visitor = visit(published_platform)
    visitor.go("/")
    latest = visitor.words
    visitor.choose("#period-choice", Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert visitor.address == "/?period=year:2016-04-01"
    # As published under 2017-Q2: 3,309,852,525 transactions.
    assert visitor.text(".headline > *").startswith("3.31 billion\ntransactions")
    chosen = visitor.words
    visitor.reload()
    assert visitor.words == chosen
    visitor.back()
    assert visitor.address == "/?period=year:2016-07-01"
    visitor.back()
    assert (visitor.address, visitor.words) == ("/", latest)


def test_every_cell_of_the_treemap_opens_its_dashboard_by_keyboard(
    visit: Visit, published_platform: str
) -> None:
    visitor = visit(published_platform)
    visitor.go("/")
    names = [cell.get_attribute("title") for cell in visitor.find_all(".treemap a")]
    assert "Department for Transport" in names
    for place, name in enumerate(names):
        visitor.follow(visitor.find_all(".treemap a")[place])
        assert visitor.text("h1") == name
        visitor.back()


@pytest.mark.parametrize("platform", ["demonstration_platform", "published_platform"])
def test_every_link_leads_to_a_page(
    visit: Visit, platform: str, request: pytest.FixtureRequest
) -> None:
    visitor = visit(request.getfixturevalue(platform))
    visitor.go("/")
    links = visitor.links()
    assert len(links) > 20
    answers = {link: requests.get(visitor.host + link, timeout=20).status_code for link in links}
    assert {link: status for link, status in answers.items() if status != 200} == {}


def test_the_csv_below_the_treemap_is_its_table(visit: Visit, published_platform: str) -> None:
    visitor = visit(published_platform)
    visitor.go("/")
    visitor.open_all()
    shown = visitor.rows(f"{SIZES} table")[1:]
    link = visitor.find(f"{SIZES} a[href*='format=csv']")
    sent = rows_of(str(link.get_attribute("href")))
    volumes = {row["group"]: row["value"] for row in sent if row["kpi"] == "transactions"}
    reported = {slug: f"{int(value):,}" for slug, value in volumes.items() if value}
    slugs = visitor.run(SLUGS, visitor.find(f"{SIZES} table"))
    assert {slugs[row[0]]: row[1] for row in shown if row[1] != "not reported"} == reported

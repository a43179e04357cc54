"""A service's page as people use it: filter it, click and drag in charts, go back, take it away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.csv_file import rows_of
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]

ALLOWANCE = "/services/dwp-carers-allowance-new-claims"
VEHICLE_TAX = "/services/dft-tax-a-vehicle"
# Where a point of a chart is in the window, by the curve's name and the point's place.
POINT = """
const chart = document.querySelector(arguments[0] + ' .js-plotly-plot');
chart.scrollIntoView({block: 'center'});
const area = chart.querySelector('.nsewdrag').getBoundingClientRect();
const curve = chart.data.findIndex(one => one.name === arguments[1]);
const point = chart.calcdata[curve][arguments[2]];
const axes = chart._fullLayout;
return [area.left + axes.xaxis.c2p(point.x), area.top + axes.yaxis.c2p(point.y)];
"""


def mouse(visitor: Visitor, kind: str, place: list[float], pressed: bool) -> None:
    button = "none" if kind == "mouseMoved" else "left"
    event = {"type": kind, "x": place[0], "y": place[1], "button": button, "clickCount": 1}
    event["buttons"] = int(pressed)
    visitor.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)


def press_at(visitor: Visitor, first: list[float], *others: list[float]) -> None:
    """Press the mouse at a place, drag it over others if there are any, and let go."""
    mouse(visitor, "mouseMoved", first, False)
    visitor.wait("return document.querySelector('.hoverlayer .hovertext, .spikeline') !== null")
    mouse(visitor, "mousePressed", first, True)
    for place in others:
        mouse(visitor, "mouseMoved", place, True)
    mouse(visitor, "mouseReleased", [first, *others][-1], False)


def crumbs(visitor: Visitor) -> list[str]:
    return [item.text.removeprefix("› ") for item in visitor.find_all(".crumbs li")]


def test_the_published_figures_are_on_the_cards(visit: Visit, published_platform: str) -> None:
    visitor = visit(published_platform)
    visitor.go(VEHICLE_TAX)
    cards = [card.text.split("\n")[:3] for card in visitor.find_all(".kpi")]
    # 9,696,099 of 11,814,457 transactions were digital.
    assert cards == [
        ["Cost per transaction", "£1.10", "twelve months to September 2017"],
        ["User satisfaction", "Not reported"],
        ["Completion rate", "Not reported"],
        ["Digital take-up", "82.1%", "July to September 2017"],
    ]


def test_filters_by_keyboard_keep_the_focus_and_back_undoes_them(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(ALLOWANCE)
    visitor.choose("#service-channel", Keys.ARROW_DOWN)
    assert visitor.address == f"{ALLOWANCE}?channel=digital"
    assert visitor.run("return document.activeElement.id") == "service-channel"
    assert crumbs(visitor)[-1] == "Digital"
    digital = [visitor.text(part) for part in (".kpis", "#channels")]
    visitor.reload()
    assert [visitor.text(part) for part in (".kpis", "#channels")] == digital
    visitor.choose("#service-from", Keys.ARROW_DOWN)
    assert visitor.address == f"{ALLOWANCE}?from=2014-11-01&channel=digital"
    assert crumbs(visitor)[-2:] == ["Digital", "November 2014 to September 2017"]
    visitor.back()
    visitor.back()
    assert visitor.address == ALLOWANCE
    assert crumbs(visitor)[-1] == "Carer's Allowance: new claims"


def test_clicking_a_channel_filters_the_page_and_its_breadcrumb_undoes_it(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(ALLOWANCE)
    with visitor.new_page():
        press_at(visitor, visitor.run(POINT, "#channels", "Paper", 20))
    assert visitor.address == f"{ALLOWANCE}?channel=non-digital"
    assert "not split by channel" in visitor.text(".kpis")
    visitor.follow(visitor.find_all(".crumbs a")[-1])
    assert visitor.address == ALLOWANCE


def test_dragging_over_a_chart_shows_that_span_of_time(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go(ALLOWANCE)
    # Points count from October 2014: the 15th is January 2016, the 26th December.
    places = [visitor.run(POINT, "#digital-take-up", "", n) for n in (15, 20, 26)]
    begin, end = [places[0][0] - 4, places[0][1]], [places[2][0] + 4, places[2][1]]
    with visitor.new_page():
        press_at(visitor, begin, places[1], end)
    assert visitor.address == f"{ALLOWANCE}?from=2016-01-01&to=2016-12-01"
    assert crumbs(visitor)[-1] == "2016"
    visitor.back()
    assert visitor.address == ALLOWANCE


def test_the_table_behind_a_chart_and_its_csv_are_the_same(
    visit: Visit, published_platform: str
) -> None:
    visitor = visit(published_platform)
    visitor.go(f"{VEHICLE_TAX}?from=2016-07-01")
    visitor.open_all()
    table = visitor.rows("#digital-take-up table")
    link = visitor.find("#digital-take-up .actions a[href*='format=csv']")
    answer = rows_of(str(link.get_attribute("href")))
    values = [row for row in answer if row["kpi"] == "digital-take-up"]
    assert [cells[1] for cells in table[1:]] == [
        f"{float(row['value']):.2%}" for row in reversed(values)
    ]
    assert len(values) == 5

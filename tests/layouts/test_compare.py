"""The comparison page: its address, its choices, its table, its words and its charts."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from kpi.comparisons import Comparison, compared, medians
from kpi.definitions import kpi
from kpi.periods import Period
from kpi.views import Wanted, view
from layouts import colours, ids
from layouts.compare import build_compare
from layouts.compare_address import CompareAddress, chosen, compare_csv, compare_with, parse
from layouts.compare_charts import Axes, axes_of, build_beside, shares_scale
from layouts.compare_choice import FULL
from layouts.compare_findings import comparison_heading, comparison_summary
from layouts.compare_table import history_table, side_by_side_table
from tests.kpi.rows import figure, kpi_frame
from tests.layouts.reading import classed, prop, typed, words

COST, TAKE_UP, VOLUME = "cost-per-transaction", "digital-take-up", "transactions"
APRIL, JULY = "2017-04-01", "2017-07-01"
NAMES = {"tax": "Vehicle tax", "test": "Driving tests", "toll": "Tolls", "death": "Deaths"}
DEPARTMENTS = pd.Series({"tax": "dft", "test": "dft", "toll": "dft", "death": "hmt"})
FOUR = [
    figure(slug, TAKE_UP, share, 100)
    for slug, share in {"tax": 80, "test": 60, "toll": 90, "death": 10}.items()
]
CANDIDATES = pd.DataFrame(
    [("toll", "Tolls", "Department for Transport")], columns=["slug", "name", "department_name"]
)


def comparison(*rows: dict[str, Any], services: tuple[str, ...], **wanted: Any) -> Comparison:
    """These services compared, the medians over all that the rows are of."""
    frame = kpi_frame(*rows)
    periods = sorted({Period("quarter", start.date()) for start in frame["start_at"]})
    shown = view(Wanted(**wanted), ("quarter",), "quarter", periods)
    own = frame[frame["service"].isin(services)]
    about = pd.DataFrame(
        {
            "slug": services,
            "name": [NAMES[one] for one in services],
            "department": [DEPARTMENTS[one] for one in services],
            "department_name": [DEPARTMENTS[one].upper() for one in services],
            "department_abbreviation": "",
        }
    )
    departments = {one: DEPARTMENTS[one] for one in services}
    return Comparison(about, shown, compared(own, medians(frame, DEPARTMENTS), departments))


TWO = comparison(*FOUR, services=("tax", "death"))


def heading(shown: Comparison, slug: str = TAKE_UP) -> str:
    return comparison_heading(kpi(slug), shown.beside(slug), NAMES)


def test_an_address_says_its_services_and_what_is_not_the_usual() -> None:
    wanted = CompareAddress(("tax", "test"), "year", "2016-10-01")
    assert wanted.href == "/compare?service=tax&service=test&period=year&from=2016-10-01"
    assert parse({"service": ["tax", "test"], "period": "year", "from": "2016-10-01"}) == (
        wanted,
        [],
    )
    assert compare_with("tax") == "/compare?service=tax"
    assert CompareAddress().href == "/compare"


def test_a_service_named_twice_is_compared_once() -> None:
    assert parse({"service": ["tax", "test", "tax", ""]})[0].services == ("tax", "test")


def test_a_seventh_service_is_refused_in_words() -> None:
    seven = [f"s{number}" for number in range(1, 8)]
    wanted, said = parse({"service": seven})
    assert wanted.services == tuple(seven[:6])
    assert said == ["At most six services can be compared, so ‘s7’ was left out."]
    _, said = parse({"service": [*seven, "s8", "s9", "s10"]})
    assert said == [
        "At most six services can be compared, so ‘s7’, ‘s8’, ‘s9’ and 1 more were left out."
    ]


def test_a_date_that_cannot_be_read_is_left_out_in_words() -> None:
    wanted, said = parse({"service": "tax", "from": "soon"})
    assert (wanted.services, wanted.first) == (("tax",), "")
    assert said == ["‘soon’ is not a date such as 2017-09-01, so it was left out."]


def test_a_service_is_added_last_and_ends_the_search() -> None:
    wanted = CompareAddress(("tax",), "year", q="toll")
    assert wanted.added("toll").href == "/compare?service=tax&service=toll&period=year"
    assert wanted.without("tax").services == ()


OPENING = {"period": "quarter", "from": APRIL, "to": JULY, "shown": "quarter"}


def test_the_usual_period_and_span_are_not_said() -> None:
    before = CompareAddress(("tax",))
    assert chosen(before, {"period": "quarter", "from": APRIL, "to": JULY}, OPENING) == before
    after = chosen(before, {"period": "quarter", "from": JULY, "to": JULY}, OPENING)
    assert after.href == "/compare?service=tax&from=2017-07-01"
    other = chosen(before, {"period": "year", "from": APRIL, "to": JULY}, OPENING)
    assert other.href == "/compare?service=tax&period=year"


def test_the_ends_of_time_may_be_chosen_the_wrong_way_round() -> None:
    wide = {**OPENING, "from": "2016-01-01", "to": "2017-10-01"}
    after = chosen(CompareAddress(), {"period": "quarter", "from": JULY, "to": APRIL}, wide)
    assert (after.first, after.last) == (APRIL, JULY)


def test_the_csv_is_of_the_services_and_the_span_that_are_shown() -> None:
    both, end = "service=tax&service=death&period=quarter", "end_at=2017-10-01&format=csv"
    assert compare_csv(TWO) == f"/api/compare?{both}&{end}"
    rows = [*FOUR, figure("tax", TAKE_UP, 70, 100, start=APRIL)]
    narrowed = comparison(*rows, services=("tax",), first=pd.Timestamp(JULY).date())
    one = "service=tax&period=quarter&start_at=2017-07-01"
    assert compare_csv(narrowed) == f"/api/compare?{one}&{end}"


def test_what_is_shared_names_the_periods_that_are_shown_whether_asked_for_or_not() -> None:
    wanted = CompareAddress(("tax", "death"), q="theory")
    assert wanted.pinned(TWO.view).href == (
        "/compare?service=tax&service=death&period=quarter&from=2017-07-01&to=2017-07-01"
    )


def test_the_leader_is_named_in_the_heading() -> None:
    assert heading(TWO) == "Higher digital take-up: Vehicle tax"
    three = comparison(*FOUR, services=("tax", "test", "death"))
    assert heading(three) == "Highest digital take-up: Vehicle tax"
    costs = comparison(
        figure("tax", COST, 300, 100, period="year"),
        figure("test", COST, 200, 100, period="year"),
        services=("tax", "test"),
    )
    assert heading(costs, COST) == "Lower cost per transaction: Driving tests"
    volumes = comparison(
        figure("tax", VOLUME, 3), figure("test", VOLUME, 2), services=("tax", "test")
    )
    assert heading(volumes, VOLUME) == "More transactions: Vehicle tax"


def test_a_heading_says_of_how_many_where_not_all_can_be_compared() -> None:
    rows = [*FOUR[:2], figure("toll", TAKE_UP, 99, 100, status="partial")]
    shown = comparison(*rows, services=("tax", "test", "toll"))
    assert heading(shown) == "Higher digital take-up of the 2 that can be compared: Vehicle tax"


def test_where_nobody_leads_the_heading_is_the_name_of_the_kpi() -> None:
    same = [figure(slug, TAKE_UP, 80, 100) for slug in ("tax", "test")]
    assert heading(comparison(*same, services=("tax", "test"))) == "Digital take-up"
    assert heading(comparison(FOUR[0], services=("tax", "test"))) == "Digital take-up"


def test_one_service_stands_against_the_medians() -> None:
    # Of its department 60%, 80% and 90%; of all also 10%: medians 80% and 70%.
    alone = comparison(*FOUR, services=("tax",))
    assert heading(alone) == "Digital take-up: above the median of all services"
    below = comparison(*FOUR, services=("test",))
    assert heading(below) == (
        "Digital take-up: below the medians of its department and of all services"
    )
    few = comparison(*FOUR[:2], services=("tax",))
    assert heading(few) == "Digital take-up"


def test_the_figures_are_in_a_sentence_with_what_is_missing() -> None:
    shown = comparison(*FOUR[:3], services=("tax", "test", "death"))
    assert comparison_summary(kpi(TAKE_UP), shown.beside(TAKE_UP), NAMES) == (
        "In July to September 2017: 60.0% (Driving tests) and 80.0% (Vehicle tax). "
        "Not reported: Deaths. The median of the 3 services that reported it is 80.0%."
    )


def test_a_suppressed_figure_is_called_so_in_sentence_table_and_chart() -> None:
    hidden = figure("test", TAKE_UP, None, None, status="suppressed")
    shown = comparison(FOUR[0], hidden, services=("tax", "test"))
    said = comparison_summary(kpi(TAKE_UP), shown.beside(TAKE_UP), NAMES)
    assert "Suppressed: Driving tests." in said
    assert cells(shown, 3)[2].startswith("suppressed")
    assert "Suppressed in this time." in words(page(shown))


def cells(shown: Comparison, row: int) -> list[str]:
    found = typed(typed(side_by_side_table(shown), "Tbody"), "Tr")[row]
    said = [words(cell) for cell in [*typed(found, "Th"), *typed(found, "Td")]]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in said]


def test_each_figure_is_beside_the_medians_and_how_many_they_are_of() -> None:
    assert cells(TWO, 3) == [
        "Digital take-up July to September 2017",
        "80.00% Higher of 2 Department: 80.0% (of 3)",
        "10.00% Department: too few to compare",
        "70.00% of 4",
    ]


def test_a_kpi_that_none_reported_is_not_reported_and_not_nought() -> None:
    nothing = "not reported"
    assert cells(TWO, 1) == ["User satisfaction", nothing, nothing, "too few to compare"]


def test_a_partial_or_impossible_figure_says_why_it_is_not_compared() -> None:
    part = figure("test", TAKE_UP, 60, 100, status="partial") | {
        "parts": 2,
        "expected": 3,
        "part": "month",
    }
    shown = comparison(FOUR[0], part, figure("toll", TAKE_UP, 130, 100), services=tuple(NAMES)[:3])
    said = cells(shown, 3)
    assert said[2].startswith("60.00% Partial, not compared: 2 of 3 months reported")
    assert said[3].startswith("130.00% over 100%: check the data")


def test_on_a_phone_each_figure_has_its_service_before_it() -> None:
    labels = [prop(cell, "data-label") for cell in typed(side_by_side_table(TWO), "Td")][:3]
    assert labels == ["Vehicle tax", "Deaths", "Median of all services"]


def test_the_table_behind_a_chart_has_all_that_is_drawn_the_latest_first() -> None:
    rows = [*FOUR, figure("tax", TAKE_UP, 70, 100, start=APRIL)]
    table = history_table(comparison(*rows, services=("tax", "death")), kpi(TAKE_UP))
    head, latest, earlier = (
        [words(cell) for cell in [*typed(row, "Th"), *typed(row, "Td")]]
        for row in typed(table, "Tr")
    )
    medians_of = ["Median of DFT", "Median of HMT", "Median of all services"]
    assert head == ["Period", "Vehicle tax", "Deaths", *medians_of]
    assert latest == ["July to September 2017", "80.00%", "10.00%", "80.00%", "too few", "70.00%"]
    assert earlier[1:] == ["70.00%", "not reported", "too few", "too few", "too few"]


def drawn(shown: Comparison, slug: str, kpi_slug: str = TAKE_UP) -> dict[str, Any]:
    rows = shown.of(kpi_slug)
    own = rows[rows["service"] == slug]
    found = build_beside(own, kpi(kpi_slug), colours.TURQUOISE, axes_of(rows))
    return {trace.name or "own": trace for trace in found.data}


def test_a_chart_has_the_service_in_its_colour_and_both_medians_in_grey() -> None:
    traces = drawn(TWO, "tax")
    assert list(traces) == ["Median of its department", "Median of all services", "own"]
    assert traces["own"].line.color == colours.TURQUOISE
    assert list(traces["own"].y) == [0.8]
    grey = [trace for name, trace in traces.items() if name != "own"]
    assert {trace.line.color for trace in grey} == {colours.MEDIAN}
    assert [trace.line.dash for trace in grey] == ["dash", "dot"]
    assert [list(trace.y) for trace in grey] == [[0.8], [pytest.approx(0.7)]]


def test_a_partial_figure_is_a_hollow_dot_of_the_services_colour() -> None:
    rows = [FOUR[0], figure("tax", TAKE_UP, 70, 100, start="2017-10-01", status="partial")]
    traces = drawn(comparison(*rows, services=("tax",)), "tax")
    ring = traces["partial"].marker
    assert (ring.color, ring.line.color) == (colours.WHITE, colours.TURQUOISE)


def test_twelve_months_stand_where_they_end() -> None:
    rows = [figure("tax", COST, 300, 100, period="year", start="2016-10-01")]
    traces = drawn(comparison(*rows, services=("tax",)), "tax", COST)
    assert [pd.Timestamp(one) for one in traces["own"].x] == [pd.Timestamp("2017-09-01")]


def test_charts_of_a_kpi_share_their_axes() -> None:
    rows = [figure("tax", VOLUME, 30), figure("test", VOLUME, 20, start=APRIL)]
    shown = comparison(*rows, services=("tax", "test"))
    every = shown.of(VOLUME)
    assert axes_of(every) == Axes(30, pd.Timestamp(APRIL), pd.Timestamp(JULY))
    ranges = [
        (figure.layout.xaxis.range, figure.layout.yaxis.range)
        for slug in shown.slugs
        for figure in [
            build_beside(
                every[every["service"] == slug], kpi(VOLUME), colours.ORANGE, axes_of(every)
            )
        ]
    ]
    assert ranges[0] == ranges[1]


def test_services_that_differ_more_than_tenfold_have_a_scale_each_but_shares_never() -> None:
    rows = [figure("tax", VOLUME, 1100), figure("test", VOLUME, 100)]
    shown = comparison(*rows, *FOUR, services=("tax", "test"))
    assert not shares_scale(shown.of(VOLUME), kpi(VOLUME))
    assert shares_scale(shown.of(TAKE_UP), kpi(TAKE_UP))


def test_a_median_far_above_a_service_does_not_flatten_it() -> None:
    volumes = {"tax": 10, "test": 900, "toll": 900}
    rows = [figure(slug, VOLUME, volume) for slug, volume in volumes.items()]
    assert axes_of(comparison(*rows, services=("tax",)).of(VOLUME)).top == 20


def page(shown: Comparison | None, **wanted: Any) -> list[Any]:
    services = shown.slugs if shown else ()
    return build_compare(CompareAddress(services, **wanted), shown, CANDIDATES, ["Left out."])


def test_every_service_has_a_link_that_removes_it_and_one_clears_all() -> None:
    links = typed(classed(page(TWO), "chosen"), "Link")
    assert [(words(link), prop(link, "href")) for link in links] == [
        ("Remove Vehicle tax", "/compare?service=death"),
        ("Remove Deaths", "/compare?service=tax"),
        ("Clear all services", "/compare"),
    ]


def test_others_are_added_with_one_link() -> None:
    (link,) = typed(classed(page(TWO), "candidates"), "Link")
    assert words(link) == "Add Tolls"
    assert prop(link, "href") == "/compare?service=tax&service=death&service=toll"


def test_an_empty_comparison_says_what_to_do() -> None:
    shown = page(None)
    assert "No service is chosen yet." in words(shown)
    assert prop(typed(classed(shown, "candidates"), "Link")[0], "href") == "/compare?service=toll"
    assert "Left out." in words(classed(shown, "problems"))


def test_with_six_services_no_other_can_be_added() -> None:
    names = {f"s{number}": f"S {number}" for number in range(6)}
    about = {"slug": list(names), "name": list(names.values()), "department": "dft"}
    frame = pd.DataFrame({**about, "department_name": "DFT", "department_abbreviation": ""})
    rows = kpi_frame(*(figure(slug, VOLUME, 10) for slug in names))
    own = dict.fromkeys(names, "dft")
    shown = Comparison(frame, TWO.view, compared(rows, medians(rows, pd.Series(own)), own))
    content = page(shown)
    assert FULL in words(content)
    assert classed(content, "candidates") == []
    graphs = typed(content, "Graph")
    figures = [prop(graph, "figure") for graph in graphs]
    assert [figure.data[-1].line.color for figure in figures] == list(colours.SERVICES)


def test_services_without_figures_say_so() -> None:
    shown = Comparison(TWO.services, view(Wanted(), (), "year", ()), TWO.frame.iloc[:0])
    assert "None of these services has reported anything" in words(page(shown))


def test_the_picker_offers_only_periods_with_figures() -> None:
    rows = [*FOUR, figure("tax", TAKE_UP, 70, 100, start="2016-10-01")]
    content = page(comparison(*rows, services=("tax",)))
    (field,) = [one for one in typed(content, "Select") if prop(one, "id") == ids.COMPARE_FROM]
    assert [option["label"] for option in prop(field, "options")] == [
        "October to December 2016",
        "July to September 2017",
    ]

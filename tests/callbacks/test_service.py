"""A service's page as it answers an address, over fixtures.small_world and a month of detail."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from dash import no_update
from dash.development.base_component import Component
from flask import Flask

from api.blueprint import blueprint
from callbacks.pages import PageMissing
from callbacks.platform import EXTENSION, Platform
from callbacks.service import _content, chosen, narrowed, parse
from config import Settings
from data.entries import Record
from data.reader import Reader
from kpi.views import Wanted
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import report, small_world
from tests.layouts.reading import classed, prop, typed, words

OPENING = {
    "period": "month",
    "from": "2017-07-01",
    "to": "2017-09-01",
    "channel": "all",
    "shown": "month",
}


def counted(start: str, channel: str, count: int) -> Record:
    at = {"_id": f"{start}.{channel}", "_timestamp": f"{start}T00:00:00Z", "period": "month"}
    return {**at, "channel": channel, "count": count}


# June is missing: nobody reported anything for it.
MONTHS = [
    counted("2017-05-01", "digital", 60),
    counted("2017-05-01", "paper", 40),
    counted("2017-07-01", "digital", 70),
    counted("2017-07-01", "paper", 30),
    counted("2017-08-01", "digital", 75),
    counted("2017-08-01", "paper", 25),
]


def visited(start: str, stage: str, count: int) -> Record:
    at = {"_id": f"{start}.{stage}", "_timestamp": f"{start}T00:00:00Z", "period": "week"}
    return {**at, "stage": stage, "count": count}


WEEKS = [
    visited("2017-08-07", stage, count)
    for stage, count in (("start", 100), ("pay", 50), ("done", 40))
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    engine = small_world(tmp_path_factory.mktemp("service-page"))
    about: dict[str, Any] = {"group": "book-a-test", "service": "book-a-test"}
    channels = ("digital", "paper")
    report(engine, "transactions-by-channel", MONTHS, channels=channels, **about)
    report(engine, "journey", WEEKS, stages=("start", "pay", "done"), **about)
    settings, made = Settings(), Flask("test")
    reader = Reader(engine, Kept())
    made.extensions[EXTENSION] = Platform(reader, settings, engine)
    made.register_blueprint(blueprint(reader, settings))
    yield made
    engine.dispose()


def page(server: Flask, slug: str = "book-a-test", **given: Any) -> list[Component]:
    with server.app_context():
        return _content(slug, **given)


def card(content: list[Component], name: str) -> str:
    return next(words(one) for one in classed(content, "kpi") if words(one).startswith(name))


def module(content: list[Component], id: str) -> Component:
    return next(one for one in typed(content, "Section") if prop(one, "id") == id)


def crumbs(content: list[Component]) -> list[str]:
    return [words(item) for item in typed(classed(content, "crumbs"), "Li")]


def hrefs(content: Any) -> list[str]:
    return [prop(one, "href") for kind in ("A", "Link") for one in typed(content, kind)]


def test_each_kpi_has_a_card_with_its_latest_figure_or_says_not_reported(server: Flask) -> None:
    content = page(server)
    assert card(content, "Digital take-up") == (
        "Digital take-up 75.0 % August 2017 better: up 5.0 percentage points on July "
        "too little history to say what is normal Share : Digital take-up, the latest figure"
    )
    assert card(content, "Cost per transaction").startswith(
        "Cost per transaction £2.00 twelve months to September 2017"
    )
    assert card(content, "User satisfaction") == "User satisfaction Not reported"
    # 40 of the 100 who started in the only week of August that was reported: a part of it.
    assert "40.0 %" in card(content, "Completion rate")
    assert "Partial:" in card(content, "Completion rate")


def test_what_is_shared_names_the_time_that_is_shown_whether_asked_for_or_not(
    server: Flask,
) -> None:
    months = "/services/book-a-test?period=month&from=2017-05-01&to=2017-08-01"
    whole, journey = classed(page(server), "btn-primary")[0], module(page(server), "journey")
    # The journey opens with its newest weeks, of which there is one.
    assert prop(whole, "href") == f"{months}&journey=2017-08-07"
    assert prop(classed(journey, "share")[0], "href") == f"{months}&journey=2017-08-07#journey"
    channels = classed(module(page(server), "channels"), "share")[0]
    assert prop(channels, "href") == f"{months}#channels"
    assert prop(channels, "data-csv").endswith("&start_at=2017-05-01&end_at=2017-09-01&format=csv")


def test_a_link_that_names_the_time_shows_what_was_shared(server: Flask) -> None:
    asked = {"period": "month", "from": "2017-05-01", "to": "2017-08-01", "journey": "2017-08-07"}
    before, after = page(server), page(server, **asked)
    for part in ("channels", "digital-take-up", "cost-per-transaction"):
        assert words(module(after, part)) == words(module(before, part))
    assert words(classed(after, "kpis")) == words(classed(before, "kpis"))


def test_transactions_are_told_by_channel_with_their_gaps(server: Flask) -> None:
    said = words(classed(module(page(server), "channels"), "summary"))
    assert said == (
        "100 transactions in August 2017: 75 digital and 25 paper. No figures for June 2017. "
        "There is too little history to say whether that is normal."
    )


def test_the_csv_of_a_chart_is_what_its_table_shows(server: Flask) -> None:
    shown = module(page(server), "digital-take-up")
    rows = [
        [words(cell) for cell in typed(row, "Th") + typed(row, "Td")]
        for row in typed(typed(shown, "Tbody"), "Tr")
    ]
    address = next(href for href in hrefs(shown) if "format=csv" in href)
    answer = list(csv.DictReader(io.StringIO(server.test_client().get(address).get_data(True))))
    assert rows == [
        ["August 2017", "75.00%"],
        ["July 2017", "70.00%"],
        ["June 2017", "not reported"],
        ["May 2017", "60.00%"],
    ]
    figures = {row["start_at"]: row["value"] for row in answer}
    assert figures == {
        "2017-05-01": "0.6",
        "2017-06-01": "",
        "2017-07-01": "0.7",
        "2017-08-01": "0.75",
    }


def test_every_csv_that_a_page_offers_is_answered(server: Flask) -> None:
    for given in ({}, {"channel": "digital"}, {"period": "year"}, {"from": "2017-07-01"}):
        offered = [href for href in hrefs(page(server, **given)) if href.startswith("/api/")]
        assert len(offered) > 3
        for address in offered:
            assert server.test_client().get(address).status_code == 200, address


def test_a_journey_says_where_people_leave(server: Flask) -> None:
    shown = module(page(server), "journey")
    assert words(typed(shown, "H2")) == "Most people who give up do so at ‘Pay’"
    assert "in the week of 7 August 2017" in words(classed(shown, "summary"))


def test_a_journey_says_how_its_completion_goes_with_the_card(server: Flask) -> None:
    assert "40.0 %" in card(page(server), "Completion rate")
    # The only week of August that was reported.
    assert words(classed(module(page(server), "journey"), "of")) == (
        "40.0% of those who started finished: the completion rate in the week of 7 August 2017. "
        "The 40.0% on the completion rate’s card is of August 2017, from the same figures."
    )


def test_a_stage_that_the_address_names_is_open_and_links_keep_it(server: Flask) -> None:
    shown = module(page(server, stage="pay"), "journey")
    assert words(typed(shown, "H3")) == "People at ‘Pay’ over time"
    assert "/services/book-a-test?stage=done#journey" in hrefs(shown)
    saved = [href for href in hrefs(shown) if "format=csv" in href]
    asked = "period=week&start_at=2017-08-07&end_at=2017-08-14&format=csv"
    assert saved[0] == f"/api/services/book-a-test/journey?{asked}"
    assert saved[1].startswith("/api/services/book-a-test/journey/stage?stage=pay&period=week")


def test_a_stage_that_is_not_there_is_said(server: Flask) -> None:
    content = page(server, stage="nowhere")
    assert "There is no stage ‘nowhere’ in this journey." in words(content)
    assert not typed(module(content, "journey"), "H3")


def test_a_channel_narrows_the_page_and_its_breadcrumb_undoes_it(server: Flask) -> None:
    content = page(server, channel="non-digital")
    assert crumbs(content)[-2:] == ["Book a test", "Not digital"]
    assert "/services/book-a-test" in hrefs(classed(content, "crumbs"))
    assert card(content, "Digital take-up") == (
        "Digital take-up Not applicable not split by channel"
    )
    said = words(classed(module(content, "channels"), "summary"))
    assert said.startswith("25 transactions in August 2017. No figures for June 2017. ")
    assert "User satisfaction: not reported" in words(module(content, "no-figures"))
    assert "Digital take-up: not split by channel" in words(module(content, "no-figures"))


def test_a_span_of_time_is_a_step_that_the_one_before_undoes(server: Flask) -> None:
    content = page(server, **{"from": "2017-07-01", "to": "2017-07-01", "channel": "digital"})
    assert crumbs(content)[-3:] == ["Book a test", "Digital", "July 2017"]
    steps = hrefs(classed(content, "crumbs"))
    assert steps[-2:] == ["/services/book-a-test", "/services/book-a-test?channel=digital"]


def test_the_channels_can_be_chosen_by_links(server: Flask) -> None:
    links = hrefs(classed(page(server), "choice-links"))
    assert links == [
        "/services/book-a-test?channel=digital",
        "/services/book-a-test?channel=non-digital",
    ]


def test_a_service_without_figures_says_so_and_what_to_do_next(server: Flask) -> None:
    content = page(server, "report-a-death")
    assert [words(one).endswith("Not reported") for one in classed(content, "kpi")] == [True] * 4
    assert "Nothing has been reported for this service yet." in words(content)
    assert classed(content, "filters") == []
    assert "/organisations/treasury" in hrefs(classed(content, "empty-state"))


def test_costs_that_are_published_by_year_are_drawn_by_year(server: Flask) -> None:
    shown = module(page(server), "cost-per-transaction")
    assert "each point is a year to its date" in words(shown)
    assert words(typed(shown, "Tbody")) == "October 2016 to September 2017 £2.00"
    assert any("period=year" in href for href in hrefs(shown))


def test_what_an_address_asks_in_vain_is_told_in_words(server: Flask) -> None:
    content = page(server, **{"period": "fortnight", "from": "soon", "channel": "pigeon"})
    said = words(classed(content, "empty-state"))
    assert "‘fortnight’ is not a length of time" in said
    assert "‘soon’ is not a date" in said
    assert "no figures for the channel ‘pigeon’" in said


def test_an_unknown_service_is_missing(server: Flask) -> None:
    with pytest.raises(PageMissing, match="There is no service 'nothing'"):
        page(server, "nothing")


def test_about_the_figures_says_how_complete_they_are(server: Flask) -> None:
    said = words(module(page(server), "about-the-figures"))
    assert "3 of 4 months reported, May to August 2017" in said
    assert "1 of 1 week reported" in said
    assert "Updated" in said


def test_filters_that_say_what_opens_leave_the_address_short() -> None:
    assert (
        chosen({name: OPENING[name] for name in ("period", "from", "to", "channel")}, OPENING) == ""
    )


def test_filters_write_what_differs() -> None:
    values = {"period": "month", "from": "2017-08-01", "to": "2017-09-01", "channel": "digital"}
    assert chosen(values, OPENING) == "?from=2017-08-01&channel=digital"


def test_another_length_keeps_the_span() -> None:
    values = {"period": "quarter", "from": "2017-08-01", "to": "2017-09-01", "channel": "all"}
    assert chosen(values, OPENING) == "?period=quarter&from=2017-07-01"


def test_ends_the_wrong_way_round_are_turned() -> None:
    opening = {**OPENING, "from": "2017-01-01", "to": "2017-12-01"}
    values = {"period": "month", "from": "2017-08-01", "to": "2017-03-01", "channel": "all"}
    assert chosen(values, opening) == "?from=2017-03-01&to=2017-08-01"


def point(curve: int, span: str) -> dict[str, Any]:
    return {"curveNumber": curve, "text": span}


def test_clicking_a_channel_chooses_it() -> None:
    event = {"points": [point(1, "2017-08-01/2017-09-01")]}
    found = narrowed(event, OPENING, OPENING, ["digital", "non-digital"])
    assert found == "?channel=non-digital"


def test_clicking_the_channel_that_is_chosen_chooses_the_period() -> None:
    event = {"points": [point(0, "2017-08-01/2017-09-01")]}
    before = {**OPENING, "channel": "digital"}
    assert narrowed(event, before, OPENING, ["digital"]) == (
        "?from=2017-08-01&to=2017-08-01&channel=digital"
    )


def test_selecting_points_chooses_their_span() -> None:
    event = {"points": [point(0, "2017-08-01/2017-09-01"), point(0, "2017-07-01/2017-08-01")]}
    assert narrowed(event, OPENING, OPENING, []) == "?to=2017-08-01"


def test_selecting_a_year_chooses_its_quarters() -> None:
    opening = {**OPENING, "period": "quarter", "shown": "quarter", "from": "2012-07-01"}
    event = {"points": [point(0, "2015-10-01/2016-10-01")]}
    assert narrowed(event, opening, opening, []) == "?from=2015-10-01&to=2016-07-01"


def test_selecting_nothing_changes_nothing() -> None:
    assert narrowed({"points": []}, OPENING, OPENING, []) is no_update


def test_an_address_is_read_into_what_is_wanted() -> None:
    wanted, notes = parse({"period": "week", "from": "2017-01-02", "utm_source": "x"})
    assert wanted == Wanted("week", date(2017, 1, 2))
    assert notes == ()


def test_a_parameter_that_is_given_twice_is_told() -> None:
    wanted, notes = parse({"channel": ["digital", "non-digital"]})
    assert wanted.channel == "non-digital"
    assert "more than once" in notes[0]

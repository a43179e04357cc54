"""Each dashboard and each module by itself: what it is of, where it is from, and nothing more."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.service import _content as service_page
from data.dashboard import DashboardQuery
from kpi.modules import flat, parse_modules
from layouts import dashboard_modules
from layouts.compare import TITLES as OF_COMPARISONS
from layouts.organisation import TITLES as OF_ORGANISATIONS
from layouts.overview import TITLES as OF_THE_OVERVIEW
from tests.callbacks.embeds.conftest import Embed
from tests.fixtures.dashboards import EVERY_TYPE, SERVICE
from tests.layouts.reading import classed, prop, typed, words

COMPARED = {"service": ["book-a-test", "tax-a-vehicle"]}
OF_THE_SERVICE = tuple(one.slug for one in flat(parse_modules(EVERY_TYPE)))
MODULES: list[tuple[str, str, dict[str, Any]]] = [
    *(("overview", slug, {}) for slug in OF_THE_OVERVIEW),
    *(("organisations/transport", slug, {}) for slug in OF_ORGANISATIONS),
    *((f"services/{SERVICE}", slug, {}) for slug in (*OF_THE_SERVICE, "about-the-figures")),
    *(("compare", slug, COMPARED) for slug in OF_COMPARISONS),
]
ERRORS = "bar-chart-with-number-errors"
DASHBOARDS = ("overview", "organisations/transport", f"services/{SERVICE}", "compare")


def hrefs(content: Any) -> dict[str, str | None]:
    """Where links lead, and in which window."""
    links = [*typed(content, "A"), *typed(content, "Link")]
    return {prop(one, "href"): prop(one, "target") for one in links}


@pytest.mark.parametrize(("place", "slug", "query"), MODULES)
def test_every_module_stands_alone_under_one_heading_with_its_source(
    embed: Embed, platform: FlaskClient, place: str, slug: str, query: dict[str, Any]
) -> None:
    shown = embed(f"{place}/{slug}", **query)
    assert len(typed(shown, "H1")) == 1
    assert [typed(shown, "Header"), classed(shown, "crumbs")] == [[], []]
    (source,) = classed(shown, "source")
    assert words(source).startswith("Source: ")
    (href,) = (prop(one, "href") for one in typed(source, "A"))
    assert href.endswith(f"#{slug}")
    assert platform.get(f"/embed/{place}/{slug}").status_code == 200


@pytest.mark.parametrize("place", DASHBOARDS)
def test_every_dashboard_stands_alone_with_its_source(
    embed: Embed, platform: FlaskClient, place: str
) -> None:
    shown = embed(place, **(COMPARED if place == "compare" else {}))
    assert len(typed(shown, "H1")) == 1
    assert [typed(shown, one) for one in ("Header", "RadioItems")] == [[], []]
    assert [classed(shown, one) for one in ("crumbs", "buttons", "filters")] == [[], [], []]
    assert "Source: " in words(shown)
    assert platform.get(f"/embed/{place}").status_code == 200


def test_a_module_says_of_what_it_is_when_and_how_old(embed: Embed) -> None:
    shown = embed(f"services/{SERVICE}/{ERRORS}", period="month")
    said = words(shown)
    assert said.startswith("Book a test, month by month, October 2016 to September 2017")
    assert "Source: Book a test, Performance Platform . Figures updated" in said


def test_the_source_is_the_page_with_the_same_filters_in_the_window_that_it_stands_in(
    embed: Embed,
) -> None:
    query = {"from": "2017-01-01", "to": "2017-03-01", "channel": "digital", "controls": "1"}
    shown = embed(f"services/{SERVICE}/completion-rate", **query)
    (link,) = typed(classed(shown, "source"), "A")
    wanted = f"/services/{SERVICE}?from=2017-01-01&to=2017-03-01&channel=digital#completion-rate"
    assert (prop(link, "href"), prop(link, "target")) == (wanted, "_top")


def test_what_narrows_an_embed_stays_in_it_and_all_else_opens_outside(embed: Embed) -> None:
    found = hrefs(embed(f"services/{SERVICE}/journey", controls="1"))
    stage = f"/embed/services/{SERVICE}/journey?stage=pay&controls=1"
    assert found[stage] is None
    assert [href for href, target in found.items() if target != "_top"] == [
        href for href in found if href.startswith("/embed/")
    ]
    assert f"/api/services/{SERVICE}/journey?format=csv" in {
        href.replace("period=month&start_at=2016-10-01&end_at=2017-10-01&", "") for href in found
    }


def test_filters_come_only_where_they_are_asked_for(embed: Embed) -> None:
    for place, query, fields in (
        (f"services/{SERVICE}/{ERRORS}", {}, ("RadioItems", "Select")),
        ("overview/services-by-size", {}, ("Select",)),
        ("compare/transactions", COMPARED, ("RadioItems", "Select")),
    ):
        without = embed(place, **query)
        beside = embed(place, controls="1", **query)
        assert [typed(without, one) for one in fields] == [[] for _ in fields], place
        assert all(typed(beside, one) for one in fields), place


def test_a_module_of_a_tab_that_is_not_chosen_is_drawn_and_its_page_opens_there(
    embed: Embed,
) -> None:
    for query in ({}, {"tab": "browsers"}):
        shown = embed(f"services/{SERVICE}/devices", **query)
        assert "Mobile" in words(shown)
        (link,) = typed(classed(shown, "source"), "A")
        assert prop(link, "href") == f"/services/{SERVICE}?tab=devices#devices"


def test_after_a_click_an_embed_without_filters_has_a_way_back(embed: Embed) -> None:
    shown = embed(f"services/{SERVICE}/completion-rate", channel="digital")
    (back,) = [one for one in typed(shown, "Link") if words(one) == "Show everything"]
    assert prop(back, "href") == f"/embed/services/{SERVICE}/completion-rate"


def test_a_module_of_a_dashboard_is_drawn_alone(
    embed: Embed, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []

    def counting(type: str) -> Any:
        build = dashboard_modules.BUILDERS[type]

        def built(*given: Any) -> Any:
            drawn.append(type)
            return build(*given)

        return built

    counted = {type: counting(type) for type in dashboard_modules.BUILDERS}
    monkeypatch.setattr(dashboard_modules, "BUILDERS", counted)
    embed(f"services/{SERVICE}/{ERRORS}", period="quarter")
    assert drawn == ["bar_chart_with_number"]


def test_embeds_of_one_service_and_its_page_ask_the_database_once(
    embed: Embed, platform: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    execute = DashboardQuery.execute

    def counting(query: DashboardQuery, *given: Any) -> Any:
        asked.append(query)
        return execute(query, *given)

    monkeypatch.setattr(DashboardQuery, "execute", counting)
    query = {"from": "2016-11-01", "to": "2017-02-01"}
    for slug in (ERRORS, "journey", "completion-rate", "help"):
        embed(f"services/{SERVICE}/{slug}", **query)
    with platform.application.test_request_context("/"):
        service_page(SERVICE, **query)
    # The question with live users rests on the one without.
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (f"services/{SERVICE}/nothing", "There is no module ‘nothing’ on the dashboard"),
        ("overview/nothing", "There is no module ‘nothing’ on the dashboard"),
        ("services/nobody/journey", "There is no service 'nobody'."),
        ("organisations/nobody", "There is no organisation 'nobody'."),
        ("data", "There is no dashboard to embed at this address."),
        ("services", "There is no dashboard to embed at this address."),
        (f"services/{SERVICE}/journey/more", "There is no dashboard to embed at this address."),
    ],
)
def test_what_is_not_there_is_404_and_says_so(
    platform: FlaskClient, content: Any, path: str, sentence: str
) -> None:
    assert platform.get(f"/embed/{path}").status_code == 404
    said = content(platform, f"/embed/{path}")
    assert sentence in unescape(said)
    assert "Source" not in said


def test_what_a_module_has_no_figures_of_it_says(embed: Embed) -> None:
    said = words(embed("services/report-a-death/digital-take-up"))
    assert "Digital take-up Not reported." in said
    assert "There are no figures for this yet." in words(embed("organisations/treasury/over-time"))


def test_an_embed_fetches_no_style_or_script_of_pages_that_have_none(platform: FlaskClient) -> None:
    page, embedded = (
        set(re.findall(r"/assets/([a-z_]+\.(?:css|js))", platform.get(address).text))
        for address in (f"/services/{SERVICE}", f"/embed/services/{SERVICE}/digital-take-up")
    )
    elsewhere = {"publish.css", "sign_in.css", "publishing.js", "reference.js"}
    assert elsewhere <= page
    assert embedded == page - elsewhere

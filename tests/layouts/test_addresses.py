"""What of an address says when: with it a link shows that time, without it always the latest."""

import pytest

from layouts.addresses import always_latest


@pytest.mark.parametrize(
    ("pinned", "latest"),
    [
        ("/?period=year:2016-10-01#services-by-size", "/#services-by-size"),
        ("/organisations/transport?period=quarter:2017-07-01", "/organisations/transport"),
        (
            "/services/tax?period=week&from=2014-10-06&to=2017-09-25&channel=digital#channels",
            "/services/tax?period=week&channel=digital#channels",
        ),
        (
            "/services/tax?period=month&from=2014-10-01&to=2017-09-01&answers=2017-05-01",
            "/services/tax?period=month",
        ),
        (
            "/services/tax?stage=pay&journey=2017-07-03..2017-09-25&against=2017-04-03#journey",
            "/services/tax?stage=pay#journey",
        ),
        (
            "/services/tax?from=2017-07-01&tab=devices,browsers",
            "/services/tax?tab=devices,browsers",
        ),
        (
            "/compare?service=tax&service=test&period=quarter&from=2016-10-01&to=2017-07-01",
            "/compare?service=tax&service=test&period=quarter",
        ),
        ("/embed/overview/most-used?period=year:2016-10-01", "/embed/overview/most-used"),
    ],
)
def test_a_page_keeps_its_filters_and_loses_its_dates(pinned: str, latest: str) -> None:
    assert always_latest(pinned) == latest


@pytest.mark.parametrize(
    ("pinned", "latest"),
    [
        (
            "services/tax/kpis?period=month&kpi=digital-take-up&channel=assisted+digital"
            "&start_at=2014-10-01&end_at=2017-10-01&format=csv",
            "services/tax/kpis?period=month&kpi=digital-take-up&channel=assisted+digital&format=csv",
        ),
        (
            "services/tax/kpis/parts?kpi=devices&period=month&start_at=2017-09-01"
            "&end_at=2017-10-01&format=csv",
            "services/tax/kpis/parts?kpi=devices&period=month&format=csv",
        ),
        (
            "services/tax/measurements?measure=ratings&period=week&end_at=2017-10-02&format=csv",
            "services/tax/measurements?measure=ratings&period=week&format=csv",
        ),
        (
            "services/tax/journey/stage?stage=pay&period=week&start_at=2017-07-03&format=csv",
            "services/tax/journey/stage?stage=pay&period=week&format=csv",
        ),
        (
            "organisations/transport/kpis?period=year&kpi=transactions&end_at=2017-10-01&format=csv",
            "organisations/transport/kpis?period=year&kpi=transactions&format=csv",
        ),
        (
            "kpis?department=transport&by=agency&period=year&start_at=2016-10-01"
            "&end_at=2017-10-01&kpi=transactions&kpi=digital-take-up&format=csv",
            "kpis?department=transport&by=agency&period=year&kpi=transactions"
            "&kpi=digital-take-up&format=csv",
        ),
        (
            "compare?service=tax&service=test&period=quarter&end_at=2017-10-01&format=csv",
            "compare?service=tax&service=test&period=quarter&format=csv",
        ),
    ],
)
def test_a_csv_and_the_api_keep_the_question_and_lose_its_dates(pinned: str, latest: str) -> None:
    assert always_latest(f"/api/{pinned}") == f"/api/{latest}"


@pytest.mark.parametrize(
    "href",
    [
        "",
        "/",
        "/services?department=transport&range=digital-take-up:0.5:&sort_by=cost:descending&page=2",
        "/services/tax/annotations/new-start?count=13#before-and-after",
        "/api/live?service=tax&format=csv",
        "/api/services?q=theory+test&format=csv",
        "/data/tax/journey?format=csv",
    ],
)
def test_what_has_no_dates_is_the_latest_already(href: str) -> None:
    assert always_latest(href) == href

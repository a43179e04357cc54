"""The catalogue and its data sets as served: pages, linked data, links that work, who sees what."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from callbacks.platform import EXTENSION
from data.data_set_catalogue import DataSetListingQuery, listing
from data.data_sets import put
from data.deliveries import Sender
from data.entries import DataSetEntry
from data.people import ADMIN, PUBLISHER, Viewer
from data.reader import Reader
from kpi.data_set_queries import questions
from layouts.data_set_links import answer, formats
from tests.callbacks.conftest import Content, client_of
from tests.fixtures.hidden_world import TOLLS, VISA, hide_services, report_privately, visitors
from tests.fixtures.small_world import report, small_world
from tests.fixtures.viewing import Seen, seen_by

Open = Callable[[str], str]
HTML = {"Accept": "text/html"}
SENDER = Sender("a test")
OWNER = Viewer(1, "Ann", "ann@example.com", PUBLISHER, services=frozenset({"pay-a-toll"}))
ADMINISTRATOR = Viewer(2, "Bea", "bea@example.com", ADMIN)
SUMMARIES, TAX = "/data/transactional-services/summaries", "/data/tax/realtime"
TOLLS_PAGE = f"/data/{TOLLS.group}/{TOLLS.type}"
DRAFT = DataSetEntry("tax", "browsers", 'Browsers, <tested> & "quoted" </script>', published=False)
# Two platforms that are made one after the other may be of two minutes.
MINUTE = re.compile(r"\d\d:\d\d \(UTC\)")
SECRETS = re.compile(r"visa|permit|tolls-by-post", re.IGNORECASE)


def filled(folder: Path, *, hidden: bool) -> FlaskClient:
    """A client of a platform with three data sets, and, it may be, what nobody may learn of."""
    folder.mkdir()
    engine = small_world(folder)
    counts = visitors(("11:55", 4), ("12:00", 6))
    report(engine, "realtime", counts, group="tax", service="tax-a-vehicle")
    put(engine, DRAFT, SENDER)
    if hidden:
        hide_services(engine)
        report_privately(engine)
        put(engine, DataSetEntry("tax", "errors", queryable=False), SENDER)
    engine.dispose()
    return client_of(folder)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """`seen(viewer)`: the platform with what is hidden, as a viewer uses it; None: as everyone."""
    return seen_by(filled(tmp_path_factory.mktemp("data-sets") / "all", hidden=True))


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A platform where what is hidden was never sent."""
    return filled(tmp_path_factory.mktemp("without-data-sets") / "some", hidden=False)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ages are the same however long a test takes."""
    monkeypatch.setattr(Reader, "clock", lambda _self: datetime(2030, 1, 1, 12, tzinfo=UTC))
    yield


def linked(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    """The JSON-LD in a page's HTML."""
    page = client.get(path, headers=HTML).text
    return [
        json.loads(text)
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    ]


def page_title(client: FlaskClient, path: str) -> str:
    found = re.search(r"<title>(.*?)</title>", client.get(path, headers=HTML).text)
    assert found
    return unescape(found[1])


def test_the_catalogue_lists_what_anyone_may_read(seen: Seen, content: Content) -> None:
    words = content(seen(None), "/data")
    assert "All 2 data sets." in words
    assert "Tax a vehicle: " in words
    assert "Unpublished: may change" not in words
    every = content(seen(None), "/data", "?unpublished=yes")
    assert "All 3 data sets." in every
    assert "Unpublished: may change" in every


def test_an_address_searches_and_says_what_it_does_not_understand(
    seen: Seen, content: Content
) -> None:
    assert "1 of 2 data sets: ‘vehicle’." in content(seen(None), "/data", "?q=vehicle")
    words = content(seen(None), "/data", "?organisation=nobody&page=x")
    assert "No data set has the organisation ‘nobody’." in words
    assert "‘x’ is not a page, so the first one is shown." in words


def test_a_data_set_has_a_page_where_programs_have_their_answer(seen: Seen) -> None:
    client = seen(None)
    page = client.get(SUMMARIES, headers=HTML)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert client.get(SUMMARIES).mimetype == "application/json"
    assert page_title(client, TAX).endswith(" - Performance Platform")


def test_a_page_shows_what_the_record_api_answers(seen: Seen, content: Content) -> None:
    words = content(seen(None), TAX)
    # (4 + 6) / 2 people, in October 2017.
    assert "Oct 2017 2 5" in words
    assert "Records on 1 of 1 day" in words


def test_every_link_to_the_record_api_works_in_a_browser(seen: Seen) -> None:
    client = seen(None)
    assert isinstance(client.application, Flask)
    reader = client.application.extensions[EXTENSION].reader
    shown = listing(reader, DataSetListingQuery()).shown
    hrefs = [answer(one, asked.parameters) for one in shown for asked in questions(one)]
    hrefs += [href for one in shown for _, href in formats(one, 1000).values()]
    assert len(hrefs) >= 10
    for href in hrefs:
        given = client.get(href, headers=HTML)
        assert given.status_code == 200, href
        assert given.mimetype == ("text/csv" if "format=csv" in href else "application/json")


@pytest.mark.parametrize("path", ["/data", "/data?q=visa", "/data?unpublished=yes", SUMMARIES])
def test_pages_are_as_if_what_is_hidden_were_not_there(
    seen: Seen, without: FlaskClient, content: Content, path: str
) -> None:
    address, _, search = path.partition("?")
    search = f"?{search}" if search else ""
    words = content(seen(None), address, search)
    assert MINUTE.sub("", words) == MINUTE.sub("", content(without, address, search))
    assert not SECRETS.search(words.replace("‘visa’", "").replace("?q=visa", ""))


@pytest.mark.parametrize("path", ["/data", "/data?q=visa", SUMMARIES, "/data.jsonld"])
def test_nothing_hidden_is_told_to_machines(seen: Seen, path: str) -> None:
    text = re.sub(r"https?://[^\s\"]*", "", seen(None).get(path, headers=HTML).text)
    assert not SECRETS.search(text.replace("‘visa’", ""))


@pytest.mark.parametrize("path", [TOLLS_PAGE, "/data/tax/errors", "/data/visas/realtime"])
def test_a_hidden_or_closed_data_set_is_missing_as_one_that_never_was(
    seen: Seen, without: FlaskClient, content: Content, path: str
) -> None:
    expected_words = MINUTE.sub("", content(without, path))
    assert MINUTE.sub("", content(seen(None), path)) == expected_words
    assert f"There is no data set {path.removeprefix('/data/')}." in content(seen(None), path)
    page, expected = seen(None).get(path, headers=HTML), without.get(path, headers=HTML)
    assert (page.status_code, expected.status_code) == (404, 404)
    assert page_title(seen(None), path) == "Page not found"
    assert linked(seen(None), path) == []
    assert page.text.partition("</head>")[0] == expected.text.partition("</head>")[0]


def test_who_may_publish_it_sees_it_and_nobody_after_them_does(
    seen: Seen, content: Content
) -> None:
    words = content(seen(OWNER), TOLLS_PAGE)
    assert "Only those who may publish it can see this page." in words
    assert "Publish" in words
    assert seen(OWNER).get(TOLLS_PAGE, headers=HTML).status_code == 200
    assert linked(seen(OWNER), TOLLS_PAGE) == []
    assert "There is no data set" in content(seen(None), TOLLS_PAGE)


def test_what_cannot_be_queried_is_missing_for_everyone(seen: Seen) -> None:
    assert seen(ADMINISTRATOR).get("/data/tax/errors", headers=HTML).status_code == 404


def test_records_about_a_service_that_is_not_published_are_nobodys(
    seen: Seen, without: FlaskClient
) -> None:
    asked = f"{SUMMARIES}?group_by=service"
    assert seen(None).get(asked).json == without.get(asked).json
    # Those who may publish the data set may read all of it.
    assert VISA.slug in seen(ADMINISTRATOR).get(asked).text


def test_the_catalogue_is_linked_data_in_the_page_itself(seen: Seen) -> None:
    (found,) = linked(seen(None), "/data")
    assert found["@type"] == "dcat:Catalog"
    assert found["@id"] == "http://localhost/data"
    assert [one["dct:identifier"] for one in found["dcat:dataset"]] == [
        "tax/realtime",
        "transactional-services/summaries",
    ]
    (searched,) = linked(seen(None), "/data?q=vehicle")
    assert len(searched["dcat:dataset"]) == 1


def test_a_data_set_is_told_to_harvesters_and_to_search_engines(seen: Seen) -> None:
    dcat, schema = linked(seen(None), TAX)
    assert (dcat["@type"], schema["@type"]) == ("dcat:Dataset", "Dataset")
    assert dcat["dcat:landingPage"] == {"@id": f"http://localhost{TAX}"}
    # Nobody has said under which licence.
    assert "dct:license" not in dcat


def test_what_is_linked_to_can_be_downloaded(seen: Seen) -> None:
    (found,) = linked(seen(None), "/data")
    for one in found["dcat:dataset"]:
        for distribution in one["dcat:distribution"]:
            media_type = distribution["dcat:mediaType"]["@id"]
            given = seen(None).get(distribution["dcat:downloadURL"]["@id"])
            assert given.status_code == 200
            assert media_type.endswith(given.mimetype)


def test_what_is_unpublished_is_marked_and_not_announced(seen: Seen, content: Content) -> None:
    words = content(seen(None), "/data/tax/browsers")
    assert "This data set is unpublished. Its figures may change or be inaccurate." in words
    assert linked(seen(None), "/data/tax/browsers") == []
    (found,) = linked(seen(None), "/data?unpublished=yes")
    assert "tax/browsers" not in repr(found)


def test_no_title_can_end_the_script(seen: Seen) -> None:
    folder_client = seen(None)
    title = "Ends </script><script>alert(1)</script> & <!-- more"
    assert isinstance(folder_client.application, Flask)
    engine = folder_client.application.extensions[EXTENSION].engine
    put(engine, DataSetEntry("tax", "site-visits", title), SENDER)
    dcat, schema = linked(folder_client, "/data/tax/site-visits")
    assert dcat["dct:title"] == schema["name"] == title
    assert "alert(1)</script>" not in folder_client.get("/data/tax/site-visits", headers=HTML).text


def test_harvesters_have_an_address_of_their_own(without: FlaskClient) -> None:
    given = without.get("/data.jsonld")
    assert given.mimetype == "application/ld+json"
    assert given.headers["Access-Control-Allow-Origin"] == "*"
    assert len(json.loads(given.text)["dcat:dataset"]) == 2
    again = without.get("/data.jsonld", headers={"If-None-Match": given.headers["ETag"]})
    assert again.status_code == 304


def test_addresses_are_those_that_the_request_came_to(without: FlaskClient) -> None:
    given = without.get("/data.jsonld", base_url="https://figures.example")
    assert json.loads(given.text)["@id"] == "https://figures.example/data"


def test_an_empty_platform_has_an_empty_catalogue(
    empty_client: FlaskClient, content: Content
) -> None:
    assert "No data set has been published yet." in content(empty_client, "/data")
    (found,) = linked(empty_client, "/data")
    assert found["dcat:dataset"] == []

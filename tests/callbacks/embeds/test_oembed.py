"""oEmbed: what programs are told of a page that can be embedded, and where pages say so."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.fixtures.dashboards import SERVICE

HOST = "http://localhost"
PAGE = f"{HOST}/services/{SERVICE}"


def test_a_page_is_told_how_it_is_embedded_with_its_filters(platform: FlaskClient) -> None:
    found = platform.get("/oembed", query_string={"url": f"{PAGE}?channel=digital#journey"})
    assert (found.status_code, found.mimetype) == (200, "application/json")
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert found.json == {
        "version": "1.0",
        "type": "rich",
        "title": "The journey: Book a test",
        "provider_name": "Performance Platform",
        "provider_url": HOST,
        "cache_age": 86400,
        "width": 800,
        "height": 600,
        "html": f'<iframe src="{HOST}/embed/services/{SERVICE}/journey?channel=digital" '
        'title="The journey: Book a test, Performance Platform" width="100%" height="600" '
        'style="border:0" loading="lazy"></iframe>\n'
        f'<script src="{HOST}/embed.js" async></script>',
    }


def test_an_embed_is_told_as_its_page_is(platform: FlaskClient) -> None:
    asked = [f"{HOST}/embed/services/{SERVICE}/journey", f"{PAGE}#journey"]
    one, other = (platform.get("/oembed", query_string={"url": url}).json for url in asked)
    assert one == other


def test_an_embed_is_no_larger_than_it_may_be(platform: FlaskClient) -> None:
    most = {"maxwidth": "480", "maxheight": "300"}
    found = platform.get("/oembed", query_string={"url": f"{HOST}/", **most}).json or {}
    assert (found["width"], found["height"]) == (480, 300)
    assert 'height="300" style="border:0;max-width:480px;max-height:300px"' in found["html"]


def test_xml_says_the_same_as_json(platform: FlaskClient) -> None:
    asked = {"url": f"{HOST}/organisations/vehicles"}
    told = platform.get("/oembed", query_string=asked).json or {}
    found = platform.get("/oembed", query_string={**asked, "format": "xml"})
    assert found.mimetype == "text/xml"
    items = ElementTree.fromstring(found.text)
    assert {one.tag: one.text for one in items} == {name: str(said) for name, said in told.items()}


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ({}, 400, "Say in ‘url’ which page of this platform is to be embedded."),
        ({"url": PAGE, "maxwidth": "wide"}, 400, "‘maxwidth’ must be a whole number of pixels"),
        ({"url": PAGE, "maxheight": "0"}, 400, "‘maxheight’ must be a whole number of pixels"),
        ({"url": "http://[nowhere/"}, 400, "is no address"),
        ({"url": PAGE, "format": "yaml"}, 501, "json and xml are"),
        ({"url": f"https://other.example/services/{SERVICE}"}, 404, "no address of this platform"),
        ({"url": "javascript:alert(1)"}, 404, "no address of this platform"),
        ({"url": f"{HOST}/services/nobody"}, 404, "There is no service 'nobody'."),
        ({"url": f"{PAGE}#nothing"}, 404, "There is no module ‘nothing’"),
        ({"url": f"{PAGE}/journey"}, 404, "There is no dashboard to embed"),
        ({"url": f"{HOST}/overview"}, 404, "There is no dashboard to embed"),
        ({"url": f"{HOST}/data"}, 404, "There is no dashboard to embed"),
    ],
)
def test_what_cannot_be_embedded_is_said(
    platform: FlaskClient, query: dict[str, str], status: int, sentence: str
) -> None:
    found = platform.get("/oembed", query_string=query)
    assert found.status_code == status
    assert sentence in (found.json or {})["message"]


def test_a_page_that_can_be_embedded_says_where_that_is_told(platform: FlaskClient) -> None:
    html = platform.get(f"/services/{SERVICE}?channel=digital&from=2017-01-01").text
    links = re.findall(r'<link rel="alternate" type="(\w+/\w+)\+oembed" href="([^"]+)"', html)
    assert [kind for kind, _ in links] == ["application/json", "text/xml"]
    found = platform.get(unescape(links[0][1])).json or {}
    assert "/book-a-test?channel=digital&amp;from=2017-01-01" in found["html"]


@pytest.mark.parametrize("path", ["/about", "/services", "/services/nobody", "/nowhere"])
def test_a_page_that_cannot_be_embedded_says_nothing_of_it(
    platform: FlaskClient, path: str
) -> None:
    assert "+oembed" not in platform.get(path).text


def test_the_script_for_other_pages_is_small_and_kept_for_an_hour(platform: FlaskClient) -> None:
    found = platform.get("/embed.js")
    assert (found.status_code, found.mimetype) == (200, "text/javascript")
    assert found.headers["Cache-Control"] == "public, max-age=3600"
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert len(found.data) < 2000
    # It is for other pages alone.
    assert "embed/embed.js" not in platform.get("/").text

"""Pages without scripts: what the server writes, and tells search engines and link previews."""

from __future__ import annotations

import csv
import io
import re

import dash
import pytest
from flask.testing import FlaskClient

from tests.callbacks.unscripted_page import body, unscripted

TAX = "/services/tax-a-vehicle"
PUBLIC = (
    "/",
    "/services",
    TAX,
    f"{TAX}/annotations",
    "/organisations/transport",
    "/compare?service=tax-a-vehicle&service=book-a-test",
    "/data",
    "/data/transactional-services/summaries",
    "/about",
    "/api",
    "/sending-data",
)


@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_page_is_there_without_scripts(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    page = body(unscripted(client, path))
    (heading,) = page.every("h1")
    assert heading.words
    assert len(page.every("main")) == len(page.every("header")) == 1
    written = answer.text.partition("<body>")[2].partition("</noscript>")[0]
    assert [word for word in ("_dash", "{'", '="None"', "[object") if word in written] == []
    useless = ("button", "select", "input", "dialog", "iframe", "script")
    assert [one for one in useless if page.every(one)] == []
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_pages_above_are_all_that_are_public() -> None:
    """Embeds are held to the same by their own tests."""
    public = [one for one in dash.page_registry.values() if not one.get("personal")]
    paths = [one["path_template"] or one["path"] for one in public]
    patterns = [re.sub("<.*?>", "[^/]+", path) for path in paths if path != "/page-not-found"]
    paths = [path.partition("?")[0] for path in PUBLIC]
    unseen = [one for one in patterns if not any(re.fullmatch(one, path) for path in paths)]
    assert [one for one in unseen if "/embed/" not in one] == ["/services/[^/]+/annotations/[^/]+"]


def test_the_overview_says_its_figures_without_scripts(client: FlaskClient) -> None:
    page = body(unscripted(client, "/"))
    assert page.every("h1")[0].words == "How services perform"
    assert page.every("p", "lede")[0].words == (
        "October 2016 to September 2017. 3 of 4 services have reported."
    )
    # 1,000 + 200 + 300; £900 for 1,200 of them; 990 of 1,200 digital.
    assert [one.words for one in page.every("p", "value")] == ["1,500", "£900", "£0.75", "82.5%"]


def test_a_table_without_scripts_has_the_figures_of_its_csv(client: FlaskClient) -> None:
    page = body(unscripted(client, "/"))
    caption = "Transactions and digital take-up by department"
    assert page.table(caption) == [
        ["Department", "Transactions", "Digital take-up"],
        ["Department for Transport", "1,500", "82.50%"],
    ]
    (open_one,) = [one for one in page.every("details", "behind") if caption in one.words]
    assert "open" in open_one.attributes
    (link,) = [one for one in page.every("a") if one.words == "Download CSV: services by size"]
    answer = client.get(str(link.attributes["href"]))
    assert answer.status_code == 200
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    told = {(one["group"], one["kpi"]): one["value"] for one in rows if one["value"]}
    assert told == {
        ("transport", "transactions"): "1500",
        ("transport", "digital-take-up"): "0.825",
    }


def test_a_service_says_its_figures_without_scripts(client: FlaskClient) -> None:
    page = body(unscripted(client, f"{TAX}?period=year"))
    assert page.every("h1")[0].words == "Tax a vehicle"
    cards = {one.every("h2")[0].words: one for one in page.every("article", "kpi")}
    # 800 of 1,000.
    assert cards["Digital take-up"].every("p", "value")[0].words == "80.0%"
    (chosen,) = page.every("p", "chosen-filters")
    assert chosen.words == "Filters: Year, years that end from September 2016 to December 2017"
    # 210 of 250 in the one quarter that is reported; 800 of 1,000; 600 of 900.
    assert page.table("Digital take-up by year") == [
        ["Period", "Digital take-up"],
        ["2017", "84.00% (partial: 1 of 4 quarters)"],
        ["October 2016 to September 2017", "80.00%"],
        ["October 2015 to September 2016", "66.67%"],
    ]


@pytest.mark.parametrize(
    ("path", "finding"),
    [
        (
            "/",
            "October 2016 to September 2017. 3 of 4 services have reported. "
            "1,500 transactions, £900 total cost, £0.75 cost per transaction, "
            "82.5% done digitally.",
        ),
        (f"{TAX}?period=year", "Cost per transaction £0.50, digital take-up 80.0%."),
    ],
)
def test_a_link_preview_says_what_a_page_finds(
    client: FlaskClient, path: str, finding: str
) -> None:
    page = unscripted(client, path)
    assert page.meta("og:description") == finding
    assert page.meta("og:site_name") == "Performance Platform"
    assert page.meta("og:type") == "website"
    assert page.meta("og:title") == page.every("title")[0].words
    assert page.meta("twitter:card") == "summary"


def test_a_link_preview_leads_to_what_was_chosen_and_search_engines_to_the_page(
    client: FlaskClient,
) -> None:
    page = unscripted(client, f"{TAX}?period=year&utm_source=letter")
    assert page.meta("og:url") == f"http://localhost{TAX}?period=year"
    (link,) = [one for one in page.every("link") if one.attributes.get("rel") == "canonical"]
    assert link.attributes["href"] == f"http://localhost{TAX}"
    assert page.meta("robots") is None


def test_what_is_not_there_is_not_for_search_engines(client: FlaskClient) -> None:
    page = unscripted(client, "/services/nothing")
    assert body(page).every("h1")[0].words == "Page not found"
    assert page.meta("robots") == "noindex"
    assert not [one for one in page.every("link") if one.attributes.get("rel") == "canonical"]


def test_a_page_says_nothing_of_an_address_as_html(client: FlaskClient) -> None:
    html = client.get("/?period=%3C/noscript%3E%3Cb%3E{%25config%25}").text
    assert "<b>" not in html.partition("<body>")[2].partition("Right now")[0]
    assert html.count('id="_dash-config"') == 1
    assert "{%config%}" not in html

"""Share is a link to exactly what is shown, which carries what the dialog gives away."""

from __future__ import annotations

from typing import Any

import pytest
from dash import html

from layouts.embed_snippet import embed_snippet
from layouts.modules import action, actions
from layouts.sharing import EMBED, ROOT, TITLE, share_button, share_link, sharing_dialog
from tests.layouts.reading import classed, prop, typed, walk, words

PAGE = "/services/tax?period=month&from=2014-10-01&to=2017-09-01"
CSV = "/api/services/tax/kpis?period=month&start_at=2014-10-01&end_at=2017-10-01&format=csv"


def carried(link: html.A) -> dict[str, Any]:
    """What the script reads, by name."""
    return {name: prop(link, name) for name in link.to_plotly_json()["props"] if "data-" in name}


def test_a_module_is_shared_as_it_is_shown_and_as_it_always_is() -> None:
    link = share_link(f"{PAGE}#digital-take-up", "Digital take-up", CSV)
    assert words(link) == "Share : Digital take-up"
    assert prop(link, "href") == f"{PAGE}#digital-take-up"
    assert carried(link) == {
        "data-latest": "/services/tax?period=month",
        "data-embed": "/embed/services/tax/digital-take-up",
        "data-csv": CSV,
        "data-csv-latest": "/api/services/tax/kpis?period=month&format=csv",
    }


def test_what_is_always_the_latest_offers_nothing_else() -> None:
    link = share_link("/#right-now", "Right now", "/api/live?format=csv")
    assert carried(link) == {
        "data-embed": "/embed/overview/right-now",
        "data-csv": "/api/live?format=csv",
    }


@pytest.mark.parametrize(
    ("href", "embed"),
    [
        ("/?period=year:2016-10-01", "/embed/overview"),
        ("/organisations/transport#over-time", "/embed/organisations/transport/over-time"),
        ("/compare?service=tax&service=test#side-by-side", "/embed/compare/side-by-side"),
        ("/services?department=transport", None),
        ("/services/tax/annotations/new-start?count=13", None),
        ("/data/tax/journey", None),
    ],
)
def test_dashboards_and_their_modules_can_be_embedded(href: str, embed: str | None) -> None:
    assert prop(share_link(href, "It"), "data-embed") == embed


def test_in_a_frame_the_page_takes_the_place_of_what_frames_it() -> None:
    assert prop(share_button("/", "Overview"), "target") == "_top"


def test_without_a_csv_of_its_own_the_first_one_beside_it_is_shared() -> None:
    more = [html.A("Compare", href="/compare"), action("Speed as CSV", CSV, "Speed")]
    row = actions("Availability", share_href=f"{PAGE}#availability", more=more)
    assert prop(classed(row, "share")[0], "data-csv") == CSV


def test_the_dialog_is_named_and_each_of_its_fields_has_a_label_and_a_button() -> None:
    dialog = sharing_dialog()
    assert prop(dialog, "aria-labelledby") == prop(typed(dialog, "H2")[0], "id")
    fields = [prop(one, "id") for one in typed(dialog, "Textarea")]
    assert fields == ["sharing-link", "sharing-embed", "sharing-csv", "sharing-api"]
    assert [prop(one, "htmlFor") for one in typed(dialog, "Label")] == fields
    copies = [prop(one, "data-copies") for one in typed(dialog, "Button")]
    assert [one for one in copies if one] == fields


def test_no_embed_is_asked_for_before_somebody_looks() -> None:
    dialog = sharing_dialog()
    assert typed(dialog, "Iframe") == []
    place = next(one for one in walk(dialog) if prop(one, "id") == "sharing-preview")
    assert prop(place, "hidden") is True


def test_the_snippet_becomes_that_of_the_embed_when_its_parts_are_put_in() -> None:
    snippet = str(prop(sharing_dialog(), "data-snippet"))
    parts = ("https://example.org", "/embed/services/tax", "Vehicle tax")
    for place, part in zip((ROOT, EMBED, TITLE), parts, strict=True):
        snippet = snippet.replace(place, part)
    assert snippet == embed_snippet(*parts)

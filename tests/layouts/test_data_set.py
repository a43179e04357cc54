"""A data set's page."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from kpi.data_set_queries import Preview, previews
from kpi.data_sets import DataSet
from layouts.data_set import Reading, build_data_set, description
from tests.fixtures.data_sets import CLAIMS, NOW, claims
from tests.layouts.reading import classed, prop, typed, words

READING = Reading(NOW, "Council figures", "https://figures.example", 1000)
SUMS = Preview(
    previews(CLAIMS)[0],
    ("_start_at", "channel", "_count", "count:sum"),
    (
        ("2014-09-01T00:00:00+00:00", "digital", 5, 8000),
        ("2014-09-01T00:00:00+00:00", "paper", 5, None),
    ),
)
OPEN = claims(raw=True)
RECORDS = Preview(
    previews(OPEN)[0],
    ("_timestamp", "channel", "count", "checked"),
    (
        ("2014-09-29T00:00:00+00:00", "digital", 1472.0, True),
        ("2014-09-29T13:49:03+00:00", "paper", None, False),
    ),
)


def page(
    one: DataSet = CLAIMS,
    preview: Preview | None = SUMS,
    reading: Reading = READING,
    **more: Any,
) -> list[Component]:
    return build_data_set(one, preview, reading, **more)


def part(found: list[Component], name: str) -> Component:
    (section,) = (one for one in typed(found, "Section") if prop(one, "id") == name)
    return section


def rows(component: Any) -> list[list[str]]:
    return [[words(cell) for cell in row.children] for row in typed(component, "Tr")]


def test_it_says_what_it_is_whose_and_how_it_stands() -> None:
    found = page()
    assert words(typed(found, "H1")) == "Carer’s Allowance: claims"
    assert words(classed(found, "standing")).endswith(
        "Complete 50 of 51 weeks Records 100, updated 1 day ago"
    )
    assert [prop(one, "href") for one in typed(found, "Link")][:3] == [
        "/data",
        "/services/carers-allowance",
        "/organisations/dwp",
    ]


def test_closed_records_are_shown_added_up() -> None:
    shown = part(page(), "preview")
    assert rows(shown) == [
        ["Month", "channel", "Records", "count added up"],
        ["Sep 2014", "digital", "5", "8,000"],
        ["Sep 2014", "paper", "5", ""],
    ]
    assert "By month and channel: count added up. Its single records are not open" in words(shown)
    csv, json = (prop(one, "href") for one in typed(shown, "A"))
    assert csv == (
        "/data/carers-allowance/transactions-by-channel?period=month"
        "&start_at=2014-07-01T00:00:00Z&end_at=2014-10-01T00:00:00Z"
        "&group_by=channel&collect=count:sum&format=csv"
    )
    assert json == csv.replace("format=csv", "format=json")


def test_open_records_are_shown_as_they_are() -> None:
    shown = part(page(OPEN, RECORDS), "preview")
    assert rows(shown) == [
        ["_timestamp", "channel", "count", "checked"],
        ["29 September 2014", "digital", "1,472", "true"],
        ["29 September 2014, 13:49", "paper", "", "false"],
    ]
    assert "not open" not in words(shown)


def test_without_records_the_preview_says_so() -> None:
    assert "There are no records to show yet." in words(part(page(preview=None), "preview"))


def test_fields_are_told_with_their_meaning_and_an_example() -> None:
    assert rows(part(page(), "fields"))[1:] == [
        ["period", "text", "The length", "week"],
        ["channel", "text", "How it was done", "digital"],
        ["count", "number", "Claims", "1472"],
    ]


def test_each_question_is_a_link_to_the_address_that_is_shown() -> None:
    asked = part(page(), "questions")
    shown = [words(code) for code in typed(asked, "Code")]
    assert len(shown) == 5
    assert [prop(one, "href") for one in typed(asked, "A")][:5] == shown
    assert all(address.endswith("&format=json") for address in shown)


def test_it_can_be_cited() -> None:
    assert words(classed(page(), "citation")) == (
        "Department for Work and Pensions (2014). Carer’s Allowance: claims. Council figures. "
        "https://figures.example/data/carers-allowance/transactions-by-channel. "
        "Read on 10 October 2014."
    )


def test_what_is_unpublished_or_hidden_says_so() -> None:
    plain = words(page())
    assert "may change" not in plain
    assert "can see this page" not in plain
    assert "This data set is unpublished. Its figures may change or be inaccurate." in words(
        page(claims(published=False))
    )
    assert "Only those who may publish it can see this page." in words(page(hidden=True))


def test_only_those_who_may_are_led_to_publish() -> None:
    reading = Reading(NOW, "Council figures", "https://figures.example", 1000, "/publish")
    buttons = typed(classed(page(reading=reading), "buttons"), "Link")
    assert [(words(one), prop(one, "href")) for one in buttons] == [("Publish", "/publish")]
    assert typed(classed(page(), "buttons"), "Link") == []


def test_its_corrections_stand_where_they_are_given() -> None:
    found = page(corrections=html.P("Corrected once."))
    assert "Corrected once. All data of Carer’s Allowance" in words(found)


def test_its_description_is_what_the_catalogue_says() -> None:
    assert description(CLAIMS).startswith("Transactions by channel: Carer’s Allowance")

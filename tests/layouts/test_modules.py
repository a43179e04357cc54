"""A module is a finding, a sentence, a picture, and ways to take the figures away."""

from dash import html

from layouts.modules import actions, empty_state, module
from tests.layouts.reading import prop, typed, words

PICTURE = html.Div("picture")
TABLE = html.Table("table")


def test_a_module_reads_finding_sentence_picture_table_csv_share() -> None:
    section = module(
        "take-up",
        "More people go digital",
        PICTURE,
        summary="80% in May.",
        table=TABLE,
        csv_href="/api/kpis?format=csv",
        share_href="/services/tax#take-up",
        title="Take-up",
    )
    assert words(section) == (
        "More people go digital 80% in May. picture Show as a table : Take-up table "
        "Download CSV : Take-up Share : Take-up"
    )


def test_a_module_is_named_by_its_heading() -> None:
    section = module("take-up", "Take-up", PICTURE)
    heading = typed(section, "H2")[0]
    assert prop(section, "aria-labelledby") == prop(heading, "id") == "take-up-heading"


def test_links_lead_where_they_are_told() -> None:
    row = actions("Take-up", csv_href="/a.csv", share_href="/b")
    assert [prop(link, "href") for link in typed(row, "A")] == ["/a.csv", "/b"]


def test_nothing_to_take_away_leaves_no_empty_row() -> None:
    assert actions("Take-up") is None


def test_an_empty_state_says_what_to_do_next() -> None:
    state = empty_state("No services match.", html.A("Clear the filters", href="/services"))
    assert words(state) == "No services match. Clear the filters"

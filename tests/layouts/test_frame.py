"""What surrounds every page."""

from datetime import datetime

from dash import html

from layouts.frame import (
    LICENCE_HREF,
    PersonSignedIn,
    Way,
    breadcrumbs,
    demonstration_notice,
    footer,
    header,
    page_frame,
    title_row,
    updated_in_words,
)
from tests.layouts.reading import prop, typed, words

WAYS = [Way("Overview", "/"), Way("Services", "/services")]
NOW = datetime(2017, 10, 14, 12, 0)


def test_the_section_one_is_in_is_marked() -> None:
    current = [
        words(link) for link in typed(header(WAYS, "/services"), "A") if prop(link, "aria-current")
    ]
    assert current == ["Services"]


def test_a_page_reads_skip_link_header_notice_content_footer() -> None:
    page = page_frame(
        html.H1("Services"),
        header(WAYS),
        footer("Figures updated just now.", [Way("About", "/about")]),
        demonstration_notice("/load"),
    )
    assert words(page).startswith("Skip to main content Performance Platform Overview Services")
    assert words(page).index("Demonstration data.") < words(page).index("About")


def test_the_skip_link_leads_to_the_main_content() -> None:
    page = page_frame([], header(WAYS), footer("", []))
    assert prop(typed(page, "A")[0], "href") == f"#{prop(typed(page, 'Main')[0], 'id')}"


def test_breadcrumbs_end_where_one_is() -> None:
    crumbs = breadcrumbs([Way("Overview", "/"), Way("Carer’s Allowance")])
    assert [prop(link, "href") for link in typed(crumbs, "Link")] == ["/"]
    assert prop(typed(crumbs, "Li")[-1], "aria-current") == "page"


def test_the_heading_can_take_the_focus() -> None:
    row = title_row("How services perform", "October 2016.")
    assert prop(typed(row, "H1")[0], "tabIndex") == -1
    assert words(row) == "How services perform October 2016."


def test_the_footer_says_how_fresh_the_figures_are() -> None:
    updated = updated_in_words(datetime(2017, 10, 14, 11, 57), NOW)
    ways = [Way("About the data", "/about"), Way("Definitions", "/definitions")]
    bottom = footer(updated, ways, licence=LICENCE_HREF)
    assert words(bottom) == (
        "Figures updated 3 minutes ago. About the data · Definitions "
        "Data under the Open Government Licence v3.0 · Sign in"
    )
    assert updated_in_words(None, NOW) == "No figures loaded yet."


def test_the_footer_claims_no_licence_that_nobody_gave() -> None:
    assert "icence" not in words(footer("", WAYS))
    assert "Licence of the data" in words(footer("", WAYS, licence="https://example.com/terms"))


def test_whoever_is_signed_in_finds_their_name_and_the_way_out() -> None:
    own = typed(header(WAYS, person=PersonSignedIn("Ada Lovelace", "a-token")), "Nav")[1]
    assert words(own) == "Ada Lovelace Publish Sign out"
    form, button = typed(own, "Form")[0], typed(own, "Button")[0]
    assert (prop(form, "method"), prop(form, "action")) == ("post", "/sign-out")
    assert (prop(button, "name"), prop(button, "value")) == ("csrf_token", "a-token")


def test_only_those_who_are_not_signed_in_are_shown_where_to_sign_in() -> None:
    assert "Sign in" in words(footer("", WAYS))
    assert "Sign in" not in words(footer("", WAYS, signed_in=True))
    assert "Sign out" not in words(header(WAYS))

"""Ways through a long list."""

from layouts.pagination import pagination
from tests.layouts.reading import prop, typed, words


def pages(number: int, pages: int) -> list[str]:
    nav = pagination(number, pages, lambda page: f"?page={page}", "results")
    return [words(item) for item in typed(nav, "Li")]


def test_one_page_needs_no_way_through() -> None:
    assert pagination(1, 1, str, "results") is None


def test_the_first_the_last_and_the_nearest_pages_are_linked() -> None:
    assert pages(5, 30) == [
        "Previous", "Page 1", "…", "Page 4", "Page 5", "Page 6", "…", "Page 30", "Next",
    ]  # fmt: skip


def test_there_is_no_way_before_the_first_or_past_the_last() -> None:
    assert pages(1, 3) == ["Page 1", "Page 2", "Page 3", "Next"]
    assert pages(3, 3)[0] == "Previous"
    assert pages(3, 3)[-1] == "Page 3"


def test_the_page_we_are_on_is_no_link_and_says_so() -> None:
    nav = pagination(2, 3, lambda page: f"?page={page}", "results")
    current = [item for item in typed(nav, "Li") if prop(item, "aria-current") == "page"]
    assert [words(item) for item in current] == ["Page 2"]
    assert not typed(current, "Link")
    assert [prop(link, "href") for link in typed(nav, "Link")] == [
        "?page=1", "?page=1", "?page=3", "?page=3",
    ]  # fmt: skip

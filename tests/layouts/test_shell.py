"""What every page has around its content."""

from datetime import UTC, datetime

from dash import html

from layouts.shell import Frame, build_page
from tests.layouts.reading import words

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def page(*, updated_at: int = 0, demonstration: bool = False) -> str:
    frame = Frame("Council figures", "/", updated_at, demonstration, NOW)
    return words(build_page(html.H1("Here"), frame))


def test_the_name_at_the_top_is_the_one_that_is_set() -> None:
    assert "Council figures" in page()
    assert "Performance Platform" not in page()


def test_every_page_says_when_its_figures_are_demonstration_data() -> None:
    assert "Demonstration data." in page(demonstration=True)
    assert "Demonstration data." not in page()


def test_every_page_says_how_old_its_figures_are() -> None:
    assert "Figures updated 3 minutes ago." in page(updated_at=int(NOW.timestamp()) - 180)
    assert "No figures loaded yet." in page()

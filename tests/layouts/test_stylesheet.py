"""The stylesheet and the code agree, and ask nothing of another host."""

import re
from pathlib import Path

import pytest

from layouts import colours
from layouts.treemap import SHADES, UNKNOWN, Shade

ASSETS = Path(__file__).parents[2] / "assets"
SHEETS = {path.name: path.read_text() for path in ASSETS.glob("*.css")}
EVERYTHING = "\n".join(SHEETS.values())


@pytest.mark.parametrize("shade", [*SHADES, UNKNOWN])
def test_a_treemap_shade_has_the_colour_that_its_contrast_was_tested_with(shade: Shade) -> None:
    assert f".{shade.name} {{ background: {shade.colour.lower()}; }}" in EVERYTHING


def test_the_stylesheet_uses_the_same_brand_and_soft_colours() -> None:
    assert f"--brand: {colours.DARK_BLUE.lower()};" in SHEETS["theme.css"]
    assert f"--soft: {colours.SOFT};" in SHEETS["theme.css"]


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert not re.search(r"@import|url\(|https?:", EVERYTHING)


def test_the_stylesheet_stays_small() -> None:
    assert len(EVERYTHING) < 40_000


def test_words_are_never_smaller_than_sixteen_pixels() -> None:
    words = re.findall(r"font-size: ([\d.]+)rem", EVERYTHING)
    assert min(map(float, words)) >= 1


def selectors(sheet: str) -> list[str]:
    """Every selector of a stylesheet, those of a list one by one."""
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return [one.strip() for many in re.findall(r"([^{}]+)\{", plain) for one in many.split(",")]


# What all pages are made of, and what changes them on paper and on a big screen.
GENERAL = {"theme.css", "components.css"}
ELSEWHERE = {"print.css", "screen.css"}


def test_what_one_page_calls_something_no_other_stylesheet_calls_so() -> None:
    known = {name: selectors(text) for name, text in SHEETS.items()}
    clashes = {
        f"{wanted} of {sheet} is in {other}, too"
        for sheet in known.keys() - GENERAL - ELSEWHERE
        for wanted in filter(re.compile(r"\.[\w-]+").fullmatch, known[sheet])
        for other in known.keys() - {sheet} - ELSEWHERE
        if any(re.search(rf"{re.escape(wanted)}(?![\w-])", one) for one in known[other])
    }
    assert clashes == set()

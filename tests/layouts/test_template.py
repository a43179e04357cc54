"""The template makes every chart look alike."""

from layouts.template import TEMPLATE

LAYOUT = TEMPLATE.layout


def test_words_in_charts_are_at_least_fifteen_pixels() -> None:
    sizes = (LAYOUT.font.size, LAYOUT.xaxis.tickfont.size, LAYOUT.hoverlabel.font.size)
    assert min(sizes) >= 15


def test_only_horizontal_rules_are_drawn_and_no_legend() -> None:
    assert (LAYOUT.xaxis.showgrid, LAYOUT.yaxis.showgrid) == (False, True)
    assert LAYOUT.showlegend is False


def test_fonts_are_those_of_the_system() -> None:
    assert LAYOUT.font.family.startswith("system-ui")


def test_a_thousand_million_is_a_billion_and_not_a_giga() -> None:
    assert LAYOUT.yaxis.exponentformat == "B"

"""The colours can be told from one another and read."""

import pytest

from layouts import colours

READABLE = 4.5


def test_black_on_white_has_the_greatest_contrast_there_is() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_a_colour_has_no_contrast_with_itself() -> None:
    assert colours.contrast(colours.TURQUOISE, colours.TURQUOISE) == 1


@pytest.mark.parametrize(
    "background",
    [
        colours.TAKE_UP_HIGH,
        colours.TAKE_UP_GOOD,
        colours.TAKE_UP_MIDDLING,
        colours.TAKE_UP_LOW,
        colours.TAKE_UP_UNKNOWN,
    ],
)
def test_white_words_can_be_read_on_every_treemap_colour(background: str) -> None:
    assert colours.contrast(colours.WHITE, background) >= READABLE


def test_soft_words_can_be_read_on_white_and_on_the_pale_background() -> None:
    assert colours.contrast(colours.SOFT, colours.WHITE) >= READABLE
    assert colours.contrast(colours.SOFT, colours.PALE) >= READABLE


def test_there_are_four_line_colours_in_the_recommended_order() -> None:
    assert colours.LINES == ("#12436D", "#28A197", "#801650", "#F46A25")

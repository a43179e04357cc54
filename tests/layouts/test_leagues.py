"""Leagues are lists of links with figures, and bars in proportion."""

from layouts.leagues import Place, league
from tests.layouts.reading import classed, prop, typed, words

PLACES = [
    Place("Farm payments", "/services/farm", 800.0, "£800.00"),
    Place("Patents", "/services/patents", 200.0, "£200.00"),
    Place("Views", "/services/views", 0.02, "£0.02"),
]


def widths(component: object) -> list[str]:
    return [prop(item, "style")["width"] for item in classed(component, "bar")]


def test_places_are_in_order_with_their_figures_and_links() -> None:
    drawn = league("Highest cost", "45 services", PLACES)
    assert words(drawn) == (
        "Highest cost 45 services Farm payments £800.00 Patents £200.00 Views £0.02"
    )
    assert prop(typed(drawn, "Link")[0], "href") == "/services/farm"


def test_bars_are_in_proportion_and_never_vanish() -> None:
    assert widths(league("Highest cost", "", PLACES)) == ["100.0%", "25.0%", "1.0%"]


def test_a_league_of_nothing_but_zeros_has_no_long_bars() -> None:
    assert widths(league("", "", [Place("A", "/a", 0.0, "£0.00")])) == ["1.0%"]


def test_an_empty_league_says_so() -> None:
    assert "No service has enough figures" in words(league("Highest cost", "", []))

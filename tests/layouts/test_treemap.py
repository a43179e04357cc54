"""The treemap's areas are links, in proportion, large enough to choose, and told in words."""

import pytest

from layouts.treemap import HEIGHT, NOTHING, WIDTH, Area, shade_of, split_by_size, treemap
from tests.layouts.reading import classed, prop, typed, words

NAN = float("nan")


def area(name: str, size: float, take_up: float | None = 0.9) -> Area:
    return Area(name, f"/organisations/{name.lower()}", size, take_up)


def cells(component: object) -> list[dict[str, str]]:
    maps = classed(component, "treemap")
    return [prop(item, "style") for item in typed(maps, "Li")]


def share_of_box(place: dict[str, str]) -> float:
    return float(place["width"].rstrip("%")) * float(place["height"].rstrip("%")) / 10_000


def test_areas_are_in_proportion_to_transactions() -> None:
    drawn = cells(treemap([area("DWP", 1000.0), area("HMRC", 3000.0)]))
    assert [share_of_box(place) for place in drawn] == pytest.approx([0.75, 0.25], abs=0.001)


def test_every_area_is_a_link_that_says_its_size_and_share() -> None:
    drawn = treemap([Area("HMRC", "/hmrc", 3000.0, 0.96, "HM Revenue and Customs")])
    link = typed(drawn, "Link")[0]
    assert prop(link, "href") == "/hmrc"
    assert words(link) == "HMRC (HM Revenue and Customs), 3,000 transactions, 96% digital"
    assert prop(link, "title") == "HM Revenue and Customs"


def test_areas_too_small_to_choose_are_listed_below() -> None:
    areas = [area("HMRC", 1_000_000.0), area("Tiny", 1.0, None), area("DWP", 500_000.0)]
    drawn, smaller = split_by_size(areas)
    assert [item.name for item in drawn] == ["HMRC", "DWP"]
    assert [item.name for item in smaller] == ["Tiny"]
    assert words(classed(treemap(areas), "smaller")) == (
        "and 1 smaller one Tiny 1, digital not reported"
    )


def test_what_is_drawn_is_at_least_twenty_four_pixels_each_way_at_seven_hundred() -> None:
    areas = [area(f"D{number}", 1000.0 / (number + 1)) for number in range(18)]
    for place in cells(treemap(areas)):
        assert float(place["width"].rstrip("%")) / 100 * 660 >= 24
        assert float(place["height"].rstrip("%")) / 100 * HEIGHT >= 24


def test_areas_fill_the_box_and_stay_within_it() -> None:
    drawn = cells(treemap([area(f"D{number}", 10.0) for number in range(6)]))
    assert sum(map(share_of_box, drawn)) == pytest.approx(1, abs=0.001)
    assert WIDTH > HEIGHT


def test_very_many_small_areas_are_a_link_to_where_they_are() -> None:
    drawn = treemap([area(f"S{number}", 10_000.0 / (number + 1)) for number in range(5000)], "/all")
    assert len(cells(drawn)) < 68
    assert [prop(link, "href") for link in typed(classed(drawn, "smaller"), "Link")] == ["/all"]


def test_areas_without_a_size_are_not_drawn() -> None:
    assert split_by_size([area("A", NAN), area("B", 0.0)]) == ([], [])
    assert words(treemap([area("A", NAN)])) == NOTHING
    assert words(treemap([])) == NOTHING


@pytest.mark.parametrize(
    ("take_up", "name"),
    [
        (0.96, "high"),
        (0.896, "high"),
        (0.894, "good"),
        (0.75, "good"),
        (0.5, "middling"),
        (0.38, "low"),
        (0.0, "low"),
        (1.2, "high"),
        (None, "unknown"),
        (NAN, "unknown"),
    ],
)
def test_shades_follow_the_percentage_as_it_is_shown(take_up: float | None, name: str) -> None:
    assert shade_of(take_up).name == name


def test_the_key_says_what_the_colours_mean() -> None:
    assert words(classed(treemap([area("A", 1.0)]), "key")) == (
        "Done digitally: 90% or more 75 to 89% 50 to 74% under 50% not reported"
    )

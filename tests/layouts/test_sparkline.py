"""Trend lines are pictures with words, and break where nothing was reported."""

import re
from urllib.parse import unquote

from kpi.definitions import kpi
from layouts.sparkline import Band, trend_in_words, trend_line
from tests.layouts.reading import prop

NAN = float("nan")
TAKE_UP = kpi("digital-take-up")


def picture(values: list[float | None], band: Band = ()) -> str:
    image = trend_line(values, "a trend", band)
    assert image is not None
    return unquote(prop(image, "src"))


def line(values: list[float | None]) -> str:
    found = re.search(r'<path d="([^"]+)"', picture(values))
    assert found is not None
    return found.group(1)


def test_a_line_runs_from_edge_to_edge_and_lowest_to_highest() -> None:
    assert line([0.0, 10.0]) == "M5.0,39.0L215.0,5.0"


def test_a_gap_breaks_the_line_and_keeps_its_place() -> None:
    assert line([0.0, 10.0, NAN, 10.0, 0.0]) == "M5.0,39.0L57.5,5.0M162.5,5.0L215.0,39.0"


def test_a_figure_between_two_gaps_is_a_dot() -> None:
    assert line([0.0, None, 10.0]) == "M5.0,39.0L5.0,39.0M215.0,5.0L215.0,5.0"


def test_figures_that_never_change_are_a_level_line_in_the_middle() -> None:
    assert line([3.0, 3.0]) == "M5.0,22.0L215.0,22.0"


def test_the_normal_band_lies_behind_the_line() -> None:
    drawn = picture([0.0, 10.0], band=[(0.0, 5.0), (5.0, 10.0)])
    band = '<path d="M5.0,39.0L215.0,22.0L215.0,5.0L5.0,22.0Z"'
    assert drawn.index(band) < drawn.index('d="M5.0,39.0L215.0,5.0"')


def test_the_band_begins_where_what_is_normal_is_first_known() -> None:
    drawn = picture([0.0, 5.0, 10.0], band=[None, (0.0, 10.0), (0.0, 10.0)])
    assert 'd="M110.0,39.0L215.0,39.0L215.0,5.0L110.0,5.0Z"' in drawn


def test_the_band_has_a_gap_where_the_range_is_not_known() -> None:
    drawn = picture([0.0, 5.0, 10.0], band=[(0.0, 10.0), None, (0.0, 10.0)])
    assert 'd="M5.0,39.0L5.0,5.0ZM215.0,39.0L215.0,5.0Z"' in drawn


def test_without_a_known_range_there_is_no_band() -> None:
    assert picture([0.0, 10.0], band=[None, None]) == picture([0.0, 10.0])


def test_the_picture_has_words() -> None:
    image = trend_line([1.0, 2.0], "up from 1 to 2")
    assert image is not None
    assert prop(image, "alt") == "up from 1 to 2"


def test_nothing_reported_draws_nothing() -> None:
    assert trend_line([], "") is None
    assert trend_line([NAN, None], "") is None


def test_the_words_say_ends_and_extremes() -> None:
    words = trend_in_words([0.8, NAN, 0.7, 0.84], TAKE_UP, "June 2015", "September 2015")
    assert words == (
        "Trend from June 2015 to September 2015: from 80.0% to 84.0%, lowest 70.0%, highest 84.0%"
    )
    assert trend_in_words([NAN], TAKE_UP, "", "") == "No figures reported"
    assert trend_in_words([0.5], TAKE_UP, "", "") == "One figure reported: 50.0%"

"""A live count says how old it is and only pulses while it is fresh."""

from datetime import datetime, timedelta

from layouts.live import live_figure
from tests.layouts.reading import classed, words

NOW = datetime(2017, 10, 14, 12, 0)
SENTENCE = "people are using 12 services."


def test_a_fresh_count_pulses_and_says_its_age() -> None:
    figure = live_figure(15_782, SENTENCE, NOW - timedelta(seconds=40), NOW)
    assert words(figure) == "15,782 people are using 12 services. Counted 40 seconds ago."
    assert not classed(figure, "still")


def test_an_old_count_stands_still() -> None:
    figure = live_figure(128, SENTENCE, NOW - timedelta(days=2), NOW)
    assert words(figure).endswith("Last counted 2 days ago.")
    assert classed(figure, "still")


def test_nobody_at_all_is_a_count_but_no_count_is_not_zero() -> None:
    assert words(live_figure(0, SENTENCE, NOW, NOW)).startswith("0 people")
    assert words(live_figure(None, SENTENCE, None, NOW)) == "No live figures reported."

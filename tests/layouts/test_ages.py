"""Ages in the largest unit, at once or when a page that was kept is sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from plotly.io.json import to_json_plotly

from layouts.ages import age, with_ages

NOW = datetime(2017, 10, 14, 12, tzinfo=UTC)
AGES = [
    (-5, "just now"),
    (0, "just now"),
    (1, "1 second ago"),
    (40, "40 seconds ago"),
    (60, "1 minute ago"),
    (199, "3 minutes ago"),
    (7200, "2 hours ago"),
    (2 * 86400 + 5, "2 days ago"),
    (14 * 86400, "on 30 September 2017"),
]


@pytest.mark.parametrize(("seconds", "words"), AGES)
def test_an_age_is_said_in_its_largest_unit(seconds: int, words: str) -> None:
    assert age(NOW - timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(("seconds", "words"), AGES)
def test_a_page_that_was_kept_says_the_same_when_it_is_sent(seconds: int, words: str) -> None:
    kept = to_json_plotly({"children": f"Updated {age(NOW - timedelta(seconds=seconds), None)}."})
    assert json.loads(with_ages(kept.encode(), lambda: NOW)) == {"children": f"Updated {words}."}


def test_a_page_says_of_each_moment_how_long_ago_it_was() -> None:
    moments = [NOW - timedelta(hours=1), datetime(1969, 12, 31, 23, 59, tzinfo=UTC)]
    kept = to_json_plotly([age(moment, None) for moment in moments])
    assert json.loads(with_ages(kept.encode(), lambda: NOW)) == [
        "1 hour ago",
        "on 31 December 1969",
    ]


def test_a_page_without_ages_does_not_look_at_the_clock() -> None:
    assert with_ages(b'"2017 \\ue000"', lambda: pytest.fail("it did")) == b'"2017 \\ue000"'

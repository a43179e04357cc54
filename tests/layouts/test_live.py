"""A live count says how old it is, and an old one is said to be what was counted then."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from plotly.io.json import to_json_plotly

from kpi.live import LiveUsers
from layouts.fixed import loosened
from layouts.live import LiveShown, live_chart, live_figure, live_parts, live_table, since
from layouts.markup import markup
from tests.layouts.reading import classed, prop, typed, words

NOW = datetime(2017, 10, 14, 12, 0, tzinfo=UTC)
LINE = pd.DataFrame(
    {
        "start_at": pd.to_datetime(["2017-10-14 11:30", "2017-10-14 11:40", "2017-10-14 11:50"]),
        "value": [120.0, 131.4, 128.0],
    }
)


def shown(people: float, before: timedelta, of: str = "this service") -> LiveShown:
    counted_at = (NOW - before).replace(tzinfo=None)
    return LiveShown(LiveUsers(people, 1, counted_at, LINE), of, "/live?service=visas")


def test_a_fresh_count_pulses_and_says_its_age() -> None:
    figure = live_figure(shown(15_782, timedelta(seconds=40), "12 services"), NOW)
    assert words(figure) == (
        "15,782 people are using 12 services. Counted 40 seconds ago. "
        "Counted at 11:59, 14 October (UTC)."
    )
    assert [prop(part, "hidden") for part in typed(figure, "P")] == [False, False, None, None, True]


def test_an_old_count_does_not_stand_as_now() -> None:
    figure = live_figure(shown(128, timedelta(minutes=10)), NOW)
    assert words(figure) == (
        "No live figures since 11:50 (UTC). 128 people were using this service then."
    )
    assert [prop(part, "hidden") for part in typed(figure, "P")] == [True, True, None, None]
    assert words(classed(figure, "value")) == ""


def test_a_second_before_ten_minutes_a_count_is_one_of_now() -> None:
    figure = live_figure(shown(128, timedelta(minutes=9, seconds=59)), NOW)
    assert words(figure).startswith("128 people are using this service. Counted 9 minutes ago.")


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(hours=12), "No live figures since 00:00 (UTC)."),
        (timedelta(hours=12, minutes=1), "No live figures since 23:59 (UTC) on 13 October."),
        (timedelta(days=300), "No live figures since 12:00 (UTC) on 18 December 2016."),
    ],
)
def test_when_the_last_count_was_is_said_with_its_day_where_it_was_another(
    before: timedelta, said: str
) -> None:
    assert since(NOW - before, NOW) == said


def test_nobody_at_all_is_a_count_and_one_is_a_person() -> None:
    assert words(live_figure(shown(0, timedelta()), NOW)).startswith("0 people are")
    assert words(live_figure(shown(1, timedelta()), NOW)).startswith("1 person is")
    assert words(live_figure(shown(1, timedelta(hours=1)), NOW)).endswith(
        "1 person was using this service then."
    )


def test_only_that_there_are_no_new_figures_is_read_out_by_itself() -> None:
    figure = live_figure(shown(128, timedelta(seconds=5)), NOW)
    assert [prop(part, "role") for part in typed(figure, "P")] == [None, None, "status", None, None]


def test_the_day_is_said_in_words_with_its_busiest_moment() -> None:
    chart = live_chart(shown(128, timedelta(seconds=40)))
    assert prop(chart, "aria-label") == (
        "Chart. People using this service in the 24 hours to 11:59, 14 October (UTC): "
        "at most 131 people, at 11:40, 14 October."
    )


def test_a_day_in_which_not_all_counted_at_once_has_no_busiest_moment() -> None:
    users = LiveUsers(3, 2, datetime(2017, 10, 14, 11, 59), LINE.assign(value=float("nan")))
    summary = LiveShown(users, "2 services", "/live").summary
    assert summary == "People using 2 services in the 24 hours to 11:59, 14 October (UTC)."


def test_an_open_page_is_sent_what_a_new_one_is_drawn_with() -> None:
    live = shown(128, timedelta(seconds=40))
    parts = json.loads(to_json_plotly(live_parts(live)))
    drawn = live_figure(live, NOW)
    for name in ("people", "sentence", "then", "counted"):
        assert str(parts[name]) == prop(drawn, f"data-{name}")
    table = typed(live_table(live), "Table")[0]
    assert words(typed(table, "Td")) == "128 131 120"
    assert markup(loosened(parts["table"])) == markup(live_table(live).children)
    assert parts["figure"]["data"][0]["x"][-1] == "2017-10-14T11:50:00"
    assert live_chart(live).children.figure == live.figure

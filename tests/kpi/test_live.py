"""Live users over services: who counts now, when they counted, and the day up to then."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from kpi.live import live_users


def counts(*rows: tuple[str, str, float]) -> pd.DataFrame:
    """Counts on the 1st of October 2017: service, time, people."""
    frame = pd.DataFrame(rows, columns=["service", "start_at", "value"])
    times = pd.to_datetime("2017-10-01 " + frame["start_at"])
    return frame.assign(start_at=times).sort_values("start_at", ignore_index=True)


def test_the_newest_count_of_each_service_is_added_up() -> None:
    found = live_users(
        counts(("a", "11:58", 50), ("a", "12:00", 40), ("b", "11:59", 7), ("b", "11:51", 99))
    )
    assert (found.people, found.services) == (47, 2)
    assert found.counted_at == datetime(2017, 10, 1, 12, 0)


def test_a_service_that_stopped_counting_ten_minutes_ago_is_not_there_now() -> None:
    found = live_users(counts(("a", "11:50", 1000), ("b", "12:00", 7)))
    assert (found.people, found.services) == (7, 1)


def test_the_line_is_a_mean_of_ten_minutes_of_each_service_added_up() -> None:
    found = live_users(
        counts(("a", "11:50", 10), ("a", "11:55", 20), ("b", "11:52", 3), ("a", "12:00", 8))
    )
    assert found.line["value"].tolist() == [18, 11]


def test_nobody_who_counts_is_not_nobody_there() -> None:
    found = live_users(counts(("a", "12:00", 5)).iloc[:0])
    assert (found.people, found.services, found.counted_at) == (None, 0, None)
    assert live_users(counts(("a", "12:00", 0))).people == 0

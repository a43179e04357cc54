"""What a record is about in words, and what changed in it."""

from __future__ import annotations

from typing import Any

import pytest

from kpi.corrections import about_in_words, replaced


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (
            {"_timestamp": "2013-10-14T00:00:00+00:00", "period": "week", "channel": "paper"},
            "week of 14 October 2013, paper",
        ),
        ({"_timestamp": "2014-06-03T13:49:03+00:00", "count": 3}, "3 June 2014, 13:49"),
        ({"_id": "a", "office": "Preston", "count": 3}, "Preston"),
        ({"count": 3}, ""),
    ],
)
def test_a_record_is_named_by_its_period_and_its_words(record: dict[str, Any], words: str) -> None:
    assert about_in_words(record) == words


def test_only_values_that_are_others_are_told() -> None:
    before = {"_id": "a", "period": "week", "count": 5, "rate": None, "open": 1}
    after = {"_id": "b", "period": "day", "count": 5.0, "rate": 0.5, "open": True, "note": "x"}
    told = [(one.field, one.before, one.after) for one in replaced(before, after)]
    assert told == [("rate", None, 0.5), ("open", 1, True), ("note", None, "x")]

"""A worker's own cache holds so many bytes, and lets go of what nobody has asked for lately."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from data.own_memory import OwnMemory

HOUR, MINUTE = 3600, 60


def test_who_gets_an_answer_may_change_it() -> None:
    kept = OwnMemory(1_000_000)
    kept.set("answer", pd.DataFrame({"value": [1]}))
    found = kept.get("answer")
    found.loc[0, "value"] = 2
    assert kept.get("answer").loc[0, "value"] == 1


def test_many_small_answers_push_out_no_page_that_is_in_use() -> None:
    kept = OwnMemory(1_000_000)
    kept.set("page", b"drawn", MINUTE)
    for number in range(2000):
        kept.set(f"answer {number}", number, HOUR)
    assert kept.get("page") == b"drawn"


def test_pages_that_are_in_use_stay_when_others_are_drawn() -> None:
    kept = OwnMemory(1_000_000)
    kept.set("in use", b"x" * 1000, MINUTE)
    for number in range(1000):
        kept.set(f"made up {number}", b"x" * 1000, MINUTE)
        assert kept.get("in use") is not None
    assert kept.get("made up 0") is None
    assert kept.get("made up 999") is not None


def test_it_holds_no_more_bytes_than_it_may() -> None:
    kept = OwnMemory(1_000_000)
    for number in range(5000):
        kept.set(str(number), b"x" * 1000, MINUTE if number % 2 else HOUR)
    held = sum(kept.has(str(number)) for number in range(5000))
    assert 500 < held <= 1000


def test_what_is_nearly_as_large_as_all_of_it_is_not_kept() -> None:
    kept = OwnMemory(1_000_000)
    kept.set("in use", b"x", HOUR)
    assert not kept.set("answer", b"x" * 400_000, HOUR)
    assert kept.get("answer") is None
    assert kept.get("in use") == b"x"


def test_what_was_set_again_counts_once() -> None:
    kept = OwnMemory(1_000_000)
    kept.set("other", b"x" * 1000, HOUR)
    for number in range(1000):
        kept.set("answer", b"y" * 1000, HOUR if number % 2 else MINUTE)
    assert kept.get("answer") == b"y" * 1000
    assert kept.get("other") == b"x" * 1000


def test_it_ends_after_its_time_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = OwnMemory(1_000_000)
    kept.set("page", b"drawn", MINUTE)
    now = time.monotonic()
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert kept.get("page") == b"drawn"
    monkeypatch.setattr(time, "monotonic", lambda: now + MINUTE + 1)
    assert kept.get("page") is None
    assert not kept.has("page")


def test_what_has_no_end_stays() -> None:
    kept = OwnMemory(1_000_000)
    kept.set("answer", "of all time", 0)
    assert kept.get("answer") == "of all time"


def test_what_is_forgotten_is_gone() -> None:
    kept = OwnMemory(1_000_000)
    kept.set("one", 1)
    kept.set("two", 2)
    assert kept.delete("one")
    assert not kept.delete("one")
    assert kept.get("one") is None
    kept.clear()
    assert kept.get("two") is None

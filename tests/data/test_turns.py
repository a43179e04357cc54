"""Threads take turns: one for each key, few at once, and never so that two wait for each other."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event
from typing import Any

import pytest

from data.turns import Turns

KEYS = ["first", "second", "third"]


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_are_inside_at_once_than_there_is_room_for(most: int) -> None:
    turns, leave = Turns(most), Event()
    entered: SimpleQueue[str] = SimpleQueue()

    def enter(key: str) -> None:
        with turns.alone(key):
            entered.put(key)
            leave.wait()

    with ThreadPoolExecutor() as pool:
        begun = [pool.submit(enter, key) for key in KEYS]
        first = {entered.get(timeout=60) for _ in range(most)}
        assert not Event().wait(0.2)
        assert entered.empty()
        leave.set()
        done(begun)
    assert len(first) == most
    assert {*first, *(entered.get() for _ in range(3 - most))} == set(KEYS)


def test_who_is_inside_goes_on_with_another_key_that_someone_waits_with() -> None:
    turns, is_waiting = Turns(1), Event()

    def wait() -> str:
        is_waiting.set()
        with turns.alone("inner"):
            return "waited"

    with ThreadPoolExecutor() as pool:
        with turns.alone("outer"):
            begun = pool.submit(wait)
            is_waiting.wait()
            # It has the turn of that key by now, and waits for room.
            Event().wait(0.1)
            with turns.alone("inner"):
                assert not begun.done()
        done([begun])


def test_who_fails_inside_leaves_room_for_the_next() -> None:
    turns = Turns(1)
    with pytest.raises(ValueError, match="broken"), turns.alone("one"):
        raise ValueError("broken")
    with turns.alone("one"), turns.alone("two"):
        pass
    with turns.alone("two"):
        pass


def done(begun: Sequence[Future[Any]]) -> None:
    for one in begun:
        one.result(timeout=60)

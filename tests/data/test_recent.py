"""What was read a second ago is good enough for very many who ask."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from data.recent import Recently


class Clock:
    """Shows the second that it was set to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_within_a_second_it_is_read_once_and_then_again(clock: Clock) -> None:
    numbers = iter(range(9))
    recent = Recently(lambda: next(numbers), seconds=1, clock=clock)
    found = []
    for now in (100.0, 100.5, 100.99, 101.0, 101.9, 105.0):
        clock.now = now
        found.append(recent.value())
    assert found == [0, 0, 0, 1, 1, 2]


def test_its_age_counts_from_before_it_was_read(clock: Clock) -> None:
    numbers = iter(range(9))

    def slow() -> int:
        clock.now += 3
        return next(numbers)

    recent = Recently(slow, seconds=1, clock=clock)
    assert (recent.value(), recent.value()) == (0, 1)


def test_an_error_is_that_of_all_who_ask_in_the_next_second_and_nothing_old_is_in_its_place(
    clock: Clock,
) -> None:
    answers: Iterator[int | None] = iter((1, None, 2))

    def read() -> int:
        clock.now += 30
        found = next(answers)
        if found is None:
            raise ConnectionError
        return found

    recent = Recently(read, seconds=1, clock=clock)
    assert recent.value() == 1
    for _ in range(3):
        with pytest.raises(ConnectionError):
            recent.value()
    clock.now += 1
    assert recent.value() == 2


def test_of_many_at_once_one_reads() -> None:
    began, go_on, reads = threading.Event(), threading.Event(), []

    def slow() -> int:
        reads.append(1)
        began.set()
        go_on.wait(30)
        return 7

    recent, found = Recently(slow, seconds=1000), []
    threads = [threading.Thread(target=lambda: found.append(recent.value())) for _ in range(8)]
    for thread in threads:
        thread.start()
    began.wait(30)
    go_on.set()
    for thread in threads:
        thread.join()
    assert (found, len(reads)) == ([7] * 8, 1)

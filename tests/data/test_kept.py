"""What is made of answers is kept until the revision moves on, and for a minute if it has ages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Event

import pandas as pd
import pytest
from flask import Flask
from sqlalchemy import Connection

from config import Settings
from data.cache import open_cache
from data.queries import Query, Run
from data.reader import Reader
from tests.data.world import World, channels, counted
from tests.fixtures.kept import Kept


class ReaderOfAMoment(Reader):
    """A reader for whom it is whatever time the test says."""

    moment = datetime(2019, 5, 1, 9, 30, 10, tzinfo=UTC)

    def clock(self) -> datetime:
        return self.moment


class Maker:
    """Counts how often it makes something."""

    made = 0

    def __call__(self) -> int:
        self.made += 1
        return self.made


@dataclass(frozen=True)
class Question(Query):
    """A question whose answer says how often it was worked out."""

    make: Maker

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:  # noqa: ARG002
        return pd.DataFrame({"made": [self.make()]})


def _made(reader: Reader, question: Question) -> int:
    return int(reader.run(question)["made"].iloc[0])


def _by_the_second(
    reader: ReaderOfAMoment, name: str, seconds: int, make: Callable[[], int]
) -> list[int]:
    """What is kept at each of so many seconds, one after the other."""
    begun, found = reader.moment, []
    for second in range(seconds):
        reader.moment = begun + timedelta(seconds=second)
        found.append(reader.keep(name, make))
    reader.moment = begun
    return found


def _by_clock(reader: Reader) -> Callable[[], int]:
    """Makes something of the time of day, and counts how often."""
    make = Maker()

    def made() -> int:
        assert reader.now()
        return make()

    return made


def test_what_is_made_by_the_time_of_day_is_made_once_a_minute(world: World) -> None:
    reader = ReaderOfAMoment(world.engine, Kept())
    found = _by_the_second(reader, "page", 180, _by_clock(reader))
    anew = [second for second in range(1, 180) if found[second] != found[second - 1]]
    assert anew == [anew[0], anew[0] + 60, anew[0] + 120]


def test_what_does_not_ask_for_the_time_of_day_is_kept_as_it_goes_on(world: World) -> None:
    reader = ReaderOfAMoment(world.engine, Kept())
    assert set(_by_the_second(reader, "page", 180, Maker())) == {1}


def test_what_rests_on_something_made_by_the_time_of_day_is_made_anew_with_it(
    world: World,
) -> None:
    reader = ReaderOfAMoment(world.engine, Kept())
    told = _by_clock(reader)
    # The inner one is found among what is kept, or made: in the end both say the same.
    outer = _by_the_second(reader, "outer", 180, lambda: reader.keep("inner", told))
    assert len(set(outer)) >= 3
    still = _by_the_second(reader, "still", 180, lambda: reader.keep("within", Maker()))
    assert set(still) == {1}


def test_what_is_kept_is_not_all_made_again_in_the_same_second(world: World) -> None:
    reader = ReaderOfAMoment(world.engine, Kept())
    pages = [
        _by_the_second(reader, f"page {number}", 61, _by_clock(reader)) for number in range(40)
    ]
    seconds = Counter(found.index(2) for found in pages)
    assert max(seconds.values()) < 8


def test_with_the_day_it_is_made_again(world: World) -> None:
    reader, make = ReaderOfAMoment(world.engine, Kept()), Maker()
    for number in range(10):
        reader.moment = datetime(2019, 5, 1, 23, 59, 59, tzinfo=UTC)
        before = reader.keep(number, make)
        reader.moment += timedelta(seconds=1)
        assert reader.keep(number, make) == before + 1


def test_after_a_delivery_it_is_made_again(world: World) -> None:
    reader, make = ReaderOfAMoment(world.engine, Kept()), Maker()
    reader.keep("page", make)
    world.send(channels(counted("2018-01-01", "digital", 5, "month")))
    assert reader.keep("page", make) == 2


def test_another_name_is_another_thing(world: World) -> None:
    reader, make = ReaderOfAMoment(world.engine, Kept()), Maker()
    assert [reader.keep(name, make) for name in ("page", ("page", 2), "page")] == [1, 2, 1]


def test_addresses_that_someone_makes_up_push_no_answer_out_of_the_cache(world: World) -> None:
    cache = open_cache(Settings(cache_bytes_most=1_000_000))
    cache.init_app(Flask("test"))
    reader = ReaderOfAMoment(world.engine, cache)
    world.send(channels(counted("2018-01-01", "digital", 5, "month")))
    question = Question(Maker())
    assert _made(reader, question) == 1
    for number in range(1000):
        reader.keep(("http://made-up.example", number), lambda: b"x" * 10_000)
    assert _made(reader, question) == 1


def test_who_asks_while_it_is_made_waits_for_it(world: World) -> None:
    reader, begun, made = ReaderOfAMoment(world.engine, Kept()), Event(), Maker()

    def slowly() -> int:
        begun.set()
        # Long enough for the others to come along.
        assert not Event().wait(0.2)
        return made()

    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(reader.keep, "page", slowly)
        begun.wait()
        others = [threads.submit(reader.keep, "page", slowly) for _ in range(3)]
        assert [one.result() for one in (first, *others)] == [1, 1, 1, 1]


def test_what_could_not_be_made_is_tried_again(world: World) -> None:
    reader = ReaderOfAMoment(world.engine, Kept())
    with pytest.raises(ZeroDivisionError):
        reader.keep("page", lambda: 1 // 0)
    assert reader.keep("page", lambda: 7) == 7

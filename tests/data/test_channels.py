"""A total that lacks a channel is partial: a day without its paper claims is not all digital."""

from __future__ import annotations

from dataclasses import replace

from data.data_sets import put
from data.deliveries import Sender
from data.entries import Batch, DataSetEntry
from tests.data.world import World, channels, counted, record, typed, whole


def test_two_channels_of_one_kind_add_up(world: World) -> None:
    world.send(channels(counted("2017-10-02", "post", 10), counted("2017-10-02", "telephone", 5)))
    assert world.total("day", "2017-10-02", "non-digital") == whole(15, "day")
    post = world.told(measure="transactions-by-channel", category="post", period="day")
    assert list(post.values()) == [whole(10, "day")]


def test_assisted_digital_counts_in_the_total_and_not_as_digital(world: World) -> None:
    world.send(
        channels(
            counted("2017-10-02", "digital", 80), counted("2017-10-02", "assisted digital", 20)
        )
    )
    assert world.total("day", "2017-10-02", "digital") == whole(80, "day")
    assert world.total("day", "2017-10-02", "assisted digital") == whole(20, "day")
    assert world.total("day", "2017-10-02") == whole(100, "day")


def test_a_total_without_a_declared_channel_is_partial(world: World) -> None:
    world.send(channels(counted("2017-10-02", "digital", 40), declared=("digital", "post")))
    assert world.total("day", "2017-10-02") == (40, "partial", 1, 2, "channel")
    assert world.total("day", "2017-10-02", "digital") == whole(40, "day")
    assert world.total("day", "2017-10-02", "non-digital") is None


def test_a_kind_without_one_of_its_channels_is_partial(world: World) -> None:
    declared = ("digital", "post", "telephone")
    sent = [counted("2017-10-02", name, 10) for name in ("digital", "post")]
    world.send(channels(*sent, declared=declared))
    assert world.total("day", "2017-10-02", "non-digital") == (10, "partial", 2, 3, "channel")
    assert world.total("day", "2017-10-02", "digital") == whole(10, "day")


def test_a_late_channel_completes_the_total(world: World) -> None:
    both = ("digital", "post")
    world.send(channels(counted("2017-10-02", "digital", 40), declared=both))
    world.send(channels(counted("2017-10-02", "post", 10), declared=both))
    assert world.total("day", "2017-10-02") == whole(50, "day")
    assert world.total("month", "2017-10-01") == (50, "partial", 1, 31, "day")


def test_channels_that_are_declared_afterwards_make_older_totals_partial(world: World) -> None:
    world.send(channels(counted("2017-10-02", "digital", 40)))
    assert world.total("day", "2017-10-02") == whole(40, "day")
    world.send(channels(declared=("digital", "post")))
    assert world.total("day", "2017-10-02") == (40, "partial", 1, 2, "channel")


def test_a_channel_that_was_used_before_and_is_missing_makes_the_total_partial(
    world: World,
) -> None:
    world.send(channels(counted("2017-10-02", "digital", 40), counted("2017-10-02", "post", 10)))
    world.send(channels(counted("2017-10-03", "digital", 41)))
    assert world.total("day", "2017-10-02") == whole(50, "day")
    assert world.total("day", "2017-10-03") == (41, "partial", 1, 2, "channel")
    assert world.total("day", "2017-10-03", "digital") == whole(41, "day")


def test_a_channel_that_begins_later_is_not_missed_before(world: World) -> None:
    world.send(channels(counted("2017-10-02", "post", 10)))
    world.send(channels(counted("2017-10-03", "post", 9), counted("2017-10-03", "digital", 1)))
    assert world.total("day", "2017-10-02") == whole(10, "day")
    assert world.total("day", "2017-10-03") == whole(10, "day")


def test_a_channel_that_turns_out_to_be_older_is_missed_from_then_on(world: World) -> None:
    days = [counted(f"2017-10-0{day}", "digital", 40) for day in (2, 3, 4)]
    world.send(channels(*days, counted("2017-10-04", "post", 10)))
    assert world.total("day", "2017-10-03") == whole(40, "day")
    world.send(channels(counted("2017-10-02", "post", 8)))
    assert world.total("day", "2017-10-02") == whole(48, "day")
    assert world.total("day", "2017-10-03") == (40, "partial", 1, 2, "channel")
    assert world.total("day", "2017-10-04") == whole(50, "day")
    # 48 and 50 whole, 40 partial.
    assert world.total("month", "2017-10-01") == (138, "partial", 2, 31, "day")


def test_a_channel_that_was_a_mistake_is_no_longer_missed(world: World) -> None:
    world.send(channels(counted("2017-10-02", "digital", 40)))
    world.send(channels(counted("2017-10-02", "dgital", 1, key="mistake")))
    world.send(channels(counted("2017-10-03", "digital", 41)))
    assert world.total("day", "2017-10-03") == (41, "partial", 1, 2, "channel")
    world.send(channels(counted("2017-10-02", "post", 1, key="mistake")))
    world.send(channels(counted("2017-10-03", "post", 2)))
    assert world.total("day", "2017-10-02") == whole(41, "day")
    assert world.total("day", "2017-10-03") == whole(43, "day")


def test_a_gap_in_all_channels_is_no_figure_at_all(world: World) -> None:
    world.send(channels(counted("2017-10-02", "digital", 40), counted("2017-10-04", "digital", 4)))
    assert world.total("day", "2017-10-03") is None
    assert world.total("month", "2017-10-01") == (44, "partial", 2, 31, "day")


def test_spaces_around_a_channels_name_do_not_make_another_channel(world: World) -> None:
    world.send(channels(counted("2017-10-02", "post", 10)))
    world.send(channels({**counted("2017-10-03", "post", 7), "channel": " post "}))
    assert world.total("day", "2017-10-03") == whole(7, "day")


def test_a_cost_without_a_channel_is_the_total_of_those_with_one(world: World) -> None:
    world.send(
        typed(
            "cost-per-transaction",
            record("2017-10-01", "month", "all", total_cost=100.5),
            record("2017-10-01", "month", "online", total_cost=40.25, channel="digital"),
        )
    )
    assert world.total("month", "2017-10-01", measure="cost") == whole(100.5, "month")
    assert world.total("month", "2017-10-01", "digital", "cost") == whole(40.25, "month")


def test_costs_by_channel_alone_add_up_to_the_total(world: World) -> None:
    world.send(
        typed(
            "cost-per-transaction",
            record("2017-10-01", "month", total_cost=40.25, channel="digital"),
            record("2017-10-01", "month", total_cost=60, channel="post"),
            record("2017-11-01", "month", total_cost=41, channel="digital"),
        )
    )
    assert world.total("month", "2017-10-01", measure="cost") == whole(100.25, "month")
    november = world.total("month", "2017-11-01", measure="cost")
    assert november == (41, "partial", 1, 2, "channel")


def test_a_data_set_says_what_its_own_channels_count_as(world: World) -> None:
    sent = [counted("2017-10-02", name, 10) for name in ("Portal", "kiosk", "digital")]
    kinds = {"portal": "digital", "kiosk": "assisted digital"}
    entry = DataSetEntry(
        "allowance", "transactions-by-channel", service="allowance", channel_kinds=kinds
    )
    put(world.engine, entry, Sender("a test"))
    world.send(Batch(entry.key, sent))
    assert world.total("day", "2017-10-02", "digital") == whole(20, "day")
    assert world.total("day", "2017-10-02", "assisted digital") == whole(10, "day")
    assert world.total("day", "2017-10-02", "non-digital") is None


def test_another_meaning_of_a_channel_measures_all_its_records_again(world: World) -> None:
    sent = [counted("2017-10-02", name, 10) for name in ("portal", "post")]
    entry = DataSetEntry("allowance", "transactions-by-channel", service="allowance")
    world.send(Batch(entry, sent))
    assert world.total("day", "2017-10-02", "non-digital") == whole(20, "day")
    put(world.engine, replace(entry, channel_kinds={"portal": "digital"}), Sender("a test"))
    assert world.total("day", "2017-10-02", "digital") == whole(10, "day")
    assert world.total("day", "2017-10-02", "non-digital") == whole(10, "day")
    put(world.engine, replace(entry, channel_kinds={"digital": "non-digital"}), Sender("a test"))
    assert world.total("day", "2017-10-02", "digital") is None
    assert world.total("day", "2017-10-02", "non-digital") == whole(20, "day")

"""What records mean, to the millionth."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from data.datatypes import DATA_TYPES
from data.entries import DataSetEntry
from data.measurements import FigureKey, measure
from data.parsed_records import ParsedRecord
from data.tables import measurement
from data.validation import Rejected
from tests.data.world import World, channels, counted, record, summaries, typed, whole

MILLION = 1_000_000


def measured(kind: str, *bodies: dict[str, Any], **more: Any) -> dict[tuple[str, str], int | None]:
    """Millionths by measure and category, of records that all start at the same moment."""
    entry = DataSetEntry("group", kind, service="allowance", **more)
    period = "instant" if DATA_TYPES[kind].instant else "year"
    records = [
        ParsedRecord(str(n), 0, 0, period, "allowance", body) for n, body in enumerate(bodies)
    ]
    figures = measure(entry, records)
    assert {FigureKey(k.service, k.period, "", "", k.start) for k in figures} <= {
        FigureKey("allowance", period, "", "", 0)
    }
    return {(key.measure, key.category): figure.millionths for key, figure in figures.items()}


def test_cost_is_cost_per_transaction_times_volume_to_the_penny() -> None:
    found = measured("summaries", {"transactions": 1_642_669, "cost_per_transaction": 273.1})
    # 1,642,669 × £273.10 = £448,612,903.90: floats make it 448,612,903.9000001 or so.
    assert found["cost", ""] == 448_612_903_900_000
    found = measured("summaries", {"transactions": 1_000_003, "cost_per_transaction": 1.84467})
    # 1,000,003 × £1.84467 = £1,844,675.53401
    assert found["cost", ""] == 1_844_675_534_010


def test_digital_cost_is_digital_cost_per_transaction_times_digital_volume() -> None:
    found = measured(
        "summaries",
        {
            "transactions": 1000,
            "digital_transactions": 800,
            "cost_per_transaction": 2.5,
            "digital_cost_per_transaction": 0.1,
        },
    )
    assert found == {
        ("transactions", ""): 1000 * MILLION,
        ("transactions", "digital"): 800 * MILLION,
        ("cost", ""): 2500 * MILLION,
        ("cost", "digital"): 80 * MILLION,
    }


def test_a_cost_per_transaction_without_a_volume_is_no_cost() -> None:
    assert measured("summaries", {"cost_per_transaction": 2.5}) == {}
    without = {"transactions": 10, "digital_cost_per_transaction": 2.5}
    assert measured("summaries", without) == {("transactions", ""): 10 * MILLION}


def test_a_volume_of_nought_has_a_cost_of_nought() -> None:
    found = measured("summaries", {"transactions": 0, "cost_per_transaction": 2.5})
    assert found == {("transactions", ""): 0, ("cost", ""): 0}


@given(
    volume=st.integers(0, 10**10),
    pennies=st.decimals(0, 10**5, places=6, allow_nan=False, allow_infinity=False),
)
def test_cost_is_exact_for_every_volume_and_price(volume: int, pennies: Decimal) -> None:
    price = float(pennies)
    found = measured("summaries", {"transactions": volume, "cost_per_transaction": price})
    assert found["cost", ""] == Fraction(str(price)) * volume * MILLION


def test_satisfaction_is_a_quarter_a_step_from_one_to_five() -> None:
    found = measured(
        "customer-satisfaction",
        {"rating_1": 1, "rating_2": 2, "rating_3": 3, "rating_4": 4, "rating_5": 5},
    )
    # 1×0 + 2×0.25 + 3×0.5 + 4×0.75 + 5×1 = 10 of 15 answers
    assert found["satisfaction", ""] == 10 * MILLION
    assert found["ratings", ""] == 15 * MILLION
    assert [found["ratings", str(n)] for n in range(1, 6)] == [n * MILLION for n in range(1, 6)]


def test_ratings_sent_as_decimals_are_the_same_figures() -> None:
    whole_numbers = {f"rating_{n}": n for n in range(1, 6)}
    decimals = {name: float(value) for name, value in whole_numbers.items()}
    kind = "customer-satisfaction"
    assert measured(kind, whole_numbers) == measured(kind, decimals)


def test_no_answers_are_no_satisfaction_of_nought_answers() -> None:
    found = measured("customer-satisfaction", {f"rating_{n}": 0 for n in range(1, 6)})
    assert (found["satisfaction", ""], found["ratings", ""]) == (0, 0)


def test_a_journey_starts_at_its_first_stage_and_is_completed_at_its_last() -> None:
    stages = [{"stage": name, "count": count} for name, count in (("a", 9), ("b", 7), ("c", 4))]
    found = measured("journey", *stages, stages=("a", "b", "c"))
    assert found["journey-started", ""] == 9 * MILLION
    assert found["journey-completed", ""] == 4 * MILLION
    assert found["journey", "b"] == 7 * MILLION


def test_a_journey_is_completed_at_the_last_stage_that_everybody_passes() -> None:
    stages = [{"stage": name, "count": n} for name, n in (("a", 9), ("b", 7), ("c", 4))]
    found = measured("journey", *stages, stages=("a", "b", "c"), optional_stages=("c",))
    assert found["journey-completed", ""] == 7 * MILLION


def test_a_journey_whose_stages_are_unknown_has_no_start_and_no_end() -> None:
    assert measured("journey", {"stage": "a", "count": 9}) == {("journey", "a"): 9 * MILLION}


def test_two_counts_of_the_same_moment_are_not_added_up() -> None:
    found = measured("realtime", {"unique_visitors": 33}, {"unique_visitors": 35})
    assert found == {("live-users", ""): 35 * MILLION}


def test_how_many_are_there_now_is_never_added_up(world: World) -> None:
    stamps = ("2014-06-03T13:49:03+00:00", "2014-06-03T13:51:03+00:00")
    batch = typed(
        "realtime", *({"_id": at, "_timestamp": at, "unique_visitors": 39} for at in stamps)
    )
    world.send(batch)
    assert {period for _, _, _, period, _ in world.told()} == {"instant"}
    with world.engine.connect() as connection:
        rows = connection.execute(select(measurement.c.start_at, measurement.c.millionths))
        # 13:49:03 and 13:51:03 on 3 June 2014.
        assert sorted(tuple(row) for row in rows) == [
            (1_401_803_343, 39 * MILLION),
            (1_401_803_463, 39 * MILLION),
        ]


def test_the_smallest_part_that_is_kept_is_a_millionth(world: World) -> None:
    world.send(
        channels(
            counted("2017-10-01", "digital", 0.000001, "month"),
            counted("2017-11-01", "digital", 0.0000001, "month"),
        )
    )
    assert world.total("month", "2017-10-01") == whole(0.000001, "month")
    assert world.total("month", "2017-11-01") == whole(0, "month")


def test_tenths_of_pennies_add_up_exactly_over_a_year(world: World) -> None:
    months = [record(f"2017-{n:02}-01", "month", total_cost=0.1) for n in range(1, 13)]
    world.send(typed("cost-per-transaction", *months))
    with world.engine.connect() as connection:
        wanted = select(measurement.c.millionths).where(measurement.c.period == "year")
        assert connection.execute(wanted).scalars().all() == [1_200_000]


def test_a_number_that_no_engine_can_hold_is_refused_in_words(world: World) -> None:
    before = world.rows()
    huge = record(
        "2016-10-01", "year", service="pension", transactions=10**12, cost_per_transaction=10**12
    )
    with pytest.raises(Rejected) as refused:
        world.send(summaries(huge))
    assert str(refused.value) == (
        "pension: its cost of the year from 2016-10-01 is too large a number to be kept. "
        "Nothing was written."
    )
    assert world.rows() == before


def test_a_figure_of_a_rolling_year_is_kept_as_such(world: World) -> None:
    world.send(summaries(record("2016-10-01", "year", service="pension", transactions=5)))
    about = ("pension", "transactions", "", "year", "2016-10-01")
    assert world.told() == {about: whole(5, "year")}

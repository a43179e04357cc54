"""What services can be filtered by; figures: fixtures.small_world."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.choices import ChoiceQuery
from data.reader import Reader
from data.selection import Selection
from kpi.ranges import KpiRange
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import small_world


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = small_world(tmp_path_factory.mktemp("choices"))
    yield Reader(engine, Kept())
    engine.dispose()


def counts(reader: Reader, field: str, **filters: str) -> dict[str, int]:
    frame = reader.run(ChoiceQuery(Selection(**filters)))  # type: ignore[arg-type]
    rows = frame[frame["field"] == field]
    return dict(zip(rows["value"], rows["services"], strict=True))


def test_each_department_counts_its_own_services_and_its_agencies(reader: Reader) -> None:
    assert counts(reader, "department") == {"transport": 3, "treasury": 1}
    assert counts(reader, "agency") == {"vehicles": 2}


def test_choices_have_names_and_agencies_their_department(reader: Reader) -> None:
    frame = reader.run(ChoiceQuery()).set_index("value")
    assert frame.at["transport", "name"] == "Department for Transport"
    assert frame.at["vehicles", "name"] == "Vehicle Agency"
    assert frame.at["vehicles", "department"] == "transport"
    assert frame.at["Taxes", "name"] == "Taxes"


def test_a_choice_counts_what_it_would_leave_with_the_other_filters(reader: Reader) -> None:
    assert counts(reader, "category", customer_type="Citizens") == {"Taxes": 1, "Tests": 1}
    # Another customer type can still be chosen: its own filter does not count.
    assert counts(reader, "customer_type", customer_type="Citizens") == {
        "Businesses": 1,
        "Citizens": 2,
    }


def test_a_choice_that_leaves_nothing_is_still_known(reader: Reader) -> None:
    assert counts(reader, "category", department="treasury") == {"Taxes": 0, "Tests": 0}


def test_another_department_would_leave_the_agency_behind(reader: Reader) -> None:
    found = counts(reader, "department", department="transport", agency="vehicles")
    assert found == {"transport": 3, "treasury": 1}


def test_one_row_counts_all_that_is_left(reader: Reader) -> None:
    assert counts(reader, "", category="Taxes") == {"": 2}
    at_least = Selection(ranges=(KpiRange("transactions", 300),))
    assert reader.run(ChoiceQuery(at_least))["services"].iloc[-1] == 2

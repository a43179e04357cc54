"""Services filtered, sorted and paged with their latest KPIs; figures: fixtures.small_world."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import insert

from data.reader import Reader
from data.selection import KpiRange, Selection
from data.services import ServiceQuery
from data.tables import latest_figure, organisation, service
from kpi.definitions import SLUGS
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import empty_engine, small_world


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = small_world(tmp_path_factory.mktemp("services"))
    yield Reader(engine, Kept())
    engine.dispose()


def slugs(reader: Reader, query: ServiceQuery) -> list[str]:
    return reader.run(query)["slug"].tolist()


def test_a_service_has_its_latest_figure_of_every_kpi(reader: Reader) -> None:
    tax = reader.run(ServiceQuery(Selection(service="tax-a-vehicle"))).iloc[0]
    assert (tax["transactions"], tax["total-cost"]) == (1000, 500)
    assert (tax["cost-per-transaction"], tax["digital-take-up"]) == (0.5, 0.8)
    assert tax["digital-take-up.numerator"] == 800
    assert tax["digital-take-up.denominator"] == 1000
    assert tax["transactions.period"] == "year"
    assert tax["transactions.start_at"] == pd.Timestamp("2016-10-01")
    assert tax["transactions.end_at"] == pd.Timestamp("2017-10-01")
    assert tax["transactions.status"] == "reported"


def test_a_kpi_without_a_figure_is_not_reported_and_not_zero(reader: Reader) -> None:
    tax = reader.run(ServiceQuery(Selection(service="tax-a-vehicle"))).iloc[0]
    silent = reader.run(ServiceQuery(Selection(service="report-a-death"))).iloc[0]
    assert (tax["completion-rate.status"], silent["transactions.status"]) == ("not reported",) * 2
    assert np.isnan(silent["transactions"])
    assert pd.isna(silent["transactions.start_at"])


def test_services_are_in_the_order_of_their_names(reader: Reader) -> None:
    # By letter, whatever the case; the sign before 'Report' comes before letters.
    expected = ["report-a-death", "book-a-test", "pay-a-toll", "tax-a-vehicle"]
    assert slugs(reader, ServiceQuery()) == expected
    assert slugs(reader, ServiceQuery(descending=True)) == expected[::-1]


def test_services_without_a_kpi_come_last_whichever_the_direction(reader: Reader) -> None:
    none = ["pay-a-toll", "report-a-death"]
    rising = ServiceQuery(sort_by="cost-per-transaction")
    falling = ServiceQuery(sort_by="cost-per-transaction", descending=True)
    assert slugs(reader, rising) == ["tax-a-vehicle", "book-a-test", *none]
    assert slugs(reader, falling) == ["book-a-test", "tax-a-vehicle", *none]


def test_services_with_the_same_value_are_in_the_order_of_their_slugs(reader: Reader) -> None:
    by_slug = ["book-a-test", "pay-a-toll", "report-a-death", "tax-a-vehicle"]
    for descending in (False, True):
        query = ServiceQuery(sort_by="user-satisfaction", descending=descending)
        assert slugs(reader, query) == by_slug


def test_a_page_is_a_part_of_the_whole_and_the_total_counts_all_pages(reader: Reader) -> None:
    whole = slugs(reader, ServiceQuery())
    page = ServiceQuery(limit=2, offset=1)
    assert slugs(reader, page) == whole[1:3]
    assert page.total(reader.run) == 4
    assert slugs(reader, ServiceQuery(limit=2, offset=4)) == []


def test_filters_and_ranges_narrow_down_services(reader: Reader) -> None:
    vehicles = ServiceQuery(Selection(agency="vehicles"))
    assert slugs(reader, vehicles) == ["book-a-test", "tax-a-vehicle"]
    at_least = Selection(ranges=(KpiRange("transactions", 300, None),))
    assert slugs(reader, ServiceQuery(at_least)) == ["pay-a-toll", "tax-a-vehicle"]
    both = Selection(category="Taxes", ranges=(KpiRange("transactions", None, 999),))
    assert slugs(reader, ServiceQuery(both)) == ["pay-a-toll"]
    assert ServiceQuery(both).total(reader.run) == 1


def test_no_services_give_the_same_columns(reader: Reader) -> None:
    none = reader.run(ServiceQuery(Selection(q="nothing like it")))
    assert len(none) == 0
    assert list(none.columns) == list(reader.run(ServiceQuery()).columns)


def test_sorting_by_anything_else_is_refused(reader: Reader) -> None:
    with pytest.raises(ValueError, match=r"Cannot sort by 'colour': use one of name, cost"):
        reader.run(ServiceQuery(sort_by="colour"))


def test_an_empty_database_has_no_services(tmp_path: Path) -> None:
    reader = Reader(empty_engine(tmp_path), Kept())
    assert len(reader.run(ServiceQuery(sort_by="transactions"))) == 0


def test_ten_thousand_services_are_sorted_and_paged(tmp_path: Path) -> None:
    engine = empty_engine(tmp_path)
    with engine.begin() as connection:
        connection.execute(insert(organisation).values(id=1, slug="all", name="All"))
        names = [{"slug": f"s{n}", "name": f"Service {n}"} for n in range(10_000)]
        connection.execute(insert(service), [{**row, "organisation_id": 1} for row in names])
        # Service ids count from 1: service s0 has 0 millionths, s9999 the most.
        period = {"period": "year", "start_at": 0, "end_at": 31_536_000, "denominator": None}
        rows = [
            {"service_id": n + 1, "kpi": slug, "numerator": n, **period}
            for n in range(10_000)
            for slug in SLUGS
        ]
        connection.execute(insert(latest_figure), rows)
    reader = Reader(engine, Kept())
    page = reader.run(ServiceQuery(sort_by="transactions", descending=True, limit=3))
    assert page["slug"].tolist() == ["s9999", "s9998", "s9997"]

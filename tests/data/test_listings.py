"""Pages of the list of services and their trend lines; figures: fixtures.small_world."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.listings import ListingReader
from data.reader import Reader
from data.selection import Selection
from data.services import ServiceQuery
from data.trends import TrendQuery
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import empty_engine, report, small_world

MONTHLY = "transactions-by-channel"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = small_world(tmp_path_factory.mktemp("listings"))
    yield Reader(engine, Kept())
    engine.dispose()


def line(reader: Reader, slug: str, kpi: str) -> pd.DataFrame:
    found = reader.run(ServiceQuery(Selection(service=slug)))
    trends = reader.run(TrendQuery(tuple(found["service"].tolist())))
    return trends[trends["kpi"] == kpi]


def test_a_page_says_how_many_services_are_left_of_how_many(reader: Reader) -> None:
    page = ListingReader(reader.run, 2).page(ServiceQuery(Selection(category="Taxes")), 1)
    assert (page.total, page.services, page.pages) == (2, 4, 1)
    assert (page.first, page.last) == (1, 2)


def test_pages_do_not_overlap(reader: Reader) -> None:
    pages = [ListingReader(reader.run, 3).page(ServiceQuery(), number) for number in (1, 2)]
    assert [len(page.frame) for page in pages] == [3, 1]
    assert not set(pages[0].frame["slug"]) & set(pages[1].frame["slug"])
    assert (pages[1].first, pages[1].last) == (4, 4)


def test_beyond_the_last_page_is_the_last_page(reader: Reader) -> None:
    assert ListingReader(reader.run, 3).page(ServiceQuery(), 99).number == 2


def test_no_services_are_one_empty_page(reader: Reader) -> None:
    page = ListingReader(reader.run, 3).page(ServiceQuery(Selection(q="nothing like it")), 1)
    assert (page.total, page.number, page.pages, len(page.frame), len(page.trends)) == (
        0,
        1,
        1,
        0,
        0,
    )


def test_an_empty_database_has_an_empty_page(tmp_path: Path) -> None:
    reader = Reader(empty_engine(tmp_path), Kept())
    page = ListingReader(reader.run, 3).page(ServiceQuery(), 1)
    assert (page.total, page.services) == (0, 0)


def test_a_trend_is_of_the_years_as_published(reader: Reader) -> None:
    volumes = line(reader, "tax-a-vehicle", "transactions")
    assert volumes["value"].tolist() == [900, 1000]
    assert volumes["end_at"].tolist() == [pd.Timestamp("2016-10-01"), pd.Timestamp("2017-10-01")]
    # 600 of 900, then 800 of 1000.
    take_up = line(reader, "tax-a-vehicle", "digital-take-up")
    assert take_up["value"].tolist() == pytest.approx([2 / 3, 0.8])


def test_a_service_that_reports_nothing_has_no_line(reader: Reader) -> None:
    assert line(reader, "report-a-death", "transactions").empty


def test_a_service_of_a_single_year_has_a_line_of_its_months(tmp_path: Path) -> None:
    engine = small_world(tmp_path)
    months = [date(2016, month, 1) for month in range(1, 13)]
    records = [
        {
            "_id": str(month),
            "_timestamp": f"{month}T00:00:00Z",
            "period": "month",
            "channel": "digital",
            "count": month.month,
        }
        for month in months
    ]
    group = {"group": "report-a-death", "service": "report-a-death"}
    report(engine, MONTHLY, records, **group)
    volumes = line(Reader(engine, Kept()), "report-a-death", "transactions")
    assert volumes["period"].tolist() == ["month"] * 12
    assert volumes["value"].tolist() == list(range(1, 13))

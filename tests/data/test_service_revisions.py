"""A write is new at once wherever it can be seen, and leaves what other services' answers rest on.

On SQLite here and on PostgreSQL where the tests run against it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from config import Settings
from data.annotations import BeforeAfterQuery
from data.dashboard import DashboardQuery
from data.data_set_page import data_set_page
from data.declarations import DeclarationsQuery
from data.deliveries import Sender, deliver, rehearse
from data.entries import Batch, DataSetEntry, DataSetKey, DeclarationEntry, Delivery
from data.journeys import MessagesQuery, StagesQuery, StageTrendQuery
from data.live import LiveQuery
from data.normal import NormalQuery
from data.organisations import DataSetQuery
from data.overview import overview
from data.own_kpi_queries import OwnKpisQuery, OwnPartsQuery
from data.projections import ProjectionQuery, TargetQuery
from data.queries import CatalogueQuery, KpiQuery, LatestQuery, MeasurementQuery, Query, Run
from data.reader import Reader
from data.revisions import Revision
from data.selection import Selection
from data.services import ServiceQuery
from data.sources import ReachQuery, SourceQuery
from kpi.dashboard import Dashboard
from kpi.ranges import KpiRange
from tests.data.world import (
    AGENCY,
    ALLOWANCE,
    DEPARTMENT,
    NOW,
    PENSION,
    World,
    channels,
    counted,
    record,
    summaries,
    typed,
)
from tests.fixtures.kept import Kept

SERVICES = ("allowance", "pension")
KEY = DataSetKey("allowance", "transactions-by-channel")


def of_one(slug: str) -> list[Query]:
    """Every question that is about one service."""
    about = Selection(service=slug)
    kpis = KpiQuery(about, period="month")
    return [
        CatalogueQuery(about),
        kpis,
        NormalQuery(kpis),
        MeasurementQuery(slug),
        MeasurementQuery(slug, "live-users", "instant"),
        LiveQuery(about),
        ReachQuery(slug),
        ReachQuery(slug, live=True),
        SourceQuery(slug),
        SourceQuery(slug, live=True),
        StagesQuery(slug),
        StageTrendQuery(slug, "start"),
        MessagesQuery(slug),
        ProjectionQuery(slug),
        TargetQuery(slug),
        DeclarationsQuery(slug, "annotation"),
        OwnKpisQuery(slug),
        OwnPartsQuery(slug, "none"),
        BeforeAfterQuery(slug, "none"),
        DataSetQuery(slug),
        DashboardQuery(slug),
    ]


@pytest.fixture
def two(world: World) -> World:
    """Two services that reported two months each, and how many use them now."""
    for slug in SERVICES:
        months = [counted(f"2019-0{n}-01", "digital", 1000 * n, "month") for n in (3, 4)]
        world.send(channels(*months, service=slug))
        count(world, slug, 0, 5)
        note(world, slug, "first")
    return world


def count(world: World, slug: str, minute: int, people: int) -> None:
    moment = f"2019-05-01T12:{minute:02}:00Z"
    world.send(typed("realtime", {"_timestamp": moment, "unique_visitors": people}, service=slug))


def note(world: World, slug: str, text: str) -> None:
    """A record that means no figure."""
    world.send(typed("notes", {"_id": text, "text": text}, service=slug))


def april(world: World, slug: str, transactions: int) -> None:
    """Another number for April 2019."""
    again = counted("2019-04-01", "digital", transactions, "month", "2019-04-01.month.digital")
    world.send(channels(again, service=slug))


def declared(world: World, slug: str, title: str) -> None:
    entry = DeclarationEntry(slug, "annotation", "note", {"start_at": "2019-04-01", "title": title})
    deliver(world.engine, Delivery(declarations=[entry]), Sender("a test", now=NOW))


def in_april(reader: Reader, slug: str) -> float:
    found = reader.run(KpiQuery(Selection(service=slug), "month", kpis=("transactions",)))
    return float(found.loc[found["start_at"] == "2019-04-01", "value"].iloc[0])


def dashboard(reader: Reader, slug: str) -> Dashboard:
    found: Any = reader.run(DashboardQuery(slug))
    assert isinstance(found, Dashboard)
    return found


WRITES: dict[str, Callable[[World, str], None]] = {
    "figures": lambda world, slug: april(world, slug, 4500),
    "live users": lambda world, slug: count(world, slug, 1, 7),
    "records without figures": lambda world, slug: note(world, slug, "second"),
    "a declaration": lambda world, slug: declared(world, slug, "New form"),
}


@pytest.mark.parametrize("kind", WRITES)
def test_a_write_leaves_every_answer_about_another_service(two: World, kind: str) -> None:
    reader = Reader(two.engine, Kept())
    kept = [reader.run(query) for query in of_one("pension")]
    WRITES[kind](two, "allowance")
    again = [reader.run(query) for query in of_one("pension")]
    assert [one is other for one, other in zip(kept, again, strict=True)] == [True] * len(kept)


@pytest.mark.parametrize("kind", WRITES)
def test_whatever_is_written_the_answers_are_those_without_a_cache(two: World, kind: str) -> None:
    reader = Reader(two.engine, Kept())
    for slug in SERVICES:
        for query in of_one(slug):
            reader.run(query)
    WRITES[kind](two, "allowance")
    fresh = Reader(two.engine, Kept())
    for slug in SERVICES:
        for query in of_one(slug):
            assert told(reader.run(query)) == told(fresh.run(query)), query


def told(answer: object) -> str:
    """All that an answer says."""
    to_json = getattr(answer, "to_json", None)
    return (
        str(to_json(orient="split", date_format="iso", default_handler=str))
        if to_json
        else repr(answer)
    )


def test_figures_are_new_at_once_in_the_service_in_totals_and_in_lists(two: World) -> None:
    reader, settings = Reader(two.engine, Kept()), Settings(complete_enough_percent=1)
    total = KpiQuery(period="month", kpis=("transactions",), over_services=True)

    def seen() -> tuple[float, ...]:
        shown = overview(reader, settings, Selection(), None)
        assert shown is not None
        busiest = shown.busiest.frame.set_index("service")["value"]
        return (
            in_april(reader, "allowance"),
            in_april(reader, "pension"),
            float(reader.run(total)["value"].iloc[-1]),
            float(busiest["allowance"]),
        )

    assert seen() == (4000, 4000, 8000, 4000)
    april(two, "allowance", 4500)
    assert seen() == (4500, 4000, 8500, 4500)
    april(two, "pension", 10)
    assert seen() == (4500, 10, 4510, 4500)


def test_a_summary_of_many_services_is_new_at_once_in_each(two: World) -> None:
    reader = Reader(two.engine, Kept())

    def years(slug: str) -> list[float]:
        ends = date(2017, 10, 1), date(2018, 10, 1)
        query = KpiQuery(Selection(service=slug), "year", *ends, kpis=("transactions",))
        return list(reader.run(query)["value"])

    def year(slug: str, transactions: int) -> dict[str, Any]:
        return record("2017-10-01", "year", service=slug, transactions=transactions)

    assert [years(slug) for slug in SERVICES] == [[], []]
    two.send(summaries(year("allowance", 100), year("pension", 200)))
    assert [years(slug) for slug in SERVICES] == [[100], [200]]
    two.send(summaries(year("pension", 300)))
    assert [years(slug) for slug in SERVICES] == [[100], [300]]


def test_a_name_of_an_organisation_is_new_at_once_everywhere(two: World) -> None:
    reader = Reader(two.engine, Kept())

    def names() -> set[str]:
        found = [reader.run(CatalogueQuery())]
        found += [reader.run(CatalogueQuery(Selection(service=slug))) for slug in SERVICES]
        pages = {str(dashboard(reader, slug).service["department_name"]) for slug in SERVICES}
        return {name for frame in found for name in frame["department_name"]} | pages

    assert names() == {"Department for Work"}
    two.send(organisations=[replace(DEPARTMENT, name="Ministry of Work"), AGENCY])
    assert names() == {"Ministry of Work"}


def test_a_service_that_is_no_longer_published_is_gone_at_once_everywhere(two: World) -> None:
    reader = Reader(two.engine, Kept())

    def seen() -> list[bool]:
        return [
            "allowance" in set(reader.run(CatalogueQuery())["slug"]),
            not reader.run(CatalogueQuery(Selection(service="allowance"))).empty,
            not reader.run(MeasurementQuery("allowance")).empty,
            reader.run(DashboardQuery("allowance")) is not None,
            "allowance" in set(reader.run(DataSetQuery())["service"]),
            not reader.run(DataSetQuery("allowance")).empty,
        ]

    assert seen() == [True] * 6
    two.send(services=[replace(ALLOWANCE, published=False)])
    assert seen() == [False] * 6
    two.send(services=[replace(ALLOWANCE, published=True)])
    assert seen() == [True] * 6


def test_a_data_set_that_moves_to_another_service_is_new_at_once_in_both(two: World) -> None:
    reader = Reader(two.engine, Kept())

    def devices(slug: str) -> list[float]:
        found = reader.run(MeasurementQuery(slug, "devices", "month"))
        return list(found.loc[found["category"] == "mobile", "value"])

    entry = DataSetEntry("phones", "devices", service="allowance")
    two.send(Batch(entry, [record("2019-04-01", "month", device="mobile", count=9)]))
    assert [devices(slug) for slug in SERVICES] == [[9], []]
    moved = replace(entry, service="pension")
    deliver(two.engine, Delivery(data_sets=[moved]), Sender("a test", now=NOW))
    assert [devices(slug) for slug in SERVICES] == [[], [9]]


def test_records_are_new_at_once_on_the_page_of_their_data_set(two: World) -> None:
    reader = Reader(two.engine, Kept())

    def records() -> int:
        page = data_set_page(reader, "allowance", "notes")
        assert page is not None
        return page.data_set.facts.records

    assert records() == 1
    note(two, "allowance", "second")
    assert records() == 2


def test_the_revision_of_a_service_is_that_of_its_last_change(two: World) -> None:
    reader = Reader(two.engine, Kept())

    def revision(slug: str) -> Revision:
        with reader.about(slug):
            return reader.revision()

    before, whole = {slug: revision(slug) for slug in SERVICES}, reader.revision()
    later = Sender("a test", now=NOW + timedelta(hours=1))
    again = counted("2019-04-01", "digital", 4500, "month", "2019-04-01.month.digital")
    two.send(Batch(KEY, [again]), sender=later)
    assert reader.revision().number == whole.number + 1
    assert revision("pension") == before["pension"]
    assert revision("allowance").number == whole.number + 1
    assert revision("allowance").updated_at == before["allowance"].updated_at + 3600
    # Who is not there has what concerns all.
    assert revision("nobody").number <= before["allowance"].number


def test_what_is_only_tried_moves_no_revision(two: World) -> None:
    reader = Reader(two.engine, Kept())
    kept = dashboard(reader, "allowance")
    batch = Batch(KEY, [counted("2019-04-01", "digital", 1, "month", "2019-04-01.month.digital")])
    rehearse(two.engine, Delivery(batches=[batch]), Sender("a test"), lambda _connection: None)
    assert dashboard(reader, "allowance") is kept


@dataclass(frozen=True)
class Narrow(Query):
    """Says that it rests on one service."""

    inner: Query

    @property
    def service_alone(self) -> str:
        return "allowance"

    def execute(self, connection: Connection, run: Run, today: date) -> Any:  # noqa: ARG002
        return run(self.inner)


WIDER: list[Query] = [
    CatalogueQuery(),
    CatalogueQuery(Selection(organisation="work")),
    CatalogueQuery(Selection(service="allowance", ranges=(KpiRange("transactions", 1, None),))),
    CatalogueQuery(Selection(service="pension")),
    LatestQuery(),
    KpiQuery(period="month"),
    ServiceQuery(Selection(service="allowance")),
    MeasurementQuery("pension"),
    LiveQuery(),
    DataSetQuery(),
]


@pytest.mark.parametrize("inner", WIDER, ids=repr)
def test_a_question_about_one_service_cannot_rest_on_more(two: World, inner: Query) -> None:
    reader = Reader(two.engine, Kept())
    with pytest.raises(TypeError, match=r"Narrow.* is kept for longer than what it rests on"):
        reader.run(Narrow(inner))
    with reader.about("allowance"), pytest.raises(TypeError, match="more than the service"):
        reader.run(inner)


class ReaderOfAMoment(Reader):
    """A reader for whom it stays the same minute."""

    def clock(self) -> datetime:
        return datetime(2019, 5, 1, 9, 30, tzinfo=UTC)


def test_what_is_made_of_answers_about_one_service_is_kept_while_others_change(two: World) -> None:
    reader = ReaderOfAMoment(two.engine, Kept())
    made = iter(range(9))

    def drawn() -> int:
        with reader.about("allowance"):
            return reader.keep("page", lambda: next(made))

    assert drawn() == 0
    april(two, "pension", 1)
    count(two, "pension", 1, 9)
    assert drawn() == 0
    april(two, "allowance", 1)
    assert drawn() == 1
    count(two, "allowance", 1, 9)
    assert drawn() == 2
    two.send(services=[replace(PENSION, name="Pension of the state")])
    assert drawn() == 3

"""The questions, on figures worked by hand: fixtures.small_world, and what each test sends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from sqlalchemy import event

from data.organisations import DataSetQuery, OrganisationQuery
from data.queries import CatalogueQuery, CoverageQuery, KpiQuery, LatestQuery, MeasurementQuery
from data.reader import Reader
from data.selection import KpiRange, Selection
from tests.data.world import World, channels, counted, record, summaries, typed
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import small_world

YEAR = (date(2016, 10, 1), date(2017, 10, 1))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = small_world(tmp_path_factory.mktemp("queries"))
    yield Reader(engine, Kept())
    engine.dispose()


class ReaderOf2019(Reader):
    """A reader for whom it is 1 May 2019."""

    def clock(self) -> datetime:
        return datetime(2019, 5, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def reader(world: World) -> Reader:
    return ReaderOf2019(world.engine, Kept())


def chosen(reader: Reader, **filters: object) -> set[str]:
    return set(reader.run(CatalogueQuery(Selection(**filters)))["slug"])  # type: ignore[arg-type]


def told(rows: pd.DataFrame, of: str, *columns: str) -> list[object]:
    return [rows[column].to_dict()[of] for column in columns]


def test_without_a_filter_there_are_all_services_by_name(small: Reader) -> None:
    names = small.run(CatalogueQuery())["name"].tolist()
    assert names == ["=Report a death", "Book a test", "Pay a toll", "Tax a vehicle"]


def test_a_departments_services_are_its_agencies_and_its_own(small: Reader) -> None:
    found = {"tax-a-vehicle", "book-a-test", "pay-a-toll"}
    assert chosen(small, department="transport") == found
    assert chosen(small, organisation="transport") == found
    assert chosen(small, organisation="treasury") == {"report-a-death"}


def test_an_agencys_services_are_its_own(small: Reader) -> None:
    assert chosen(small, agency="vehicles") == {"tax-a-vehicle", "book-a-test"}
    assert chosen(small, organisation="vehicles") == {"tax-a-vehicle", "book-a-test"}
    assert chosen(small, department="vehicles") == set()


def test_a_service_of_the_department_itself_has_no_agency(small: Reader) -> None:
    row = small.run(CatalogueQuery(Selection(service="pay-a-toll"))).iloc[0]
    assert (row["department"], row["department_name"], row["department_abbreviation"]) == (
        "transport",
        "Department for Transport",
        "DfT",
    )
    assert (row["agency"], row["agency_name"]) == ("", "")


def test_filters_are_all_met_at_once(small: Reader) -> None:
    assert chosen(small, category="Taxes") == {"tax-a-vehicle", "pay-a-toll"}
    assert chosen(small, category="Taxes", customer_type="Citizens") == {"tax-a-vehicle"}
    assert chosen(small, category="Taxes", department="treasury") == set()


@pytest.mark.parametrize(
    ("q", "slugs"),
    [
        ("VEHICLE", {"tax-a-vehicle", "book-a-test"}),
        ("tax vehicle", {"tax-a-vehicle"}),
        ("dft toll", {"pay-a-toll"}),
        ("road", {"tax-a-vehicle"}),
        ("  ", {"tax-a-vehicle", "book-a-test", "pay-a-toll", "report-a-death"}),
        ("%", set()),
        ("_", set()),
        ("tax nothing", set()),
    ],
)
def test_every_word_is_looked_for_in_names_and_descriptions(
    small: Reader, q: str, slugs: set[str]
) -> None:
    assert chosen(small, q=q) == slugs


def test_a_range_keeps_services_whose_latest_figure_lies_in_it(small: Reader) -> None:
    # £0.50 and £2.00; 80%, 95%.
    cheap = KpiRange("cost-per-transaction", most=0.5)
    assert chosen(small, ranges=(cheap,)) == {"tax-a-vehicle"}
    dear = KpiRange("cost-per-transaction", least=0.51)
    assert chosen(small, ranges=(dear,)) == {"book-a-test"}
    both = (KpiRange("digital-take-up", 0.8, 0.95), cheap)
    assert chosen(small, ranges=both) == {"tax-a-vehicle"}


def test_kpis_over_services_add_up_and_say_of_how_many(small: Reader) -> None:
    query = KpiQuery(start_at=YEAR[0], end_at=YEAR[1], over_services=True)
    rows = small.run(query).set_index("kpi")
    names = ("numerator", "denominator", "services_reporting", "services")
    # (500 + 400) ÷ (1000 + 200); (800 + 190) ÷ (1000 + 200); 1000 + 200 + 300.
    assert told(rows, "cost-per-transaction", *names) == [900, 1200, 2, 4]
    assert told(rows, "digital-take-up", *names) == [990, 1200, 2, 4]
    assert told(rows, "cost-per-transaction", "value") == [0.75]
    assert told(rows, "transactions", "value", "services_reporting") == [1500, 3]


def test_kpis_are_those_of_periods_that_lie_within(small: Reader) -> None:
    both = KpiQuery(start_at=date(2015, 10, 1), end_at=date(2017, 10, 1), kpis=("transactions",))
    rows = small.run(both)
    tax = rows[rows["service"] == "tax-a-vehicle"]
    assert tax["value"].tolist() == [900, 1000]
    short = KpiQuery(start_at=date(2015, 10, 1), end_at=date(2017, 9, 30), kpis=("transactions",))
    assert small.run(short)["value"].tolist() == [900]


def test_kpis_by_agency_keep_a_departments_own_services_apart(small: Reader) -> None:
    query = KpiQuery(start_at=YEAR[0], end_at=YEAR[1], kpis=("transactions",), by="agency")
    rows = small.run(query).set_index("group")
    names = ("value", "services_reporting", "services")
    assert told(rows, "vehicles", *names) == [1200, 2, 2]
    assert told(rows, "", *names) == [300, 1, 2]


def test_organisations_count_their_own_services_and_their_agencies(small: Reader) -> None:
    rows = small.run(OrganisationQuery()).set_index("slug")
    assert rows["services"].to_dict() == {"transport": 3, "treasury": 1, "vehicles": 2}
    assert rows["department"].to_dict() == {
        "transport": "",
        "treasury": "",
        "vehicles": "transport",
    }


def test_a_write_makes_the_next_answer_fresh(world: World, reader: Reader) -> None:
    query = MeasurementQuery("allowance", period="day")
    world.send(channels(counted("2017-10-02", "digital", 40)))
    assert reader.run(query)["value"].tolist() == [40, 40]
    world.send(channels(counted("2017-10-02", "digital", 41)))
    assert reader.run(query)["value"].tolist() == [41, 41]


def test_an_unchanged_question_is_not_asked_of_the_database_twice(
    world: World, reader: Reader
) -> None:
    asked: list[str] = []

    @event.listens_for(world.engine, "before_cursor_execute")
    def _note(_c: object, _u: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT") and "FROM revision" not in statement:
            asked.append(statement)

    query = KpiQuery(Selection(q="pension"))
    reader.run(query)
    assert len(asked) == 2
    reader.run(KpiQuery(Selection(q="pension")))
    assert len(asked) == 2


def test_questions_that_differ_are_kept_apart(world: World, reader: Reader) -> None:
    year = record("2016-10-01", "year", service="pension", transactions=5)
    world.send(summaries(year, {**year, "_id": "other", "service": "allowance", "transactions": 7}))
    for service, value in (("pension", 5), ("allowance", 7)):
        query = KpiQuery(Selection(service=service), kpis=("transactions",))
        assert reader.run(query)["value"].tolist() == [value]


def test_coverage_counts_services_that_reported_a_whole_period(
    world: World, reader: Reader
) -> None:
    quarters = [f"2016-{month:02}-01" for month in (1, 4, 7, 10)]
    world.send(
        summaries(
            *(record(q, "quarter", "", service="pension", transactions=1) for q in quarters),
            *(record(q, "quarter", "", service="allowance", transactions=1) for q in quarters[:3]),
        )
    )
    rows = reader.run(CoverageQuery("quarter"))
    assert rows["services_reporting"].tolist() == [2, 2, 2, 1]
    assert rows["services"].tolist() == [2] * 4
    assert rows["end_at"].iloc[-1] == pd.Timestamp("2017-01-01")
    years = reader.run(CoverageQuery("year"))
    assert years[["start_at", "services_reporting"]].to_numpy().tolist() == [
        [pd.Timestamp("2016-01-01"), 1]
    ]


def test_coverage_leaves_out_what_weeks_add_up_to_as_the_kpis_do(
    world: World, reader: Reader
) -> None:
    weeks = [f"2017-10-{day:02}" for day in (2, 9, 16, 23)]
    world.send(channels(*(counted(day, "digital", 10, "week") for day in weeks)))
    assert reader.run(CoverageQuery("month")).empty
    assert reader.run(CoverageQuery("week"))["services_reporting"].tolist() == [1] * 4
    month = reader.run(KpiQuery(period="month", kpis=("transactions",)))
    assert (month["value"].tolist(), month["status"].tolist()) == ([40], ["partial"])


def test_coverage_of_nothing_has_no_periods(reader: Reader) -> None:
    assert reader.run(CoverageQuery("year")).empty


def test_a_period_that_is_not_over_is_partial_and_not_covered(world: World, reader: Reader) -> None:
    world.send(
        channels(
            counted("2019-04-01", "digital", 30, "month"),
            counted("2019-05-01", "digital", 1, "month"),
        )
    )
    rows = reader.run(MeasurementQuery("allowance", period="month"))
    totals = rows[rows["category"] == ""]
    assert totals["status"].tolist() == ["reported", "partial"]
    assert reader.run(CoverageQuery("month"))["start_at"].tolist() == [pd.Timestamp("2019-04-01")]


def test_measurements_are_told_by_category_in_the_order_of_time(
    world: World, reader: Reader
) -> None:
    world.send(
        channels(
            counted("2017-10-03", "post", 2),
            counted("2017-10-02", "digital", 40),
            counted("2017-10-02", "post", 1),
            counted("2017-10-09", "post", 9, "week"),
        )
    )
    query = MeasurementQuery("allowance", "transactions-by-channel", "day")
    rows = reader.run(query)
    assert rows[["service", "category", "value"]].to_numpy().tolist() == [
        ["allowance", "digital", 40],
        ["allowance", "post", 1],
        ["allowance", "post", 2],
    ]


def test_measurements_are_those_of_periods_that_lie_within(world: World, reader: Reader) -> None:
    weeks = ("2017-10-02", "2017-10-23", "2017-10-30")
    world.send(channels(*(counted(day, "digital", 10, "week") for day in weeks)))
    query = MeasurementQuery(
        "allowance", "transactions-by-channel", "week", date(2017, 10, 3), date(2017, 11, 1)
    )
    assert reader.run(query)["start_at"].tolist() == [pd.Timestamp("2017-10-23")]


def test_live_users_are_told_with_their_time(world: World, reader: Reader) -> None:
    at = "2014-06-03T13:49:03+00:00"
    world.send(typed("realtime", {"_id": at, "_timestamp": at, "unique_visitors": 39}))
    rows = reader.run(MeasurementQuery("allowance", "live-users", "instant"))
    assert rows["start_at"].tolist() == [pd.Timestamp("2014-06-03 13:49:03")]
    assert rows[["value", "status"]].to_numpy().tolist() == [[39, "reported"]]


def test_measurements_of_a_service_that_there_is_not_are_none(reader: Reader) -> None:
    assert reader.run(MeasurementQuery("nobody")).empty


def latest(reader: Reader) -> pd.DataFrame:
    return reader.run(LatestQuery()).set_index("kpi")


def test_the_latest_figure_is_the_later_of_a_published_year_and_twelve_months(
    world: World, reader: Reader
) -> None:
    year = record("2016-10-01", "year", service="allowance", transactions=1000)
    world.send(summaries(year))
    row = latest(reader).loc["transactions"]
    assert (row["period"], row["value"]) == ("year", 1000)
    months = [(2016, month) for month in (11, 12)] + [(2017, month) for month in range(1, 11)]
    world.send(channels(*(counted(f"{y}-{m:02}-01", "digital", 50, "month") for y, m in months)))
    row = latest(reader).loc["transactions"]
    assert (row["period"], row["value"]) == ("twelve months", 600)
    assert (row["start_at"], row["end_at"]) == (
        pd.Timestamp("2016-11-01"),
        pd.Timestamp("2017-11-01"),
    )


def test_the_published_year_goes_before_the_twelve_months_of_the_same_time(
    world: World, reader: Reader
) -> None:
    starts = ("2016-10-01", "2017-01-01", "2017-04-01", "2017-07-01")
    quarters = [record(day, "quarter", service="allowance", transactions=300) for day in starts]
    world.send(
        summaries(*quarters, record("2016-10-01", "year", service="allowance", transactions=1234))
    )
    row = latest(reader).loc["transactions"]
    assert (row["period"], row["value"]) == ("year", 1234)


def test_eleven_months_are_no_year(world: World, reader: Reader) -> None:
    months = [counted(f"2017-{m:02}-01", "digital", 50, "month") for m in range(1, 12)]
    world.send(channels(*months))
    assert latest(reader).empty
    world.send(channels(counted("2017-12-01", "digital", 50, "month")))
    assert latest(reader).loc["transactions", "value"] == 600


def test_the_latest_cost_per_transaction_divides_sums_of_twelve_months(
    world: World, reader: Reader
) -> None:
    firsts = [f"2017-{month:02}-01" for month in range(1, 13)]
    world.send(
        channels(*(counted(day, "digital", 10 * n, "month") for n, day in enumerate(firsts, 1))),
        typed("cost-per-transaction", *(record(day, "month", total_cost=78) for day in firsts)),
    )
    row = latest(reader).loc["cost-per-transaction"]
    # 12 × £78 ÷ (10 + 20 + … + 120 = 780); the mean of the months' rates would be £2.02.
    assert (row["numerator"], row["denominator"], row["value"]) == (936, 780, 1.2)


def test_the_latest_figure_goes_when_its_records_do(world: World, reader: Reader) -> None:
    year = record("2016-10-01", "year", service="allowance", transactions=1000)
    world.send(summaries(year))
    world.send(summaries({**year, "service": "pension"}))
    services = reader.run(CatalogueQuery()).set_index("service")["slug"]
    assert reader.run(LatestQuery())["service"].map(services).tolist() == ["pension"]


def test_data_sets_say_what_they_are_about_and_when_they_last_changed(
    world: World, reader: Reader
) -> None:
    stages = ("start", "done")
    world.send(
        typed("journey", record("2017-10-02", "week", stage="start", count=5), stages=stages)
    )
    row = reader.run(DataSetQuery("allowance")).iloc[0]
    assert (row["group"], row["type"], row["service"]) == ("allowance", "journey", "allowance")
    assert row["stages"] == ["start", "done"]
    assert row["updated_at"] == datetime(2019, 5, 1, 12, tzinfo=UTC).timestamp()
    assert reader.run(DataSetQuery("pension")).empty

"""The catalogue: what anyone may read, searched, filtered and paged; counted from the records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from data.data_set_catalogue import DataSetListingQuery, DataSetSelection, listing
from data.data_sets import put
from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetEntry, Delivery, ServiceEntry
from data.reader import Reader
from kpi.data_sets import DataSet, Length, Listing, Named, moment
from tests.data.world import ALLOWANCE, NOW, World, channels, counted, record, typed
from tests.fixtures.kept import Kept

SENDER = Sender("a test", now=NOW)
CLAIMS = channels(
    counted("2017-10-02", "digital", 40, "week"),
    counted("2017-10-02", "paper", 60, "week"),
    counted("2017-10-16", "digital", 50, "week"),
)
LOADING = DataSetEntry("pension", "page-load-time", service="pension")


@pytest.fixture
def reader(world: World) -> Reader:
    """Two weeks of claims with one missing between them, and how fast pages of the pension load."""
    world.send(CLAIMS)
    put(world.engine, LOADING, SENDER)
    return Reader(world.engine, Kept())


def asked(reader: Reader, number: int = 1, size: int = 25, **selection: Any) -> Listing:
    return listing(reader, DataSetListingQuery(DataSetSelection(**selection), number, size))


def addresses(found: Listing) -> list[str]:
    return [one.address for one in found.shown]


def one(reader: Reader, address: str, **selection: Any) -> DataSet:
    (found,) = (item for item in asked(reader, **selection).shown if item.address == address)
    return found


def send(world: World, entry: DataSetEntry, *records: dict[str, Any]) -> None:
    deliver(world.engine, Delivery(batches=[Batch(entry, list(records))]), SENDER)


def test_a_data_set_is_told_with_what_it_is_about_and_who_runs_that(reader: Reader) -> None:
    found = one(reader, "allowance/transactions-by-channel")
    assert found.title == "Carers allowance: Transactions by channel"
    assert found.service == Named("allowance", "Carers allowance")
    assert found.organisation == Named("carers", "Carers Agency")
    assert found.department == Named("work", "Department for Work")
    assert (found.published, found.raw, found.max_age) == (True, False, 2_678_400)


def test_its_facts_are_counted_from_its_records(reader: Reader) -> None:
    facts = one(reader, "allowance/transactions-by-channel").facts
    assert facts.records == 3
    assert str(facts.first) == "2017-10-02 00:00:00+00:00"
    assert str(facts.newest) == str(facts.counts_from) == "2017-10-16 00:00:00+00:00"
    assert facts.updated_at == facts.issued_at == NOW
    # Of the weeks of 2, 9 and 16 October two have records.
    (weeks,) = facts.lengths
    assert weeks == Length("week", date(2017, 10, 2), date(2017, 10, 16), 2)
    assert weeks.expected == 3


def test_fields_are_those_of_its_type_and_what_else_its_records_have(
    world: World, reader: Reader
) -> None:
    more = record("2017-10-16", "week", channel="app", count=7, office="Leeds", urgent=True, cost=1)
    world.send(channels(more))
    fields = one(reader, "allowance/transactions-by-channel").fields
    assert [(item.name, item.kind, item.always) for item in fields] == [
        ("period", "text", True),
        ("channel", "text", True),
        ("count", "number", True),
        ("office", "text", False),
        ("urgent", "yes or no", False),
        ("cost", "number", False),
    ]
    assert [item.method for item in fields] == ["", "", "sum", "", "", ""]
    assert fields[3].example == "Leeds"


def test_without_records_the_fields_are_those_of_its_type(reader: Reader) -> None:
    found = one(reader, "pension/page-load-time")
    assert found.facts.records == 0
    assert "period" in [item.name for item in found.fields]
    assert {item.example for item in found.fields} == {None}


def test_visitors_are_added_up_for_each_stage_alone(world: World, reader: Reader) -> None:
    world.send(typed("journey", record("2017-10-02", "week", stage="start", count=9)))
    (count,) = (item for item in one(reader, "allowance/journey").fields if item.name == "count")
    assert (count.method, count.within) == ("sum", "stage")


def test_moments_are_put_together_as_means_and_counted_by_the_day(
    world: World, reader: Reader
) -> None:
    moments = ("2017-10-02T10:00:00", "2017-10-02T10:02:00", "2017-10-04T09:00:00")
    records = [{"_id": at, "_timestamp": at, "unique_visitors": 5} for at in moments]
    world.send(typed("realtime", *records, realtime=True))
    found = one(reader, "allowance/realtime")
    (days,) = found.facts.lengths
    assert days == Length("day", date(2017, 10, 2), date(2017, 10, 4), 2, days_seen=True)
    assert str(found.facts.newest) == "2017-10-04 09:00:00+00:00"
    assert found.fields[0].method == "mean"


def test_records_of_several_lengths_are_counted_by_each(world: World, reader: Reader) -> None:
    world.send(channels(counted("2017-09-01", "digital", 9, "month")))
    lengths = one(reader, "allowance/transactions-by-channel").facts.lengths
    assert [(item.period, item.there) for item in lengths] == [("week", 2), ("month", 1)]


def test_a_record_without_a_time_counts_as_of_its_write(world: World, reader: Reader) -> None:
    send(world, DataSetEntry("letters", "kinds"), {"_id": "a", "kind": "reply"})
    found = one(reader, "letters/kinds")
    assert found.title == "Letters: Kinds"
    assert (found.facts.first, found.facts.newest, found.facts.lengths) == (None, None, ())
    assert found.facts.counts_from == NOW
    assert [(item.name, item.kind) for item in found.fields] == [("kind", "text")]


def test_times_before_1970_are_counted_by_the_day_as_later_ones(
    world: World, reader: Reader
) -> None:
    times = ("1969-12-31T23:00:00", "1970-01-01T01:00:00")
    records = [{"_id": at, "_timestamp": at} for at in times]
    send(world, DataSetEntry("letters", "kinds"), *records)
    (days,) = one(reader, "letters/kinds").facts.lengths
    assert (days.there, days.expected) == (2, 2)


def test_every_word_of_a_search_is_looked_for_everywhere(reader: Reader) -> None:
    # The agency's name, its abbreviation with the title, the department's with the data type.
    for words in ("CARERS channel", "ca allowance", "dfw transactions"):
        assert addresses(asked(reader, q=words)) == ["allowance/transactions-by-channel"]
    assert addresses(asked(reader, q="page-load")) == ["pension/page-load-time"]
    assert asked(reader, q="carers passport").shown == ()
    assert asked(reader, q="%").shown == ()


def test_filters_are_by_organisation_service_and_type(reader: Reader) -> None:
    allowance, pension = "allowance/transactions-by-channel", "pension/page-load-time"
    assert addresses(asked(reader, organisation="work")) == [allowance, pension]
    assert addresses(asked(reader, organisation="carers")) == [allowance]
    assert addresses(asked(reader, service="pension")) == [pension]
    assert asked(reader, service="pension").service == Named("pension", "State pension")
    assert addresses(asked(reader, type="page-load-time")) == [pension]
    assert asked(reader, type="colour").shown == ()


def test_choices_count_what_they_would_leave(reader: Reader) -> None:
    choices = asked(reader, service="pension").choices
    found = {(item.field, item.value): item.data_sets for item in choices}
    assert found == {
        ("organisation", "carers"): 0,
        ("organisation", "work"): 1,
        ("type", "page-load-time"): 1,
        ("type", "transactions-by-channel"): 0,
    }


def test_one_data_type_is_one_choice_by_whatever_name(world: World, reader: Reader) -> None:
    world.send(typed("completion-rate", record("2017-10-02", "week", stage="a", count=9)))
    kinds = [item for item in asked(reader).choices if item.field == "type"]
    assert [item.data_sets for item in kinds if item.value == "journey"] == [1]
    assert addresses(asked(reader, type="journey")) == ["allowance/completion-rate"]


def test_a_page_is_part_of_the_whole_and_past_the_end_is_the_last_one(reader: Reader) -> None:
    found = asked(reader, number=9, size=1)
    assert (found.total, found.number, found.pages) == (2, 2, 2)
    assert addresses(found) == ["pension/page-load-time"]


def test_what_is_private_closed_or_of_an_unpublished_service_is_not_there(
    world: World, reader: Reader
) -> None:
    secret = ServiceEntry("secret", "A secret service", "work", published=False)
    world.send(services=[ALLOWANCE, secret])
    put(world.engine, DataSetEntry("secret", "journey", service="secret"), SENDER)
    put(world.engine, DataSetEntry("allowance", "errors", private=True), SENDER)
    put(world.engine, DataSetEntry("allowance", "browsers", queryable=False), SENDER)
    found = asked(reader, unpublished=True)
    assert addresses(found) == ["allowance/transactions-by-channel", "pension/page-load-time"]
    assert asked(reader, q="secret").shown == ()
    assert found.data_sets == 2
    assert found.unpublished == 0


def test_what_is_unpublished_is_counted_and_shown_when_asked_for(
    world: World, reader: Reader
) -> None:
    put(world.engine, replace(LOADING, published=False), SENDER)
    plain = asked(reader)
    assert addresses(plain) == ["allowance/transactions-by-channel"]
    assert (plain.data_sets, plain.unpublished) == (1, 1)
    assert not one(reader, "pension/page-load-time", unpublished=True).published


def test_what_is_written_is_told_at_once(world: World, reader: Reader) -> None:
    assert one(reader, "allowance/transactions-by-channel").facts.records == 3
    world.send(channels(counted("2017-10-23", "digital", 50, "week")))
    assert one(reader, "allowance/transactions-by-channel").facts.records == 4
    # What no KPI rests on moves another number on.
    moments = {"_id": "1", "_timestamp": "2017-10-02T10:00:00", "unique_visitors": 5}
    world.send(typed("realtime", moments))
    world.send(typed("realtime", {**moments, "_id": "2"}))
    assert one(reader, "allowance/realtime").facts.records == 2


def test_a_missing_age_is_never_late(world: World, reader: Reader) -> None:
    put(world.engine, replace(LOADING, max_age_expected=None), SENDER)
    assert one(reader, "pension/page-load-time").max_age is None


def test_only_records_of_the_data_sets_that_are_shown_are_read(world: World) -> None:
    for number in range(3):
        send(world, DataSetEntry(f"group-{number}", "kinds"), {"_id": "a"}, {"_id": "b"})
    statements: list[tuple[str, Any]] = []

    @event.listens_for(world.engine, "before_cursor_execute")
    def _note(_c: Any, _cursor: Any, statement: str, given: Any, _context: Any, _m: Any) -> None:
        statements.append((statement, given))

    assert len(asked(Reader(world.engine, Kept()), size=1).shown) == 1
    reads = [given for statement, given in statements if "FROM record" in statement]
    assert reads
    assert all(len(set(map(str, given)) & {"1", "2", "3"}) <= 1 for given in reads)


def test_an_empty_database_has_an_empty_catalogue(nothing: World) -> None:
    found = asked(Reader(nothing.engine, Kept()))
    assert (found.shown, found.total, found.pages) == ((), 0, 1)
    assert moment(None) is None

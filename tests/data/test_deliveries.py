"""The one way in: all of it or none of it, and the second time changes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import event, select

from data.deliveries import Sender, deliver
from data.entries import (
    Batch,
    DataSetEntry,
    DataSetKey,
    Delivery,
    OrganisationEntry,
    ServiceEntry,
)
from data.tables import audit
from data.validation import Rejected
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
    whole,
)

DEMONSTRATION = Sender("demonstration", demonstration=True, now=NOW)
YEAR = record("2016-10-01", "year", service="pension", transactions=500)


def test_records_become_figures_and_their_sums(world: World) -> None:
    world.send(channels(counted("2017-10-02", "digital", 40), counted("2017-10-02", "post", 10)))
    about = world.told(measure="transactions", period="day")
    day = ("allowance", "transactions")
    assert about == {
        (*day, "", "day", "2017-10-02"): whole(50, "day"),
        (*day, "digital", "day", "2017-10-02"): whole(40, "day"),
        (*day, "non-digital", "day", "2017-10-02"): whole(10, "day"),
    }
    assert world.total("week", "2017-10-02") == (50, "partial", 1, 7, "day")
    assert world.total("year", "2017-01-01") == (50, "partial", 1, 365, "day")


@pytest.mark.sqlite
def test_a_write_to_a_data_set_that_is_there_asks_nothing_twice(world: World) -> None:
    world.send(channels(counted("2017-10-02", "digital", 40)))
    asked: list[tuple[str, str]] = []

    def note(_connection: Any, _cursor: Any, words: str, given: Any, *_about: Any) -> None:
        asked.append((words, repr(given)))

    event.listen(world.engine, "before_cursor_execute", note)
    key = DataSetKey("allowance", "transactions-by-channel")
    write = Batch(key, [counted("2017-10-03", "digital", 50)])
    deliver(world.engine, Delivery(batches=[write]), Sender("a developer", now=NOW))
    assert [one for one, times in Counter(asked).items() if times > 1] == []
    assert world.total("week", "2017-10-02") == (90, "partial", 2, 7, "day")


def test_a_refused_delivery_leaves_every_row_and_the_revision_as_they_were(world: World) -> None:
    world.send(summaries(YEAR))
    before = world.rows()
    good = channels(counted("2017-10-02", "digital", 40))
    bad = channels(counted("2017-10-02", "digital", -1), service="pension")
    with pytest.raises(Rejected):
        world.send(good, bad, services=[replace(ALLOWANCE, name="Another name")])
    assert world.rows() == before


def test_a_delivery_that_fails_at_its_last_step_leaves_nothing_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    before = world.rows()
    monkeypatch.setattr("data.revisions.upsert", full)
    with pytest.raises(OSError, match="no space"):
        world.send(channels(counted("2017-10-02", "digital", 40)), services=[ALLOWANCE])
    assert world.rows() == before


def test_every_fault_of_every_batch_is_named_with_its_place_and_field(world: World) -> None:
    with pytest.raises(Rejected) as refused:
        world.send(
            channels(
                counted("2017-10-02", "digital", -1),
                counted("2017-10-03", "digital", 5),
                {"_timestamp": "2017-10-04", "period": "fortnight"},
            ),
            typed("journey", {"_id": "with space", "_timestamp": "yesterday", "count": -1}),
            summaries(record("2017-02-01", "quarter", service="nobody", transactions=5)),
        )
    places = [(fault.data_set, fault.position, fault.field) for fault in refused.value.faults]
    assert places == [
        ("allowance/transactions-by-channel", 1, "count"),
        ("allowance/transactions-by-channel", 3, "period"),
        ("allowance/transactions-by-channel", 3, "channel"),
        ("allowance/transactions-by-channel", 3, "count"),
        # What the contract refuses goes first, and is then told alone.
        ("allowance/journey", 1, "_timestamp"),
        ("allowance/journey", 1, "_id"),
        ("transactional-services/summaries", 1, "period"),
        ("transactional-services/summaries", 1, "service"),
    ]
    assert str(refused.value) == (
        "allowance/transactions-by-channel, record 1: count must be from 0 to a million million, "
        "not -1. There are 7 more faults. Nothing was written."
    )


def test_the_second_delivery_of_the_same_changes_nothing(world: World) -> None:
    batches = (
        channels(counted("2017-10-02", "digital", 40), counted("2017-10-02", "post", 10.5)),
        summaries({**YEAR, "cost_per_transaction": 1.84467}),
        typed("journey", record("2017-10-02", "week", stage="start", count=3), stages=("start",)),
    )
    world.send(*batches, services=[ALLOWANCE, PENSION])
    before = world.rows()
    receipt = world.send(*batches, services=[ALLOWANCE, PENSION])
    assert world.rows() == before
    assert not receipt.changed_anything
    assert receipt.revision == world.revision() == 2
    assert (receipt.counts["records"].new, receipt.counts["records"].same) == (0, 4)


def test_a_delivery_moves_the_revision_by_one(world: World) -> None:
    before = world.revision()
    receipt = world.send(summaries(YEAR), channels(counted("2017-10-02", "digital", 40)))
    assert receipt.revision == world.revision() == before + 1


def test_a_record_sent_again_replaces_its_figure(world: World) -> None:
    world.send(channels(counted("2017-10-02", "digital", 40)))
    receipt = world.send(channels(counted("2017-10-02", "digital", 41)))
    assert world.total("day", "2017-10-02") == whole(41, "day")
    assert world.total("month", "2017-10-01") == (41, "partial", 1, 31, "day")
    assert receipt.counts["records"].changed == 1


def test_a_record_that_moves_to_another_day_takes_its_figure_and_sums_along(world: World) -> None:
    world.send(channels(counted("2016-12-31", "digital", 40, key="one")))
    world.send(channels(counted("2017-10-02", "digital", 40, key="one")))
    starts = {start for *_, start in world.told()}
    assert starts == {"2017-10-02", "2017-10-01", "2017-01-01"}


def test_a_record_that_moves_to_another_channel_takes_its_figure_along(world: World) -> None:
    world.send(channels(counted("2017-10-02", "post", 40, key="one")))
    world.send(channels(counted("2017-10-02", "digital", 40, key="one")))
    assert world.total("day", "2017-10-02", "digital") == whole(40, "day")
    assert world.total("day", "2017-10-02") == whole(40, "day")
    assert not world.told(category="non-digital")
    assert not world.told(category="post")


def test_a_record_that_moves_to_another_service_takes_its_figure_along(world: World) -> None:
    world.send(summaries(YEAR))
    world.send(summaries({**YEAR, "service": "allowance"}))
    assert set(world.told()) == {("allowance", "transactions", "", "year", "2016-10-01")}


def test_a_year_of_days_that_moves_leaves_no_sum_behind(world: World) -> None:
    first = [
        counted(f"2015-{m:02}-{d:02}", "digital", 1) for m in range(1, 13) for d in range(1, 29)
    ]
    later = [{**item, "_timestamp": item["_timestamp"].replace("2015", "2018")} for item in first]
    world.send(channels(*first))
    world.send(channels(*later))
    assert {start[:4] for *_, start in world.told()} == {"2018"}
    assert world.total("year", "2018-01-01") == (336, "partial", 336, 365, "day")


def test_a_published_figure_replaces_the_sum_and_gives_way_to_it_again(world: World) -> None:
    months = [counted(f"2017-{month:02}-01", "digital", 100, "month") for month in (7, 8, 9)]
    world.send(channels(*months))
    assert world.total("quarter", "2017-07-01") == (300, "reported", 3, 3, "month")
    quarter = counted("2017-07-01", "digital", 299, "quarter", key="sum")
    world.send(channels(quarter))
    assert world.total("quarter", "2017-07-01") == whole(299, "quarter")
    world.send(channels({**quarter, "_timestamp": "2017-10-01T00:00:00Z"}))
    assert world.total("quarter", "2017-07-01") == (300, "reported", 3, 3, "month")


def test_two_batches_for_one_data_set_are_one(world: World) -> None:
    world.send(
        channels(counted("2017-10-02", "digital", 40, key="one")),
        channels(counted("2017-10-09", "digital", 7, key="one")),
    )
    assert {start for *_, start in world.told(period="day")} == {"2017-10-09"}


def test_text_in_another_field_named_service_moves_no_figure(world: World) -> None:
    elsewhere = {**counted("2017-10-02", "digital", 40), "service": "pension"}
    unknown = {**counted("2017-10-03", "digital", 40), "service": "anything"}
    world.send(channels(elsewhere, unknown))
    assert {service for service, *_ in world.told()} == {"allowance"}


def test_a_data_set_that_is_about_another_service_takes_its_figures_along(world: World) -> None:
    batch = channels(counted("2017-10-02", "digital", 40), counted("2017-10-03", "digital", 2))
    world.send(batch)
    world.send(replace(batch, data_set=replace(batch.entry, service="pension"), records=[]))
    assert {service for service, *_ in world.told()} == {"pension"}
    about = ("pension", "transactions", "", "month", "2017-10-01")
    assert world.told()[about] == (42, "partial", 2, 31, "day")


def test_a_journey_whose_stages_change_is_measured_by_the_new_ones(world: World) -> None:
    records = [
        record("2017-10-02", "week", stage=stage, count=count)
        for stage, count in (("start", 100), ("details", 60), ("done", 50))
    ]
    world.send(typed("journey", *records, stages=("start", "details", "done")))
    assert world.total("week", "2017-10-02", measure="journey-started") == whole(100, "week")
    receipt = world.send(typed("journey", stages=("details", "done")))
    assert world.total("week", "2017-10-02", measure="journey-started") == whole(60, "week")
    assert world.total("week", "2017-10-02", measure="journey-completed") == whole(50, "week")
    assert receipt.counts["data sets"].changed == 1


def test_a_new_title_alone_moves_the_revision_on(world: World) -> None:
    world.send(typed("journey", title="Before"))
    before = world.revision()
    world.send(typed("journey", title="After"))
    assert world.revision() == before + 1


def test_one_service_has_one_data_set_of_a_type(world: World) -> None:
    batch = channels(counted("2017-10-02", "digital", 40))
    world.send(batch)
    second = replace(batch, data_set=replace(batch.data_set, group="elsewhere"))
    with pytest.raises(Rejected, match="has its transactions-by-channel in allowance/"):
        world.send(second)


def test_a_services_own_figure_goes_before_a_summarys_whichever_comes_first(world: World) -> None:
    summary = summaries(record("2017-07-01", "quarter", service="allowance", transactions=300))
    own = channels(counted("2017-07-01", "digital", 290, "quarter", key="own"))
    world.send(summary)
    assert world.total("quarter", "2017-07-01") == whole(300, "quarter")
    world.send(own)
    assert world.total("quarter", "2017-07-01") == whole(290, "quarter")
    before = world.rows()
    world.send(summary, own, summary)
    assert world.rows() == before


def test_the_summarys_figure_counts_again_when_the_services_own_is_gone(world: World) -> None:
    own = counted("2017-07-01", "digital", 290, "quarter", key="own")
    summary = summaries(record("2017-07-01", "quarter", service="allowance", transactions=300))
    world.send(channels(own), summary)
    world.send(channels({**own, "_timestamp": "2017-10-01T00:00:00Z"}))
    assert world.total("quarter", "2017-07-01") == whole(300, "quarter")


def test_records_of_a_group_that_is_no_service_are_kept_and_measured_as_nothing(
    world: World,
) -> None:
    batch = channels(counted("2017-10-02", "digital", 40))
    world.send(replace(batch, data_set=DataSetEntry("anything", "transactions-by-channel")))
    assert not world.told()
    assert len(world.rows()["record"]) == 1


def test_the_audit_says_who_did_what_when_and_how_much_of_it(world: World) -> None:
    world.send(summaries(YEAR), sender=Sender("import of figures.csv", now=NOW))
    with world.engine.connect() as connection:
        entry = connection.execute(select(audit).order_by(audit.c.id.desc())).mappings().first()
    assert entry is not None
    assert entry["at"] == int(NOW.timestamp())
    assert (entry["actor"], entry["action"]) == ("import of figures.csv", "deliver")
    detail = entry["detail"]
    assert detail["revision"] == world.revision()
    assert detail["data_sets_named"] == ["transactional-services/summaries"]
    assert detail["replaced_demonstration"] is False
    assert detail["records"] == {"new": 1, "changed": 0, "same": 0, "removed": 0}
    assert detail["measurements"] == {"new": 1, "changed": 0, "same": 0, "removed": 0}


def test_a_delivery_without_any_change_leaves_no_audit_entry(world: World) -> None:
    world.send(summaries(YEAR))
    before = len(world.rows()["audit"])
    world.send(summaries(YEAR))
    assert len(world.rows()["audit"]) == before


def test_the_first_real_delivery_leaves_nothing_of_the_demonstration(nothing: World) -> None:
    nothing.send(
        channels(counted("2017-10-02", "digital", 40)), services=[ALLOWANCE], sender=DEMONSTRATION
    )
    receipt = nothing.send(summaries(YEAR), services=[PENSION])
    rows = nothing.rows()
    assert receipt.replaced_demonstration
    assert [row[1] for row in rows["service"]] == ["pension"]
    assert {len(rows[name]) for name in ("data_set", "record", "measurement")} == {1}
    assert {row[1] for row in rows["latest_figure"]} == {"transactions"}
    assert rows["revision"][0][1:4] == (2, int(NOW.timestamp()), False)
    assert next(iter(receipt.sentences())) == "The demonstration data was replaced."
    assert rows["audit"][-1][4]["replaced_demonstration"] is True


def test_a_refused_real_delivery_leaves_the_demonstration(nothing: World) -> None:
    nothing.send(services=[ALLOWANCE], sender=DEMONSTRATION)
    before = nothing.rows()
    with pytest.raises(Rejected):
        nothing.send(summaries(YEAR))
    assert nothing.rows() == before


def test_a_real_delivery_of_nothing_leaves_the_demonstration(nothing: World) -> None:
    nothing.send(services=[ALLOWANCE], sender=DEMONSTRATION)
    before = nothing.rows()
    nothing.send()
    assert nothing.rows() == before


def test_demonstration_data_never_comes_on_top_of_real_data(world: World) -> None:
    before = world.rows()
    with pytest.raises(Rejected, match="holds real figures"):
        world.send(channels(counted("2017-10-02", "digital", 40)), sender=DEMONSTRATION)
    assert world.rows() == before


def test_demonstration_data_comes_on_top_of_demonstration_data(nothing: World) -> None:
    nothing.send(services=[ALLOWANCE], sender=DEMONSTRATION)
    nothing.send(channels(counted("2017-10-02", "digital", 40)), sender=DEMONSTRATION)
    assert nothing.total("day", "2017-10-02") == whole(40, "day")
    assert nothing.rows()["revision"][0][3] is True


def test_names_and_organisations_are_brought_up_to_date(world: World) -> None:
    agency = replace(AGENCY, name="Agency for Carers", abbreviation="AC")
    moved = replace(PENSION, name="Your pension", organisation="carers")
    receipt = world.send(organisations=[DEPARTMENT, agency], services=[moved])
    rows = world.rows()
    assert {row[1]: row[2:4] for row in rows["organisation"]}["carers"] == (
        "Agency for Carers",
        "AC",
    )
    ids = {row[1]: row[0] for row in rows["organisation"]}
    assert {row[1]: row[2:4] for row in rows["service"]}["pension"] == (
        "Your pension",
        ids["carers"],
    )
    counts = {kind: (count.changed, count.same) for kind, count in receipt.counts.items()}
    assert (counts["departments"], counts["agencies"]) == ((0, 1), (1, 0))
    assert counts["services"] == (1, 0)


@pytest.mark.parametrize(
    ("organisations", "services", "sentence"),
    [
        (
            (),
            (ServiceEntry("x", "X", "nowhere"),),
            "x: there is no 'nowhere'. Nothing was written.",
        ),
        (
            (OrganisationEntry("x", "X", department="nowhere"),),
            (),
            "x: there is no 'nowhere'. Nothing was written.",
        ),
        (
            (OrganisationEntry("x", "X", department="carers"),),
            (),
            "x: there is no 'carers'. Nothing was written.",
        ),
        (
            (),
            (ALLOWANCE, ALLOWANCE),
            "Services: 'allowance' is there 2 times. Nothing was written.",
        ),
        ((), (replace(ALLOWANCE, slug=""),), "Services: one has no slug. Nothing was written."),
        (
            (replace(DEPARTMENT, abbreviation="A" * 51),),
            (),
            "Organisation 'work': its abbreviation has 51 letters, and 50 is the most. "
            "Nothing was written.",
        ),
    ],
)
def test_organisations_and_services_that_do_not_fit_are_refused(
    world: World,
    organisations: tuple[OrganisationEntry, ...],
    services: tuple[ServiceEntry, ...],
    sentence: str,
) -> None:
    before = world.rows()
    with pytest.raises(Rejected) as refused:
        world.send(organisations=organisations, services=services)
    assert str(refused.value) == sentence
    assert world.rows() == before


def test_two_who_deliver_at_once_lose_nothing(tmp_path: Path) -> None:
    slugs = [f"service-{number}" for number in range(2)]
    world = World(tmp_path, *(ServiceEntry(slug, slug, "work") for slug in slugs))
    refused: list[Exception] = []

    def send(slug: str) -> None:
        try:
            for day in range(1, 16):
                record = counted(f"2017-10-{day:02}", "digital", day)
                world.send(channels(record, service=slug))
        except Exception as error:
            refused.append(error)

    threads = [Thread(target=send, args=(slug,)) for slug in slugs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not refused
    assert world.revision() == 1 + 30
    for slug in slugs:
        month = world.told()[slug, "transactions", "", "month", "2017-10-01"]
        assert month == (120, "partial", 15, 31, "day")
    world.engine.dispose()

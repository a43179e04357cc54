"""What deliveries did to records is kept: it can be read as corrections, and undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.changes import Correction, corrections, undo
from data.data_sets import find
from data.deliveries import Sender, UnknownDataSet, deliver, rehearse
from data.entries import Batch, DataSetKey, Delivery, Record
from data.receipts import Receipt
from data.validation import Rejected
from tests.data.world import NOW, World, channels, counted

KEY = DataSetKey("allowance", "transactions-by-channel")
DIGITAL = counted("2017-10-02", "digital", 40, key="digital")
PAPER = counted("2017-10-02", "paper", 60, key="paper")


def send(world: World, *records: Record, hours: int = 0, **more: object) -> Receipt:
    """Send records to the data set that is there, some hours later."""
    sender = Sender("a token", now=NOW + timedelta(hours=hours), reason=str(more.pop("why", "")))
    batch = Batch(KEY, list(records), **more)  # type: ignore[arg-type]
    return deliver(world.engine, Delivery(batches=[batch]), sender)


def history(world: World) -> list[Correction]:
    with world.engine.connect() as connection:
        stored = find(connection, KEY.group, KEY.type)
        assert stored
        return corrections(connection, stored, 100)


def numbers(world: World) -> dict[str, list[tuple[object, ...]]]:
    """Everything that says what the figures are; not what was done when, nor how often."""
    tables = ("record", "measurement", "latest_figure")
    return {
        name: [row[:4] if name == "record" else row for row in rows]
        for name, rows in world.rows().items()
        if name in tables
    }


@pytest.fixture
def claims(world: World) -> World:
    """40 digital claims and 60 on paper on 2 October 2017."""
    world.send(channels(DIGITAL, PAPER))
    return world


def test_a_record_is_sent_to_a_data_set_by_its_name(claims: World) -> None:
    receipt = send(claims, counted("2017-10-03", "digital", 7))
    assert receipt.counts["records"].new == 1
    assert claims.total("day", "2017-10-03", "digital") == (7, "reported", 1, 1, "day")


def test_a_data_set_that_is_not_there_is_named(claims: World) -> None:
    batch = Batch(DataSetKey("allowance", "nothing"), [DIGITAL])
    with pytest.raises(UnknownDataSet, match="There is no data set allowance/nothing"):
        deliver(claims.engine, Delivery(batches=[batch]), Sender("a test"))


def test_new_records_are_no_corrections(claims: World) -> None:
    assert history(claims) == []


def test_a_record_that_was_replaced_twice_was_corrected_twice(claims: World) -> None:
    send(claims, {**DIGITAL, "count": 45}, hours=1, why="Five were late.")
    send(claims, {**DIGITAL, "count": 46}, hours=2)
    told = [
        (item.at, item.key, item.before["count"], item.after and item.after["count"], item.reason)
        for item in history(claims)
    ]
    at = int(NOW.timestamp())
    assert told == [
        (at + 7200, "digital", 45, 46, ""),
        (at + 3600, "digital", 40, 45, "Five were late."),
    ]
    assert {item.actor for item in history(claims)} == {"a token"}


def test_a_record_that_was_sent_again_as_it_was_is_no_correction(claims: World) -> None:
    before = claims.rows()
    receipt = send(claims, DIGITAL, hours=1)
    assert (receipt.counts["records"].same, receipt.audit_id) == (1, 0)
    assert claims.rows() == before


def test_a_record_that_was_removed_is_a_correction_to_nothing(claims: World) -> None:
    receipt = send(claims, removed=("paper",))
    assert receipt.counts["records"].removed == 1
    assert [(item.key, item.before["count"], item.after) for item in history(claims)] == [
        ("paper", 60, None)
    ]
    assert claims.total("day", "2017-10-02", "non-digital") is None


def test_a_record_that_is_not_there_cannot_be_removed(claims: World) -> None:
    before = claims.rows()
    with pytest.raises(Rejected, match="No record found with id telephone"):
        send(claims, removed=("paper", "telephone"))
    assert claims.rows() == before


def test_fields_are_laid_over_those_of_the_stored_record(claims: World) -> None:
    send(claims, {"_id": "digital", "count": 41, "note": "checked"}, merged=True)
    [correction] = history(claims)
    assert correction.after == {**correction.before, "count": 41, "note": "checked"}
    assert claims.total("day", "2017-10-02", "digital") == (41, "reported", 1, 1, "day")


def test_an_emptied_data_set_has_no_records_and_no_figures(claims: World) -> None:
    receipt = send(claims, emptied=True)
    assert receipt.counts["records"].removed == 2
    assert numbers(claims) == {"record": [], "measurement": [], "latest_figure": []}
    assert {item.key for item in history(claims)} == {"digital", "paper"}


def test_undo_takes_new_records_away_and_puts_replaced_ones_back(claims: World) -> None:
    before = numbers(claims)
    corrected = {**DIGITAL, "count": 45}
    receipt = send(claims, corrected, counted("2017-10-03", "digital", 7), hours=1)
    assert numbers(claims) != before
    undone = undo(claims.engine, receipt.audit_id, Sender("a test", now=NOW))
    assert (undone.counts["records"].changed, undone.counts["records"].removed) == (1, 1)
    assert numbers(claims) == before
    assert history(claims)[0].reason == f"Undoes entry {receipt.audit_id} of the audit."


def test_undo_of_emptying_brings_every_record_back(claims: World) -> None:
    before = numbers(claims)
    receipt = send(claims, emptied=True)
    undo(claims.engine, receipt.audit_id, Sender("a test"))
    assert numbers(claims) == before


def test_an_undo_can_be_undone(claims: World) -> None:
    receipt = send(claims, {**DIGITAL, "count": 45})
    after = numbers(claims)
    undone = undo(claims.engine, receipt.audit_id, Sender("a test"))
    undo(claims.engine, undone.audit_id, Sender("a test"))
    assert numbers(claims) == after


def test_what_was_changed_since_cannot_be_undone(claims: World) -> None:
    receipt = send(claims, {**DIGITAL, "count": 45}, PAPER)
    send(claims, {**DIGITAL, "count": 46})
    before = claims.rows()
    with pytest.raises(Rejected, match="1 of its records were changed since, such as digital"):
        undo(claims.engine, receipt.audit_id, Sender("a test"))
    assert claims.rows() == before


def test_nothing_is_undone_twice(claims: World) -> None:
    receipt = send(claims, {**DIGITAL, "count": 45})
    undo(claims.engine, receipt.audit_id, Sender("a test"))
    with pytest.raises(Rejected, match="changed since"):
        undo(claims.engine, receipt.audit_id, Sender("a test"))


@pytest.mark.parametrize("audit_id", [0, 1, 999])
def test_an_entry_that_changed_no_record_has_nothing_to_undo(world: World, audit_id: int) -> None:
    with pytest.raises(Rejected, match="changed no record"):
        undo(world.engine, audit_id, Sender("a test"))


def test_a_rehearsal_shows_what_would_be_and_leaves_everything_as_it_was(claims: World) -> None:
    before = claims.rows()
    batch = Batch(KEY, [{**DIGITAL, "count": 45}, counted("2017-10-03", "digital", 7)])
    receipt, was, would_be = rehearse(
        claims.engine,
        Delivery(batches=[batch]),
        Sender("a test", now=NOW),
        lambda connection: connection.exec_driver_sql(
            "select sum(millionths) / 1000000 from measurement "
            "where measure = 'transactions' and category = '' and period = 'day'"
        ).scalar(),
    )
    assert (receipt.counts["records"].new, receipt.counts["records"].changed) == (1, 1)
    assert (was, would_be) == (100, 112)
    assert claims.rows() == before


def test_a_rehearsal_of_a_faulty_delivery_is_refused_as_the_delivery_would_be(
    claims: World,
) -> None:
    batch = Batch(KEY, [{**DIGITAL, "count": -1}])
    with pytest.raises(Rejected, match="count must be from 0"):
        rehearse(claims.engine, Delivery(batches=[batch]), Sender("a test"), lambda _: None)


def test_a_delivery_is_refused_whose_check_fails(claims: World) -> None:
    def check(_connection: object) -> None:
        raise Rejected("Somebody was faster.")

    before = claims.rows()
    with pytest.raises(Rejected, match="Somebody was faster"):
        deliver(
            claims.engine,
            Delivery(batches=[Batch(KEY, [counted("2017-10-03", "digital", 7)])]),
            Sender("a test"),
            check=check,
        )
    assert claims.rows() == before

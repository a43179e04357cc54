"""A receipt tells what was done; undoing it puts every record back as it was."""

from __future__ import annotations

import pytest

from data.publishing.uploads import Moved
from tests.data.publishing.desk import Desk
from tests.data.world import channels, counted, record, typed

TEXT = "Week commencing,Channel,Count\n14/10/2013,digital,2000\n28/10/2013,paper,9\n"


def test_a_receipt_says_who_did_what(desk: Desk) -> None:
    found = desk.receipt(desk.confirm(TEXT))
    assert found is not None
    assert (found.actor, found.action, found.reason) == ("ann@example.com", "upload", "figures.csv")
    assert (found.new, found.replaced, found.removed, found.same) == (1, 1, 0, 0)


def test_undoing_puts_records_and_kpis_back_as_they_were(desk: Desk) -> None:
    before, figures = desk.records(), desk.world.told()
    number = desk.confirm(TEXT)
    assert desk.world.told() != figures
    undone = desk.receipt(desk.undo(number))
    assert desk.records() == before
    assert desk.world.told() == figures
    assert undone is not None
    assert (undone.undoes, undone.replaced, undone.removed) == (True, 1, 1)
    first = desk.receipt(number)
    assert first is not None
    assert first.undone


def test_what_was_undone_can_be_done_again(desk: Desk) -> None:
    number = desk.confirm(TEXT)
    after = desk.records()
    desk.undo(desk.undo(number))
    assert desk.records() == after


def test_what_was_changed_since_cannot_be_undone(desk: Desk) -> None:
    number = desk.confirm(TEXT)
    desk.correct("14.d", count="7")
    with pytest.raises(Moved, match="It cannot be undone: 1 of its records were changed since"):
        desk.undo(number)
    assert desk.counts()["14.d"] == 7


def test_a_receipt_of_another_data_set_is_none_of_this_one(desk: Desk) -> None:
    desk.world.send(typed("journey", record("2013-10-14", "week", stage="start", count=9)))
    other = Desk(desk.world, "allowance", "journey")
    number = desk.confirm(TEXT)
    assert other.receipt(number) is None
    with pytest.raises(Moved, match="There is nothing to undo here"):
        other.undo(number)


def test_the_newest_receipts_are_told_first(desk: Desk) -> None:
    desk.confirm(TEXT)
    desk.correct("14.d", count="7")
    assert [one.action for one in desk.receipts()] == ["correct", "upload", "deliver"]


def test_history_tells_what_was_replaced_and_why_but_not_who(desk: Desk) -> None:
    desk.correct("14.d", "Counted twice", count="1,400")
    (correction,) = desk.history()
    (corrected,) = correction.records
    (value,) = corrected.values
    assert (correction.how, correction.reason) == ("Corrected by hand", "Counted twice")
    assert corrected.about == "week of 14 October 2013, digital"
    assert (value.field, value.before, value.after) == ("count", 1472, 1400)
    assert "ann" not in str(correction)


def test_new_figures_are_no_corrections(desk: Desk) -> None:
    desk.confirm("Week commencing,Channel,Count\n28/10/2013,paper,9\n")
    assert desk.history() == []


def test_history_tells_one_write_once_with_its_first_records(desk: Desk) -> None:
    weeks = [counted(f"2013-11-{day:02}", "paper", day, "day") for day in range(1, 9)]
    desk.world.send(channels(*weeks))
    desk.world.send(channels(*({**week, "count": 0} for week in weeks)))
    desk.correct("14.d", count="7")
    by_hand, sent = desk.history()
    assert (len(by_hand.records), by_hand.more) == (1, 0)
    assert (len(sent.records), sent.more, sent.how) == (5, 3, "Sent again")


def test_history_has_no_values_of_records_that_are_not_open_one_by_one(desk: Desk) -> None:
    desk.world.send(typed("claims-by-office", record("2013-10-14", "day", "a", office="x", seen=1)))
    desk.world.send(typed("claims-by-office", record("2013-10-14", "day", "a", office="x", seen=2)))
    (correction,) = Desk(desk.world, "allowance", "claims-by-office").history()
    assert (correction.records, correction.more) == ((), 1)

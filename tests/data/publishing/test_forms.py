"""One record is corrected by hand: which one, its figures, why, and what that changes."""

from __future__ import annotations

import pytest

from data.publishing import forms
from data.publishing.uploads import Moved
from tests.data.publishing.desk import Desk, figures
from tests.data.world import World, record, typed


def starts(desk: Desk) -> list[tuple[str, str]]:
    with desk.world.engine.connect() as connection:
        return forms.starts(connection, desk.stored)


def at(desk: Desk, start: str) -> list[tuple[str, str]]:
    with desk.world.engine.connect() as connection:
        return forms.records_at(connection, desk.stored, start)


def test_periods_are_offered_newest_first_and_then_their_records(desk: Desk) -> None:
    assert starts(desk) == [
        ("2013-10-21T00:00:00/week", "Week of 21 October 2013"),
        ("2013-10-14T00:00:00/week", "Week of 14 October 2013"),
    ]
    assert at(desk, "2013-10-14T00:00:00/week") == [
        ("14.d", "week of 14 October 2013, digital"),
        ("14.p", "week of 14 October 2013, paper"),
    ]


@pytest.mark.parametrize("start", ["", "never/week", "2013-10-14T00:00:00/day", "2099-01-01/week"])
def test_an_address_of_no_record_leads_to_none(desk: Desk, start: str) -> None:
    assert at(desk, start) == []


def test_the_form_has_the_figures_as_they_are(desk: Desk) -> None:
    with desk.world.engine.connect() as connection:
        form = forms.record_form(connection, desk.stored, "14.d")
        assert forms.record_form(connection, desk.stored, "nothing") is None
    assert form is not None
    assert [(one.name, one.title, one.text) for one in form.fields] == [("count", "Count", "1472")]


def test_a_correction_is_rehearsed_like_a_file(desk: Desk) -> None:
    before = desk.world.rows()
    outlook = desk.check("14.d", count="3,546").outlook
    assert outlook is not None
    week = "week of 14 October 2013"
    assert figures(outlook)["digital-take-up", week] == (pytest.approx(1472 / 5018), 0.5)
    assert desk.world.rows() == before


def test_a_correction_keeps_all_that_it_does_not_change(desk: Desk) -> None:
    before = desk.records()["14.d"]
    desk.correct("14.d", count="5")
    assert desk.records()["14.d"] == {**before, "count": 5}


def test_an_empty_figure_is_not_reported(desk: Desk) -> None:
    desk.correct("14.d", count=" ")
    assert desk.counts()["14.d"] is None


def test_what_is_wrong_is_told_at_its_field(desk: Desk) -> None:
    answer = desk.check("14.d", "", count="12x")
    assert answer.form.fields[0].fault == "‘12x’ is not a number."
    assert answer.form.fields[0].text == "12x"
    assert answer.why_fault.startswith("Say why it changes")
    negative = desk.check("14.d", count="-1")
    assert negative.form.fields[0].fault == "count must be from 0 to a million million, not -1."
    assert desk.check("14.d", "x" * 501, count="1").why_fault == "Say it in at most 500 letters."


def test_nothing_changed_is_told(desk: Desk) -> None:
    answer = desk.check("14.d", count="1,472")
    assert answer.problem == "Nothing is changed yet: the figures are as they were."


@pytest.mark.parametrize(("why", "count"), [("", "5"), ("A slip", "x")])
def test_a_wrong_correction_is_never_written(desk: Desk, why: str, count: str) -> None:
    before = desk.world.rows()
    with pytest.raises(Moved):
        desk.correct("14.d", why, count=count)
    assert desk.world.rows() == before


def test_a_record_that_is_gone_cannot_be_corrected(desk: Desk) -> None:
    with pytest.raises(Moved, match="was changed after this was shown"):
        desk.check("gone", count="5")


def test_a_rate_may_be_typed_as_a_percentage(world: World) -> None:
    world.send(typed("digital-take-up", record("2013-10-01", "month", "a", rate=0.5)))
    desk = Desk(world, "allowance", "digital-take-up")
    desk.correct("a", rate="82.1%")
    assert desk.records()["a"]["rate"] == 0.821


def test_a_figure_that_is_optional_is_taken_out_when_it_is_emptied(world: World) -> None:
    full = record("2013-10-01", "month", "a", digital_transactions=4, transactions=5, rate=0.8)
    world.send(typed("digital-take-up", full))
    desk = Desk(world, "allowance", "digital-take-up")
    desk.correct("a", rate="")
    assert "rate" not in desk.records()["a"]

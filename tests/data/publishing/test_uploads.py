"""A file is rehearsed: what would change is told and nothing is written; then it is, or not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.data_sets import put
from data.entries import DataSetEntry
from data.publishing.uploads import Moved
from kpi.periods import Period
from kpi.publishing import Replaced, Span
from tests.data.publishing.desk import ANN, Desk, figures, told
from tests.data.world import ALLOWANCE, PENSION, World, channels, counted, typed, whole

HEADER = "Week commencing,Channel,Count\n"
MIXED = HEADER + "14/10/2013,digital,1472\n21/10/2013,digital,1800\n28/10/2013,paper,9\n"


def test_records_are_new_replaced_or_unchanged(desk: Desk) -> None:
    outlook = desk.outlook(MIXED)
    assert told(outlook) == (1, 1, 1)
    assert outlook.span == Span(
        Period("week", date(2013, 10, 14)), Period("week", date(2013, 10, 28))
    )
    about = "week of 21 October 2013, digital"
    assert outlook.values == (Replaced(about, "count", 1763, 1800),)


def test_a_preview_writes_nothing_at_all(desk: Desk) -> None:
    before = desk.world.rows()
    desk.outlook(MIXED)
    desk.faults(HEADER + "15/10/2013,digital,1\n")
    assert desk.world.rows() == before


def test_the_kpis_are_told_before_and_after(desk: Desk) -> None:
    outlook = desk.outlook(HEADER + "14/10/2013,digital,3546\n")
    found = figures(outlook)
    week = "week of 14 October 2013"
    # 1,472 of 5,018 were digital; then 3,546 of 7,092.
    assert found["digital-take-up", week] == (pytest.approx(1472 / 5018), 0.5)
    assert found["transactions", week] == (5018, 7092)
    assert found["transactions", "October 2013"] == (9964, 12038)


def test_of_many_periods_the_newest_is_told_and_how_many_change_before_it(desk: Desk) -> None:
    outlook = desk.outlook(HEADER + "14/10/2013,digital,1\n21/10/2013,digital,1\n")
    weeks = [one for one in outlook.figures if one.period.name == "week"]
    assert {one.period.start for one in weeks} == {date(2013, 10, 21)}
    assert {one.others for one in weeks} == {1}


def test_a_confirmed_row_replaces_its_record_and_keeps_its_id(desk: Desk) -> None:
    desk.confirm(MIXED)
    assert desk.counts() == {
        "14.d": 1472,
        "14.p": 3546,
        "2013-10-28.week.paper": 9,
        "21.d": 1800,
        "21.p": 3183,
    }
    assert desk.world.total("week", "2013-10-21") == whole(4983, "week")


def test_channels_are_matched_whatever_their_case(desk: Desk) -> None:
    assert told(desk.outlook(HEADER + "14/10/2013,DIGITAL,1472\n")) == (0, 0, 1)


def test_another_length_of_period_is_another_record(desk: Desk) -> None:
    daily = "Date,Period,Channel,Count\n14/10/2013,day,digital,1472\n"
    assert told(desk.outlook(daily)) == (1, 0, 0)


def test_a_file_that_changes_nothing_says_so_and_leaves_no_trace(desk: Desk) -> None:
    same = HEADER + "14/10/2013,digital,1472\n"
    assert not desk.outlook(same).changes_anything
    before = desk.world.rows()
    assert desk.confirm(same) == 0
    assert desk.world.rows() == before


def test_every_fault_is_told_at_once_whoever_finds_it(desk: Desk) -> None:
    text = HEADER + "15/10/2013,digital,1\n14/10/2013,digital,-5\n21/10/2013,digital,x\n"
    assert desk.faults(text) == [
        "2A ‘15/10/2013’ is a Tuesday, and a week starts on a Monday.",
        "3C Count must be from 0 to a million million, not -5.",
        "4C ‘x’ is not a number.",
    ]


def test_faults_of_a_wide_table_are_in_the_column_of_the_figure(desk: Desk) -> None:
    text = "Week commencing,Digital,Paper\n14/10/2013,5,-7\n"
    assert desk.faults(text) == ["2C Count must be from 0 to a million million, not -7."]


def test_a_record_that_could_replace_any_of_two_is_a_fault(desk: Desk) -> None:
    desk.world.send(channels(counted("2013-10-14", "digital", 1, "week", "other")))
    (fault,) = desk.faults(HEADER + "14/10/2013,digital,2\n")
    assert fault.startswith("2 2 stored records are about this (14.d, other), so it cannot be told")


def test_what_was_shown_is_not_written_over_what_came_since(desk: Desk) -> None:
    shown = desk.stored
    desk.world.send(channels(counted("2013-10-14", "digital", 1, "week", "14.d")))
    with pytest.raises(Moved, match="The data set was changed after this was shown"):
        desk.confirm(MIXED, shown)
    assert desk.counts()["14.d"] == 1


def test_a_file_with_faults_is_never_written(desk: Desk) -> None:
    before = desk.world.rows()
    with pytest.raises(Moved, match="Something is wrong with the file"):
        desk.confirm(HEADER + "14/10/2013,digital,x\n")
    with pytest.raises(Moved, match="This file is empty"):
        desk.confirm("")
    assert desk.world.rows() == before


def test_a_file_that_is_none_is_refused_with_a_sentence(desk: Desk) -> None:
    answer = desk.preview("<html>")
    assert answer.problem.startswith("This is a web page")
    assert answer.reading is None


def test_ids_that_the_data_set_makes_of_fields_stay_those_that_were_made(desk: Desk) -> None:
    entry = DataSetEntry(
        "allowance", "errors", service="allowance", auto_ids=("_timestamp", "error")
    )
    put(desk.world.engine, entry, ANN)
    sent = {"_timestamp": "2013-10-14", "period": "week", "error": "timeout", "count": 3}
    desk.world.send(typed("errors", sent, auto_ids=entry.auto_ids))
    errors = Desk(desk.world, "allowance", "errors")
    (key,) = errors.records()
    errors.confirm("Week commencing,Error,Count\n14/10/2013,timeout,4\n21/10/2013,timeout,1\n")
    assert errors.counts()[key] == 4
    assert len(errors.records()) == 2


def test_a_private_data_set_says_that_no_kpi_rests_on_it(desk: Desk) -> None:
    entry = DataSetEntry("allowance", "transactions-by-channel", service="allowance", private=True)
    put(desk.world.engine, entry, ANN)
    outlook = desk.outlook(MIXED)
    assert (outlook.measured, outlook.figures) == (False, ())


def test_a_type_of_its_own_takes_files_too(world: World) -> None:
    put(world.engine, DataSetEntry("offices", "visits-by-office"), ANN)
    offices = Desk(world, "offices", "visits-by-office")
    text = "Date,Office,Visits\n14/10/2013,Preston,5\n15/10/2013,Preston,6\n"
    offices.confirm(text)
    assert told(offices.outlook(text.replace(",6", ",7"))) == (0, 1, 1)
    assert sorted(body["visits"] for body in offices.records().values()) == [5, 6]


def test_figures_of_many_services_name_each_and_of_one_show_its_kpis(tmp_path: Path) -> None:
    world = World(tmp_path, ALLOWANCE, PENSION)
    put(world.engine, DataSetEntry("transactional-services", "summaries"), ANN)
    many = Desk(world, "transactional-services", "summaries")
    header = "Service,Period,Date,Transactions,Digital transactions\n"
    one = header + "allowance,quarter,01/07/2017,100,80\n"
    both = many.outlook(one + "pension,quarter,01/07/2017,10,5\n")
    assert (both.new, both.services, both.figures) == (2, 2, ())
    alone = figures(many.outlook(one))
    assert alone["digital-take-up", "July to September 2017"] == (None, 0.8)
    world.engine.dispose()


def test_the_limits_are_those_that_are_set(desk: Desk) -> None:
    rows = "".join(f"{day:%d/%m/%Y},digital,1\n" for day in [date(2013, 10, 14)] * 5001)
    answer = desk.preview(HEADER + rows)
    assert answer.reading is not None
    assert answer.reading.notes[0].startswith("Only the first 5,000 rows were read")

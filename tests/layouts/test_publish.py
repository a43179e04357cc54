"""What publishers see: their data sets, what a file would change, what is wrong, receipts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from dash.development.base_component import Component

from kpi.corrections import CorrectedRecord, Correction
from kpi.periods import Period
from kpi.publishing import (
    Column,
    CorrectionAnswer,
    Figure,
    Fixed,
    FormField,
    Outlook,
    PassedOver,
    Publishable,
    Reading,
    ReceiptAnswer,
    RecordForm,
    Replaced,
    Span,
    UploadAnswer,
    Wrong,
)
from layouts.corrections import build_corrections
from layouts.publish import build_publish
from layouts.publish_correction import build_check, build_correction, build_fields
from layouts.publish_file import Publishing, build_answer, build_publish_file
from layouts.publish_outlook import build_outlook
from layouts.publish_receipt import build_receipt, receipt_title
from layouts.publish_wording import span_said
from tests.layouts.reading import classed, prop, typed, words

NOW = datetime(2017, 11, 1, 12, 0, tzinfo=UTC)
OCTOBER = Period("month", date(2017, 10, 1))
WEEK = Period("week", date(2017, 10, 2))
TOLLS = Publishing("tolls", "errors", "Tolls: errors", OCTOBER, "errors", 10 * 1024**2, 50_000)
READING = Reading(
    sheet="Data",
    sheets=("Notes", "Data"),
    header="3",
    headers=(("1", "Row 1: Tolls"), ("3", "Row 3: Date, Error, Count")),
    columns=(
        Column(0, "A", "Date", "02/10/2017", "_timestamp"),
        Column(2, "C", "Count", "5, 6", "count"),
    ),
    fields=(("-", "Leave out"), ("_timestamp", "Date"), ("count", "Count")),
    order="day",
    fixed=(
        Fixed("period", "Period", "length", "week", (("day", "Day"), ("week", "Week"))),
        Fixed("error", "Error", "which error", ""),
    ),
    notes=("Hidden sheets were passed over: ‘Old’.",),
    passed_over=(PassedOver(9, "Total · 11", "a total of other rows"),),
)
RECEIPT = ReceiptAnswer(7, NOW, "ann@example.com", "upload", "tolls.csv", 12, 1, 0, 3)


def headings(found: Any) -> list[str]:
    return [words(one) for one in typed(found, "H2")]


def rows(found: Any) -> list[str]:
    return [words(row) for row in typed(found, "Tr")]


def fields(found: Any) -> list[str]:
    return [words(label) for label in typed(found, "Label")]


def hrefs(found: Any) -> list[str]:
    links = [*typed(found, "Link"), *typed(found, "A")]
    return [str(prop(one, "href")) for one in links]


def test_data_sets_are_listed_with_how_fresh_they_are() -> None:
    written = datetime(2017, 11, 1, 10, 0, tzinfo=UTC)
    old = datetime(2017, 9, 1, tzinfo=UTC)
    found = [
        Publishable("tolls", "errors", "Tolls: errors", "Pay a toll", old, written, late=True),
        Publishable("tolls", "devices", "Pay a toll: devices", "Pay a toll"),
    ]
    page = build_publish(found, 2, "", NOW)
    assert rows(page)[1:] == [
        "Tolls: errors Pay a toll 1 September 2017, 2 months ago Late 2 hours ago",
        "Pay a toll: devices none yet never",
    ]
    assert "/publish/tolls/errors" in hrefs(page)


def test_who_may_publish_nothing_is_told_what_to_do() -> None:
    assert "Ask whoever runs this platform" in words(build_publish([], 0, "", NOW))


def test_few_data_sets_need_no_search() -> None:
    one = [Publishable("tolls", "errors", "Tolls: errors", "")]
    few, many = (build_publish(one, count, "", NOW) for count in (1, 10))
    assert prop(classed(few, "ask")[0], "hidden") is True
    assert prop(classed(many, "ask")[0], "hidden") is False
    assert "None of your data sets matches that." in words(build_publish([], 10, "xyz", NOW))


def test_the_page_asks_for_a_file_and_gives_a_template() -> None:
    page = build_publish_file(TOLLS, [RECEIPT], NOW)
    assert words(typed(page, "H1")) == "Upload figures"
    assert "Newest figures: October 2017." in words(page)
    assert "Up to 10 MB and 50,000 rows" in words(page)
    assert "/publish/templates/errors.xlsx" in hrefs(page)
    assert "/publish/tolls/errors?receipt=7" in hrefs(page)
    hidden = [prop(one, "id") for one in typed(page, "Div") if prop(one, "hidden")]
    assert hidden == ["publish-confirming", "publish-rereading"]


OUTLOOK = Outlook(
    new=12,
    replaced=1,
    same=3,
    span=Span(WEEK, Period("week", date(2017, 10, 23))),
    values=(Replaced("week of 2 October 2017, paper", "count", 5, None),),
    more=4,
    figures=(
        Figure("digital-take-up", OCTOBER, None, 0.8215, "not reported", "partial", 2),
        Figure("total-cost", WEEK, 5.0, 6.5, "reported", "suppressed"),
    ),
)


def test_the_finding_comes_first_then_kpis_then_values() -> None:
    found = build_outlook(OUTLOOK)
    assert headings(found) == ["12 new records, 1 replaced, 3 unchanged"]
    assert "2 October 2017 to 29 October 2017." in words(found)
    assert rows(found) == [
        "KPI Before After",
        "Digital take-up October 2017, and 2 months before it not reported 82.15% (partial)",
        "Total cost Week of 2 October 2017 £5.00 suppressed",
        "Record Before After",
        "Week of 2 October 2017, paper Count 5 not reported",
    ]
    assert "Values that are replaced, 4 more not shown" in words(found)


@pytest.mark.parametrize(
    ("outlook", "sentence"),
    [
        (Outlook(1, 0, 0), "No KPI changes."),
        (Outlook(1, 0, 0, measured=False), "No KPI is worked out from these figures."),
        (Outlook(1, 0, 0, services=12), "They are of 12 services, whose KPIs change with them."),
    ],
)
def test_where_no_kpi_changes_that_is_said(outlook: Outlook, sentence: str) -> None:
    assert words(build_outlook(outlook)) == f"1 new record {sentence}"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (Span(WEEK, WEEK), "Week of 2 October 2017"),
        (Span(OCTOBER, WEEK), "October 2017 to week of 2 October 2017"),
        (Span(NOW, NOW), "1 November 2017, 12:00"),
    ],
)
def test_a_span_is_said_by_what_its_ends_are(span: Span, said: str) -> None:
    assert span_said(span) == said


def told(answer: UploadAnswer) -> str:
    return words(build_answer(answer)[0])


def test_a_file_that_changes_nothing_says_so() -> None:
    assert told(UploadAnswer("a.csv", outlook=Outlook(0, 0, 1))) == (
        "Nothing would change: 1 record is stored like this already"
    )


def test_what_is_wrong_is_a_table_by_row_and_column() -> None:
    faults = (
        Wrong(7, "C", "Count", "abc", "‘abc’ is not a number."),
        Wrong(8, "C", "Count", "1e9", "Count must be less."),
        Wrong(9, "", "", "", "This row is about the same as row 4."),
    )
    found, _ = build_answer(UploadAnswer("a.csv", faults=faults, fault_count=250))
    assert headings(found) == ["250 things are wrong with this file"]
    assert "The first 3 of 250" in words(found)
    assert rows(found)[1:] == [
        "7 C ‘Count’ ‘abc’ is not a number.",
        "8 C ‘Count’ Count must be less. There: 1e9",
        "9 all of it This row is about the same as row 4.",
    ]


def test_a_file_that_cannot_be_read_says_what_it_is() -> None:
    problem = "This is a PDF."
    assert told(UploadAnswer("a", problem)) == f"This file cannot be read {problem}"
    with_reading = UploadAnswer("a", "No column has it.", READING)
    assert told(with_reading) == "This file cannot be used yet No column has it."
    assert told(UploadAnswer("", stopped="Sign in.")) == "Nothing was written Sign in."


def test_why_an_answer_comes_instead_of_a_receipt_stands_above_it() -> None:
    answer = UploadAnswer("a", outlook=OUTLOOK, moved="The data set was changed.")
    assert told(answer).startswith(
        "12 new records, 1 replaced, 3 unchanged The data set was changed."
    )


def test_every_choice_is_a_labelled_field_with_what_was_chosen() -> None:
    _, found = build_answer(UploadAnswer("a", reading=READING))
    assert fields(found) == [
        "Sheet",
        "Row that names the columns",
        "Dates",
        "Period of every row",
        "Error of every row Which error",
        "Column A ‘Date’ 02/10/2017",
        "Column C ‘Count’ 5, 6",
    ]
    selects = {prop(one, "id")["name"]: prop(one, "value") for one in typed(found, "Select")}
    assert selects == {
        "sheet": "Data",
        "header": "3",
        "order": "day",
        "fixed-period": "week",
        "column-0": "_timestamp",
        "column-2": "count",
    }
    labels = [prop(one, "html_for") for one in typed(found, "Label")]
    assert labels[0] == '{"name":"sheet","type":"publish-choice"}'
    assert "1 row was passed over" in words(found)
    assert "9 Total · 11 A total of other rows" in rows(found)


def test_a_receipt_leads_on_and_back() -> None:
    assert receipt_title(RECEIPT) == "Published: 12 new records, 1 replaced, 3 unchanged"
    found = build_receipt(RECEIPT, "tolls", "errors", ("pay-a-toll", "Pay a toll"), NOW)
    assert hrefs(found) == ["/services/pay-a-toll", "/data/tolls/errors", "/publish/tolls/errors"]
    assert [words(one) for one in typed(found, "Dd")] == [
        "File uploaded",
        "12 new records, 1 replaced, 3 unchanged",
        "ann@example.com",
        "1 November 2017, 12:00 UTC, just now",
        "tolls.csv",
    ]
    assert words(typed(found, "Button")) == "Undo"


def test_what_was_undone_has_no_undo() -> None:
    undone = ReceiptAnswer(7, NOW, "ann@example.com", "upload", "", 1, 0, 0, 0, undone=True)
    found = build_receipt(undone, "tolls", "errors", ("", ""), NOW)
    assert typed(found, "Button") == []
    assert "This was undone" in headings(found)
    again = ReceiptAnswer(8, NOW, "ann@example.com", "undo", "", 0, 0, 1, 0, undoes=True)
    assert receipt_title(again) == "Undone: the records are as they were"


FORM = RecordForm(
    "a",
    "week of 2 October 2017, paper",
    (FormField("count", "Count", "errors met", "errors", "12x", "‘12x’ is not a number."),),
)


def test_a_period_is_chosen_first_and_then_its_record() -> None:
    starts = [("2017-10-02T00:00:00/week", "Week of 2 October 2017")]
    first = build_correction(TOLLS, starts, "", [])
    assert headings(first) == []
    second = build_correction(TOLLS, starts, starts[0][0], [("a b", "week, paper")])
    assert headings(second) == ["Which record is it?"]
    assert "/publish/tolls/errors/correct?record=a+b" in hrefs(second)
    assert "no record to correct yet" in words(build_correction(TOLLS, [], "", []))


def test_a_fault_is_read_out_with_its_field() -> None:
    answer = CorrectionAnswer(FORM, why_fault="Say why.")
    assert fields(build_fields(answer, "")) == [
        "Count Errors met ‘12x’ is not a number.",
        "Why it changes Shown to everyone, in the history of corrections. Say why.",
    ]
    assert words(build_check(answer)) == "Not yet ‘12x’ is not a number. Say why."


def test_history_tells_what_changed_how_and_why() -> None:
    values = (Replaced("", "count", 30, 10), Replaced("", "rate", None, 0.5))
    corrected = CorrectedRecord("September 2017, phone", values)
    removed = CorrectedRecord("August 2017, phone", (), removed=True)
    by_hand = Correction(NOW, "Corrected by hand", "Counted twice", (corrected, removed), 3)
    closed = Correction(NOW, "Sent again", "", (), 1)
    found = build_corrections([by_hand, closed])
    assert rows(found)[1:] == [
        "1 November 2017, 12:00 September 2017, phone : Count 30 → 10; Rate not reported → 0.5 "
        "August 2017, phone : removed And 3 more records. Corrected by hand ‘Counted twice’",
        "1 November 2017, 12:00 1 record. Sent again",
    ]


def test_a_data_set_without_corrections_says_so() -> None:
    found: Component = build_corrections([])
    assert "No figure was corrected since it was first published." in words(found)

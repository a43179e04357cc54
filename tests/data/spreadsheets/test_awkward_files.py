"""Figures as people have them: titles, notes, totals, merged cells, blanks, signs and mistakes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.spreadsheets.choices import Choices
from tests.data.spreadsheets.workbooks import (
    HEADER,
    covered,
    faults,
    ods,
    ods_cell,
    ods_sheet,
    read,
    rows_xlsx,
    said,
    xls,
    xlsx,
)

MONDAY, NEXT = date(2013, 10, 14), date(2013, 10, 21)


def csv(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def passed_over(data: bytes | str) -> list[tuple[int, str, str]]:
    return [(one.row, one.text, one.why) for one in read(data).passed_over]


def test_the_header_is_found_below_titles_and_blank_rows() -> None:
    found = read(csv("Weekly claims", "Owner: DWP,,", ",,", "Date,Channel,Count", "14/10/2013,a,5"))
    assert found.choices.header == 4
    assert said(found) == [("2013-10-14", "a", 5)]


def test_a_header_of_unknown_names_is_the_row_of_words_above_figures() -> None:
    found = read(csv("Some title,,", "When,How,How many of them", "14/10/2013,digital,5"))
    assert found.choices.header == 2
    assert found.choices.columns == {0: "_timestamp", 1: "channel", 2: "count"}


def test_a_file_without_a_header_says_what_to_do() -> None:
    found = read(csv("14/10/2013,digital,5", "21/10/2013,digital,6"))
    assert found.problem == (
        "No row names the columns. Put names such as ‘Date’, ‘Period’, ‘Channel’, ‘Count’ above "
        "the figures, or choose the row that has them."
    )


@pytest.mark.parametrize(
    "header",
    [
        "_timestamp,channel,count",
        "Week commencing,CHANNEL,Number of transactions",
        "w/c,Channel type,Volume*",
        "Week beginning:, Route ,Completed transactions (number)",
        "Start date,Method,Transactions",
    ],
)
def test_columns_are_matched_whatever_people_call_them(header: str) -> None:
    found = read(csv(header, "14/10/2013,digital,5"))
    assert said(found) == [("2013-10-14", "digital", 5)]


def test_columns_may_stand_in_any_order_among_others() -> None:
    found = read(csv("Notes,Count,Who,Channel,Date", "ok,5,Ann,digital,14/10/2013"))
    assert said(found) == [("2013-10-14", "digital", 5)]
    assert found.choices.columns == {0: "", 1: "count", 2: "", 3: "channel", 4: "_timestamp"}


def test_trailing_notes_and_totals_are_passed_over_and_told() -> None:
    data = csv(
        "Date,Channel,Count",
        "14/10/2013,digital,5",
        "14/10/2013,paper,7",
        "14/10/2013,Total,12",
        "Grand total,,12",
        ",,",
        "Source: claims database,,",
        "* provisional,,",
    )
    assert said(read(data)) == [("2013-10-14", "digital", 5), ("2013-10-14", "paper", 7)]
    assert passed_over(data) == [
        (4, "14/10/2013 · Total · 12", "a total of other rows"),
        (5, "Grand total · 12", "a total of other rows"),
        (7, "Source: claims database", "a note"),
        (8, "* provisional", "a note"),
    ]


def test_a_header_that_comes_again_and_dates_without_figures_are_passed_over() -> None:
    data = csv(
        "Date,Channel,Count",
        "14/10/2013,digital,5",
        "Date,Channel,Count",
        "21/10/2013,digital,",
        "28/10/2013,,",
    )
    assert said(read(data)) == [("2013-10-14", "digital", 5)]
    assert [why for _, _, why in passed_over(data)] == ["the header again", *["no figures"] * 2]


def test_a_dash_says_not_reported_which_is_not_nought() -> None:
    found = read(csv("Date,Channel,Count", "14/10/2013,digital,-", "21/10/2013,digital,n/a"))
    assert said(found) == [("2013-10-14", "digital", None), ("2013-10-21", "digital", None)]
    assert found.notes == ("2 figures are empty, and will be ‘not reported’, which is not nought.",)


def test_every_fault_is_named_by_its_row_and_column_with_what_was_there() -> None:
    found = read(
        csv(
            "Claims",
            "Week commencing,Channel,Count",
            "14/10/2013,digital,abc",
            "20/10/2013,paper,3",
            "31/11/2013,paper,4",
            "next week,paper,£",
            ",paper,5",
            "28/10/2013,,6",
        )
    )
    assert faults(found) == [
        "row 3, column C ‘Count’: ‘abc’ is not a number.",
        "row 4, column A ‘Week commencing’: ‘20/10/2013’ is a Sunday, and a week starts on a "
        "Monday.",
        "row 5, column A ‘Week commencing’: ‘31/11/2013’ is a date that does not exist.",
        "row 6, column A ‘Week commencing’: ‘next week’ is not a date.",
        "row 6, column C ‘Count’: ‘£’ is not a number.",
        "row 7, column A ‘Week commencing’: There is no date here; if the row is a total or a "
        "note, remove it.",
        "row 8, column B ‘Channel’: There is no channel here.",
    ]
    assert found.records == []


def test_a_row_that_says_the_same_twice_counts_once_and_one_that_differs_is_a_fault() -> None:
    found = read(
        csv("Date,Channel,Count", "14/10/2013,a,5", "2013-10-14,a,5", "14/10/2013,b,1")
        + "14/10/2013,b,2\n"
    )
    assert said(found) == [("2013-10-14", "a", 5), ("2013-10-14", "b", 1)]
    assert [(one.row, one.why) for one in found.passed_over] == [(3, "the same as row 2")]
    assert faults(found) == [
        "row 5: This row is about the same as row 4, with other figures. Keep one of them."
    ]


def merged(workbook: Any) -> None:
    sheet = workbook.add_worksheet()
    dates = workbook.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range("A1:C1", "Claims by channel")
    sheet.write_row("A2", HEADER)
    sheet.merge_range("A3:A4", MONDAY, dates)
    sheet.write_row("B3", ["digital", 5])
    sheet.write_row("B4", ["paper", 7])


def test_a_date_that_is_merged_over_its_rows_is_the_date_of_each() -> None:
    figures = [("2013-10-14", "digital", 5), ("2013-10-14", "paper", 7)]
    assert said(read(xlsx(merged))) == figures


def test_so_it_is_in_an_old_workbook() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_sheet("Figures")
        for place, name in enumerate(HEADER):
            sheet.write(0, place, name)
        sheet.write_merge(1, 2, 0, 0, "14/10/2013")
        for row, cells in enumerate((("digital", 5), ("paper", 7)), start=1):
            for place, cell in enumerate(cells, start=1):
                sheet.write(row, place, cell)

    assert said(read(xls(fill))) == [("2013-10-14", "digital", 5), ("2013-10-14", "paper", 7)]


def test_and_in_an_opendocument_file() -> None:
    spanning = ods_cell(MONDAY, numberrowsspanned=2, numbercolumnsspanned=1)
    sheet = ods_sheet([HEADER, (spanning, "digital", 5), (covered(), "paper", 7)])
    assert said(read(ods(sheet))) == [("2013-10-14", "digital", 5), ("2013-10-14", "paper", 7)]


def test_a_figure_that_is_merged_over_rows_is_a_fault_as_nobody_knows_whose_it_is() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row("A1", HEADER)
        sheet.write_row("A2", ["14/10/2013", "digital"])
        sheet.write_row("A3", ["14/10/2013", "paper"])
        sheet.merge_range("C2:C3", 12)

    assert faults(read(xlsx(fill))) == [
        "row 3, column C ‘Count’: ‘12’ is merged with the cell above, and each row needs a figure "
        "of its own."
    ]


def test_formulas_count_by_their_last_value_and_errors_are_faults() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row("A1", HEADER)
        for row, (formula, value) in enumerate(
            (("=2+3", 5), ("=1/0", "#DIV/0!"), ("=A1", "")), start=1
        ):
            sheet.write_row(row, 0, [f"{7 * row:02}/10/2013", "digital"])
            sheet.write_formula(row, 2, formula, None, value)

    found = read(xlsx(fill))
    assert said(found) == [("2013-10-07", "digital", 5)]
    assert faults(found) == [
        "row 3, column C ‘Count’: ‘#DIV/0!’ is an error of the spreadsheet's formula.",
        "row 4, column C ‘Count’: ‘a formula without a value’ was not worked out by the program "
        "that wrote the file: open and save it in another.",
    ]


def test_errors_in_an_old_workbook_are_faults() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_sheet("Figures")
        for place, name in enumerate(HEADER):
            sheet.write(0, place, name)
        sheet.write(1, 0, "14/10/2013")
        sheet.write(1, 1, "digital")
        sheet.row(1).set_cell_error(2, "#REF!")

    assert faults(read(xls(fill))) == [
        "row 2, column C ‘Count’: ‘#REF!’ is an error of the spreadsheet's formula."
    ]


def test_errors_in_an_opendocument_file_are_faults() -> None:
    wrong = ods_cell("#REF!", formula="of:=[.A9]")
    sheet = ods_sheet([HEADER, ("14/10/2013", "digital", wrong)])
    assert faults(read(ods(sheet))) == [
        "row 2, column C ‘Count’: ‘#REF!’ is an error of the spreadsheet's formula."
    ]


def test_a_wide_table_has_a_record_for_each_of_its_columns_but_the_total() -> None:
    found = read(csv("Date,Digital,Paper,Total", "14/10/2013,5,7,12", "21/10/2013,6,,6"))
    assert said(found) == [
        ("2013-10-14", "digital", 5),
        ("2013-10-14", "paper", 7),
        ("2013-10-21", "digital", 6),
    ]


def test_a_wide_table_of_stages_is_read_by_the_spelling_that_stages_have() -> None:
    known = {"stage": ("about-you", "care-you-provide")}
    found = read(
        csv("Week commencing,About you,Care you provide", "14/10/2013,9,8"), "journey", known=known
    )
    assert said(found) == [("2013-10-14", "about-you", 9), ("2013-10-14", "care-you-provide", 8)]


def test_words_are_spelt_as_the_data_set_has_spelt_them() -> None:
    assert said(read(csv("Date,Channel,Count", "14/10/2013, DIGITAL ,5"))) == [
        ("2013-10-14", "digital", 5)
    ]


def test_ratings_are_matched_by_their_words() -> None:
    found = read(
        csv(
            "Day,Very dissatisfied,Dissatisfied,Neither satisfied or dissatisfied,Satisfied,"
            "Very satisfied,Total responses",
            "10/03/2014,0,1,3,5,10,19",
        ),
        "customer-satisfaction",
    )
    assert said(found) == [("2014-03-10", 0, 1, 3, 5, 10, 19)]


def test_a_rate_may_be_a_percentage_and_a_count_may_not() -> None:
    rates = read(csv("Month,Take-up", "October 2017,82.1%"), "digital-take-up")
    assert said(rates) == [("2017-10-01", 0.821)]
    counts = read(csv("Date,Channel,Count", "14/10/2013,digital,12%"))
    assert faults(counts) == [
        "row 2, column C ‘Count’: ‘12%’ is a percentage, and this column counts something."
    ]


def test_a_cell_that_shows_a_percentage_is_the_proportion_that_it_holds() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row("A1", ["Month", "Rate"])
        sheet.write("A2", "October 2017")
        sheet.write("B2", 0.821, workbook.add_format({"num_format": "0.0%"}))

    assert said(read(xlsx(fill), "digital-take-up")) == [("2017-10-01", 0.821)]


def test_a_moment_of_live_users_has_a_time_and_no_period() -> None:
    found = read(csv("Date and time,Users", "03/06/2014 13:49,39"), "realtime")
    assert found.records == [{"_timestamp": "2014-06-03T13:49:00+00:00", "unique_visitors": 39}]


def test_the_sheet_with_the_best_header_is_read() -> None:
    def fill(workbook: Any) -> None:
        workbook.add_worksheet("Read me").write_row("A1", ["Fill in the sheet ‘Data’", "please"])
        sheet = workbook.add_worksheet("Data")
        sheet.write_row("A1", HEADER)
        sheet.write_row("A2", ["14/10/2013", "digital", 5])

    found = read(xlsx(fill))
    assert found.choices.sheet == "Data"
    assert said(found) == [("2013-10-14", "digital", 5)]


def test_what_every_row_lacks_is_asked_for_and_may_be_said_once() -> None:
    data = csv("Date,Count", "14/10/2013,5")
    found = read(data)
    assert found.problem == (
        "Each row needs a channel, and no column has it. Choose a column, or say it below."
    )
    assert [target.name for target in found.fixable] == ["period", "channel"]
    chosen = read(data, choices=Choices("CSV", 1, None, None, {"channel": "Paper"}))
    assert said(chosen) == [("2013-10-14", "paper", 5)]


def test_columns_can_be_chosen_and_a_field_by_one_column_only() -> None:
    data = csv("Date,Channel,Last year,This year", "14/10/2013,digital,5,6")
    columns = {0: "_timestamp", 1: "channel", 2: "", 3: "count"}
    assert said(read(data, choices=Choices("CSV", 1, columns))) == [("2013-10-14", "digital", 6)]
    twice = read(data, choices=Choices("CSV", 1, {**columns, 2: "count"}))
    assert twice.problem == "Two columns are said to be ‘Count’. Choose one of them."


def test_another_sheet_and_header_can_be_chosen() -> None:
    rows = [("Date", "Channel", "Count"), ("Date", "Channel", "Count"), (MONDAY, "digital", 5)]
    found = read(rows_xlsx(rows), choices=Choices("Figures", 2))
    assert found.choices.header == 2
    assert said(found) == [("2013-10-14", "digital", 5)]


def test_an_empty_template_has_no_fault_and_says_that_it_is_empty() -> None:
    found = read(csv("Date,Period,Channel,Count"))
    assert (found.faults, found.problem) == ([], "There are no figures below the header yet.")


def test_a_type_of_its_own_has_the_fields_that_its_columns_name() -> None:
    found = read(csv("Date,Office,Claims received", "14/10/2013,Preston,5"), "claims-by-office")
    assert found.records == [
        {"_timestamp": "2013-10-14T00:00:00+00:00", "office": "Preston", "claims_received": 5}
    ]

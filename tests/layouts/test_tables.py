"""Tables can be read by a screen reader and never push the page sideways."""

import pandas as pd

from kpi.definitions import kpi
from layouts.tables import Column, data_table, figures_table
from tests.layouts.reading import prop, typed, words

TAKE_UP, VOLUME = kpi("digital-take-up"), kpi("transactions")
COLUMNS = [Column("Service"), Column("Cost", numeric=True, sort="descending")]


def cells(table: object) -> list[list[str]]:
    rows = [row for body in typed(table, "Tbody") for row in typed(body, "Tr")]
    return [[words(cell) for cell in row.children] for row in rows]


def test_every_header_has_a_scope_and_the_first_cell_heads_its_row() -> None:
    table = data_table(COLUMNS, [["Tax", "£2.52"]], "Costs")
    assert [prop(item, "scope") for item in typed(table, "Th")] == ["col", "col", "row"]


def test_the_table_has_a_caption_even_if_unseen() -> None:
    table = data_table(COLUMNS, [["Tax", "£2.52"]], "Costs", caption_hidden=True)
    caption = typed(table, "Caption")[0]
    assert words(caption) == "Costs"
    assert prop(caption, "className") == "visually-hidden"


def test_figures_are_aligned_and_sorting_is_announced() -> None:
    table = data_table(COLUMNS, [["Tax", "£2.52"]], "Costs")
    assert prop(typed(table, "Td")[0], "className") == "number"
    assert prop(typed(table, "Th")[1], "aria-sort") == "descending"


def test_a_wide_table_scrolls_in_a_region_that_the_keyboard_reaches() -> None:
    region = data_table(COLUMNS, [["Tax", "£2.52"]], "Costs")
    assert (prop(region, "role"), prop(region, "tabIndex")) == ("region", 0)
    assert prop(region, "aria-label") == "Costs"


def test_no_rows_say_so() -> None:
    assert words(data_table(COLUMNS, [], "Costs", empty="No costs.")) == "No costs."


def frame(lines: list[str], values: list[float], status: str = "reported") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": "month",
            "start_at": pd.to_datetime(["2015-05-01", "2015-06-01"][: len(values)]),
            "value": values,
            "status": status,
            "line": lines,
        }
    )


def test_a_charts_table_has_the_latest_period_first_and_figures_in_full() -> None:
    table = figures_table(frame(["", ""], [0.80234, 0.8]), TAKE_UP, "Take-up")
    assert cells(table) == [["June 2015", "80.00%"], ["May 2015", "80.23%"]]
    assert words(typed(table, "Thead")) == "Period Digital take-up"


def test_a_charts_table_has_a_column_for_each_line_and_says_what_is_missing() -> None:
    table = figures_table(frame(["digital", "paper"], [1200.0, 5.0]), VOLUME, "Channels")
    assert words(typed(table, "Thead")) == "Period Digital Paper"
    assert cells(table) == [
        ["June 2015", "not reported", "5"],
        ["May 2015", "1,200", "not reported"],
    ]


def test_a_partial_figure_and_one_held_back_say_so() -> None:
    assert cells(figures_table(frame([""], [5.0], "partial"), VOLUME, ""))[0][1] == "5 (partial)"
    held = figures_table(frame([""], [float("nan")], "suppressed"), VOLUME, "")
    assert cells(held)[0][1] == "suppressed"


def test_a_chart_without_figures_has_a_table_that_says_so() -> None:
    assert words(figures_table(frame([], []), VOLUME, "")) == "No figures reported."

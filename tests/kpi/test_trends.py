"""The line behind a latest figure."""

from collections.abc import Sequence

import pandas as pd

from kpi.listings import commonest_period
from kpi.periods import Period
from kpi.trends import MOST_POINTS, months, short_lines, with_gaps, year_long
from tests.kpi.rows import figure, kpi_frame

COLUMNS = ["service", "kpi", "period", "start_at", "end_at", "value"]


Row = tuple[str, str, float]


def figure_rows(rows: Sequence[Row]) -> pd.DataFrame:
    """Transactions of service 1: the name of the period, its start, the value."""
    frame = kpi_frame(
        *(
            figure("1", "transactions", value, period=name, start=start)
            for name, start, value in rows
        )
    )
    return frame.astype({"service": "int64"})


def latest(*rows: tuple[int, str, str, str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    times = dict.fromkeys(("start_at", "end_at"), "datetime64[us]")
    return frame.astype({"kpi": "str", "period": "str", **times})


def ends(*days: str) -> list[pd.Timestamp]:
    return [pd.Timestamp(day) for day in days]


def test_a_line_ends_with_the_latest_figure() -> None:
    figures = figure_rows([("year", "2014-10-01", 10.0), ("year", "2015-01-01", 12.0)])
    last = latest((1, "transactions", "twelve months", "2015-05-01", "2016-05-01", 15.0))
    assert year_long(figures, last)["value"].tolist() == [10.0, 12.0, 15.0]


def test_a_published_year_goes_before_the_four_quarters_inside_it() -> None:
    quarters = [("quarter", f"2015-{month}-01", 5.0) for month in ("01", "04", "07", "10")]
    figures = figure_rows([("year", "2015-01-01", 21.0), *quarters])
    line = year_long(figures, latest((1, "transactions", "year", "2015-01-01", "2016-01-01", 21.0)))
    assert line[["period", "value"]].values.tolist() == [["year", 21.0]]


def test_four_quarters_make_a_point_where_no_year_was_published() -> None:
    starts = ("2015-01-01", "2015-04-01", "2015-07-01", "2015-10-01", "2016-01-01")
    figures = figure_rows([("quarter", start, 5.0) for start in starts])
    last = latest((1, "transactions", "twelve months", "2015-04-01", "2016-04-01", 20.0))
    line = year_long(figures, last)
    assert line["value"].tolist() == [20.0, 20.0]
    assert line["end_at"].tolist() == ends("2016-01-01", "2016-04-01")


def test_a_partial_figure_is_not_on_the_line() -> None:
    figures = figure_rows([("year", "2014-01-01", 10.0), ("year", "2015-01-01", 4.0)])
    figures["status"] = pd.Series(["reported", "partial"]).astype(figures["status"].dtype)
    line = year_long(figures, latest((1, "transactions", "year", "2014-01-01", "2015-01-01", 10.0)))
    assert line["value"].tolist() == [10.0]
    assert short_lines(line).tolist() == [True]


def test_only_as_many_points_as_a_small_picture_can_show() -> None:
    starts = pd.date_range("2010-01-01", periods=MOST_POINTS + 5, freq="MS")
    figures = figure_rows([("month", f"{day:%Y-%m-%d}", float(n)) for n, day in enumerate(starts)])
    line = months(figures, COLUMNS)
    assert (len(line), line["value"].iloc[0]) == (MOST_POINTS, 5.0)


def test_a_gap_is_as_wide_as_the_periods_that_are_missing() -> None:
    days = ends("2015-01-01", "2015-04-01", "2015-07-01", "2016-01-01")
    assert with_gaps(days, [1.0, 2.0, 3.0, 5.0]) == [1.0, 2.0, 3.0, None, 5.0]


def test_a_step_shorter_than_usual_leaves_no_gap() -> None:
    days = ends("2013-01-01", "2014-01-01", "2015-01-01", "2015-10-01")
    assert with_gaps(days, [1.0, 2.0, 3.0, 4.0]) == [1.0, 2.0, 3.0, 4.0]


def test_a_single_figure_is_a_line_of_one() -> None:
    assert with_gaps(ends("2015-01-01"), [7.0]) == [7.0]


def listed(kpi: str, *starts: str | None) -> dict[str, object]:
    found = [pd.NaT if start is None else pd.Timestamp(start) for start in starts]
    return {f"{kpi}.start_at": found, f"{kpi}.period": ["year" if s else None for s in starts]}


def test_the_commonest_period_counts_figures_of_every_kpi() -> None:
    volume = listed("transactions", "2016-10-01", "2015-01-01", None)
    cost = listed("total-cost", "2016-10-01", None, None)
    frame = pd.DataFrame({**volume, **cost})
    found = commonest_period(frame, ("transactions", "total-cost"))
    assert found == Period("year", pd.Timestamp("2016-10-01").date())


def test_of_two_periods_as_common_the_later_is_the_commonest() -> None:
    frame = pd.DataFrame(listed("transactions", "2015-01-01", "2016-10-01"))
    found = commonest_period(frame, ("transactions",))
    assert found is not None
    assert found.short_label == "year to Sep 2017"


def test_without_a_figure_no_period_is_the_commonest() -> None:
    frame = pd.DataFrame(listed("transactions", None, None))
    assert commonest_period(frame, ("transactions",)) is None

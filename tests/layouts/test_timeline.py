"""Missing periods become rows without a figure."""

import numpy as np
import pandas as pd

from kpi.rows import Rows
from layouts.timeline import Points, live_gaps, periods_of, with_gaps


def series(period: str, starts: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": period,
            "start_at": pd.to_datetime(starts),
            "value": [float(number) for number in range(len(starts))],
            "status": "reported",
        }
    )


def filled(period: str, starts: list[str]) -> Points:
    return with_gaps(Rows.of(series(period, starts)))


def test_a_month_without_a_row_is_not_reported_and_not_zero() -> None:
    full = filled("month", ["2015-05-01", "2015-07-01"])
    assert list(full.status) == ["reported", "not reported", "reported"]
    assert np.isnan(full.value).tolist() == [False, True, False]


def test_weeks_keep_to_their_mondays() -> None:
    full = filled("week", ["2013-10-14", "2013-11-04"])
    assert full.start_at.astype("M8[D]").astype(str).tolist() == [
        *("2013-10-14", "2013-10-21"),
        *("2013-10-28", "2013-11-04"),
    ]


def test_quarters_and_days_and_calendar_years_step_by_their_length() -> None:
    assert len(filled("quarter", ["2015-01-01", "2015-10-01"])) == 4
    assert len(filled("day", ["2015-01-01", "2015-01-05"])) == 5
    assert len(filled("year", ["2012-01-01", "2015-01-01"])) == 4


def test_rolling_years_step_by_the_quarter_when_they_do() -> None:
    full = filled("year", ["2012-04-01", "2012-07-01", "2013-01-01"])
    assert np.isnan(full.value).tolist() == [False, False, True, False]


def test_rows_know_their_periods() -> None:
    rows = series("month", ["2015-05-01", "2015-07-01"])
    assert [period.label for period in periods_of(rows)] == ["May 2015", "July 2015"]


def test_no_rows_give_no_rows() -> None:
    assert not len(filled("month", []))


def test_a_live_line_breaks_where_counts_were_skipped() -> None:
    times = ["2017-10-14 12:00", "2017-10-14 12:02", "2017-10-14 12:04", "2017-10-14 13:00"]
    frame = pd.DataFrame({"start_at": pd.to_datetime(times), "value": [1.0, 2.0, 3.0, 4.0]})
    assert live_gaps(frame)["value"].isna().tolist() == [False, False, False, True, False]


def test_a_live_line_without_gaps_is_as_it_was() -> None:
    times = pd.date_range("2017-10-14", periods=3, freq="2min")
    frame = pd.DataFrame({"start_at": times, "value": [1.0, 2.0, 3.0]})
    assert live_gaps(frame)["value"].tolist() == [1.0, 2.0, 3.0]


def test_rolling_and_calendar_years_together_have_no_gap_where_they_overlap() -> None:
    starts = ["2014-10-01", "2015-01-01", "2015-10-01", "2016-01-01", "2016-10-01"]
    assert filled("year", starts).start_at.astype("M8[D]").astype(str).tolist() == starts


def test_years_without_a_rhythm_break_where_none_of_them_covers_the_time() -> None:
    rows = filled("year", ["2012-04-01", "2013-01-01", "2016-10-01"])
    assert rows.status.tolist() == ["reported", "reported", "not reported", "reported"]

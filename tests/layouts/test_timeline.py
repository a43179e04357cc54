"""Missing periods become rows without a figure."""

import pandas as pd

from layouts.timeline import live_gaps, periods_of, with_gaps


def series(period: str, starts: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": period,
            "start_at": pd.to_datetime(starts),
            "value": [float(number) for number in range(len(starts))],
            "status": "reported",
        }
    )


def test_a_month_without_a_row_is_not_reported_and_not_zero() -> None:
    full = with_gaps(series("month", ["2015-05-01", "2015-07-01"]))
    assert list(full["status"]) == ["reported", "not reported", "reported"]
    assert full["value"].isna().tolist() == [False, True, False]


def test_weeks_keep_to_their_mondays() -> None:
    full = with_gaps(series("week", ["2013-10-14", "2013-11-04"]))
    assert full["start_at"].dt.strftime("%d/%m").tolist() == ["14/10", "21/10", "28/10", "04/11"]


def test_quarters_and_days_and_calendar_years_step_by_their_length() -> None:
    assert len(with_gaps(series("quarter", ["2015-01-01", "2015-10-01"]))) == 4
    assert len(with_gaps(series("day", ["2015-01-01", "2015-01-05"]))) == 5
    assert len(with_gaps(series("year", ["2012-01-01", "2015-01-01"]))) == 4


def test_rolling_years_step_by_the_quarter_when_they_do() -> None:
    full = with_gaps(series("year", ["2012-04-01", "2012-07-01", "2013-01-01"]))
    assert full["value"].isna().tolist() == [False, False, True, False]


def test_only_the_line_asked_for_is_returned() -> None:
    frame = series("month", ["2015-05-01", "2015-05-01"]).assign(line=["digital", "paper"])
    assert with_gaps(frame, "paper")["value"].tolist() == [1.0]


def test_rows_know_their_periods() -> None:
    rows = series("month", ["2015-05-01", "2015-07-01"])
    assert [period.label for period in periods_of(rows)] == ["May 2015", "July 2015"]


def test_no_rows_give_no_rows() -> None:
    assert with_gaps(series("month", [])).empty


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
    assert with_gaps(series("year", starts))["start_at"].dt.strftime("%Y-%m-%d").tolist() == starts


def test_years_without_a_rhythm_break_where_none_of_them_covers_the_time() -> None:
    rows = with_gaps(series("year", ["2012-04-01", "2013-01-01", "2016-10-01"]))
    assert rows["status"].tolist() == ["reported", "reported", "not reported", "reported"]

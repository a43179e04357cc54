"""What is normal, and what is said of a figure, in the cases that services bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from kpi.definitions import Kpi, Term, kpi
from kpi.normal import HIGHER, LOWER, NORMAL, Lines, judged, ranges, usual
from tests.kpi.rows import figure, kpi_frame

Floats = npt.NDArray[np.float64]
VOLUME, RATE = "transactions", "completion-rate"
MONDAY = date(2013, 9, 30)


def noise(count: int, seed: int = 1) -> Floats:
    return np.random.default_rng(seed).standard_normal(count)


def frame(
    values: Floats | list[float], slug: str = VOLUME, base: float | None = None, **more: str
) -> pd.DataFrame:
    """Weekly figures from a Monday on; a rate of that many."""
    rows = []
    for number, value in enumerate(values):
        start = (MONDAY + timedelta(weeks=number)).isoformat()
        above = value if base is None else value * base
        rows.append(figure("a", slug, float(above), base, period="week", start=start, **more))
    return kpi_frame(*rows)


def months(values: Floats | list[float]) -> pd.DataFrame:
    starts = pd.date_range("2009-01-01", periods=len(values), freq="MS")
    pairs = zip(starts, values, strict=True)
    return kpi_frame(
        *(figure("a", VOLUME, float(v), period="month", start=f"{s:%Y-%m-%d}") for s, v in pairs)
    )


def quiet(count: int, level: float = 10_000) -> Floats:
    return np.rint(level * (1 + 0.03 * noise(count)))


def verdicts(found: pd.DataFrame, last: int) -> list[str]:
    return [str(verdict) for verdict in found["verdict"].tail(last)]


def ends(found: pd.DataFrame) -> Floats:
    return found[["normal_low", "normal_high"]].to_numpy(dtype=float)


def test_a_figure_has_no_part_in_its_own_range() -> None:
    values = quiet(160)
    before = judged(frame(values))
    values[-1] *= 0.5
    after = judged(frame(values))
    assert np.array_equal(ends(before), ends(after), equal_nan=True)
    assert (verdicts(before, 1), verdicts(after, 1)) == ([NORMAL], [LOWER])


def test_what_came_later_does_not_change_what_was_normal() -> None:
    values = quiet(170)
    whole, part = judged(frame(values)), judged(frame(values[:130]))
    assert ends(whole)[:130] == pytest.approx(ends(part), nan_ok=True)


def test_with_less_than_two_years_there_is_no_range_and_no_verdict() -> None:
    found = judged(frame(quiet(106)))
    assert found["normal_low"].notna().tolist() == [False] * 104 + [True] * 2
    assert found["verdict"].isna().tolist() == [True] * 104 + [False] * 2


def test_two_years_with_a_figure_now_and_then_are_too_little() -> None:
    values = judged(frame(quiet(120)).iloc[::2])
    assert values["normal_low"].isna().all()


def test_a_partial_figure_is_neither_judged_nor_learnt_from() -> None:
    rows = frame(quiet(130))
    partial = rows.assign(status=rows["status"].where(rows.index != 120, "partial"))
    partial.loc[120, "value"] = 1.0
    without = judged(rows.drop(index=120))
    found = judged(partial)
    assert pd.isna(found["verdict"][120])
    assert ends(found.drop(index=120)) == pytest.approx(ends(without), nan_ok=True)


@pytest.mark.parametrize("status", ["suppressed", "not reported", "not applicable"])
def test_without_a_figure_there_is_no_verdict_but_still_a_range(status: str) -> None:
    rows = frame(quiet(120))
    gone = rows.assign(
        status=rows["status"].where(rows.index < 119, status),
        value=rows["value"].where(rows.index < 119),
    )
    found = judged(gone)
    assert pd.isna(found["verdict"][119])
    assert found["normal_low"][119] < 10_000 < found["normal_high"][119]


def test_other_lengths_than_weeks_and_months_are_not_judged() -> None:
    found = judged(kpi_frame(figure("a", VOLUME, 5.0)))
    assert found[["normal_low", "normal_high", "verdict"]].isna().all(axis=None)
    assert judged(found.iloc[:0]).empty


def test_a_figure_that_never_moves_is_normal_and_any_that_is_said_otherwise_is_not() -> None:
    same = [0.841] * 110
    assert verdicts(judged(frame(same, RATE, 1000)), 1) == [NORMAL]
    assert verdicts(judged(frame([*same, 0.851], RATE, 1000)), 1) == [HIGHER]


def test_nobody_at_all_every_week_is_normal() -> None:
    found = judged(frame([0.0] * 120))
    assert verdicts(found, 1) == [NORMAL]
    assert found["normal_low"].iloc[-1] == 0


def test_a_service_of_three_a_week_may_have_none_and_not_thirty() -> None:
    counts = np.random.default_rng(4).poisson(3, 400).astype(float)
    found = judged(frame(counts))
    said = found["verdict"].dropna()
    assert (said != NORMAL).sum() <= 0.01 * len(said)
    assert verdicts(judged(frame([*counts, 0.0])), 1) == [NORMAL]
    assert verdicts(judged(frame([*counts, 30.0])), 1) == [HIGHER]


def test_a_level_of_two_years_ago_is_not_what_is_expected_now() -> None:
    values = np.concatenate([quiet(150), quiet(104, 15_000)])
    found = judged(frame(values))
    assert verdicts(found, 1) == [NORMAL]
    assert 13_000 < found["normal_low"].iloc[-1] < 15_000 < found["normal_high"].iloc[-1] < 17_000


def test_a_new_level_is_unusual_for_four_weeks_and_then_normal() -> None:
    values = np.concatenate([quiet(150), quiet(12, 14_000)])
    found = verdicts(judged(frame(values)), 12)
    assert found[:4] == [HIGHER] * 4
    assert found[4:] == [NORMAL] * 8


def test_a_rush_that_is_over_leaves_the_old_level_normal_within_two_weeks() -> None:
    values = np.concatenate([quiet(150), quiet(5, 30_000), quiet(12)])
    found = verdicts(judged(frame(values)), 12)
    assert found[2:] == [NORMAL] * 10


def test_old_wrong_figures_leave_what_is_normal_as_it_was() -> None:
    values = quiet(200)
    wrong = values.copy()
    wrong[[20, 60, 61, 99, 130, 170]] *= 5
    clean, dirty = ends(judged(frame(values)))[-1], ends(judged(frame(wrong)))[-1]
    assert dirty == pytest.approx(clean, rel=0.02)


def christmas_at_half(weeks: int) -> Floats:
    values = quiet(weeks)
    for number in range(weeks):
        days = {MONDAY + timedelta(weeks=number, days=day) for day in range(7)}
        if any((day.month, day.day) == (12, 25) for day in days):
            values[number] *= 0.5
    return values


def test_half_as_many_at_christmas_are_normal_where_they_always_are() -> None:
    # The fifth Christmas; the one before was late in its week, as none had been.
    values = christmas_at_half(230)
    week = next(n for n in range(210, 230) if values[n] < 7_000)
    assert MONDAY + timedelta(weeks=week) == date(2017, 12, 25)
    assert str(judged(frame(values))["verdict"][week]) == NORMAL
    values[week] *= 2
    assert str(judged(frame(values))["verdict"][week]) == HIGHER


def test_the_second_christmas_says_too_little_of_the_third() -> None:
    values = christmas_at_half(135)
    found = judged(frame(values)).iloc[-23:]
    known = found["normal_low"].notna()
    assert not known.all()
    assert known.sum() >= 20


def test_no_year_is_out_of_step_for_having_53_weeks() -> None:
    season = 1 + 0.4 * np.cos(2 * np.pi * np.arange(400) * 7 / 365.2425)
    found = judged(frame(np.rint(quiet(400) * season)))
    said = found["verdict"].dropna()
    assert len(said) > 280
    assert (said != NORMAL).sum() <= 3


def test_after_a_gap_of_three_months_figures_are_judged_by_what_is_known() -> None:
    values = quiet(170)
    values[154] /= 2
    found = judged(frame(values).drop(index=range(140, 153)))
    assert [str(found["verdict"][week]) for week in (153, 154, 155)] == [NORMAL, LOWER, NORMAL]


def test_a_share_over_one_is_wrong_rather_than_unusual() -> None:
    values = 0.97 + 0.005 * noise(120)
    values[110] = 1.2
    found = judged(frame(np.minimum(values, 1.2), RATE, 5000))
    assert pd.isna(found["verdict"][110])
    assert found["normal_high"].max() <= 1


def test_a_share_of_few_may_be_further_off_than_one_of_many() -> None:
    rows = frame(0.8 + 0.01 * noise(121), RATE, 2000)
    few = rows.assign(denominator=rows["denominator"].where(rows.index < 120, 15.0))
    many, fewer = judged(rows).iloc[-1], judged(few).iloc[-1]
    assert fewer["normal_low"] < many["normal_low"] - 0.1
    assert fewer["normal_high"] > many["normal_high"]


def test_services_are_judged_each_by_itself() -> None:
    one, other = frame(quiet(130)), frame(quiet(130, 50), RATE, 100)
    other = other.assign(value=0.6 + 0.02 * noise(130, 2), service="b").astype(
        {"service": "category"}
    )
    both = judged(pd.concat([one.astype({"service": str}), other.astype({"service": str})]))
    alone = np.concatenate([ends(judged(one)), ends(judged(other))])
    assert ends(both) == pytest.approx(alone, nan_ok=True, rel=1e-6)


def test_a_month_with_fewer_days_is_not_lower_than_usual() -> None:
    days = pd.date_range("2009-01-01", periods=96, freq="MS").days_in_month.to_numpy()
    found = judged(months(np.rint(1_000 * days * (1 + 0.01 * noise(96)))))
    februaries = found[found["start_at"].dt.month == 2]["verdict"].dropna()
    assert februaries.tolist() == [NORMAL] * 6


def test_a_month_of_half_as_many_is_lower_than_usual() -> None:
    values = np.rint(30_000 * (1 + 0.02 * noise(60)))
    values[-1] /= 2
    assert verdicts(judged(months(values)), 1) == [LOWER]


def test_a_kpi_of_a_publisher_is_judged_like_the_others() -> None:
    own = replace(
        kpi("cost-per-transaction"),
        slug="page-load-time",
        unit="seconds",
        format="number",
        decimals=1,
        numerator=Term("seconds"),
    )
    values = (1.2 * (1 + 0.05 * noise(130)))[:, None]
    assert _outside(own, values) == [False]
    values[-1] = 2.4
    assert _outside(own, values) == [True]


def _outside(one: Kpi, values: Floats) -> list[bool]:
    starts = np.datetime64(MONDAY) + 7 * np.arange(len(values))
    low, high = ranges(Lines("week", starts, (one,), values, np.full_like(values, np.nan)))
    return list((values[-1] < low[-1]) | (values[-1] > high[-1]))


def test_a_row_says_what_is_usual_for_it() -> None:
    found = judged(frame(quiet(110)))
    assert usual(found.iloc[0]).low is None
    told = usual(found.iloc[-1])
    assert told.verdict == NORMAL
    assert told.low is not None and told.high is not None and told.low < 10_000 < told.high

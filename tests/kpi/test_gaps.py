"""What was not reported gets a row that says so."""

from datetime import date

import pandas as pd
import pytest

from kpi.definitions import UnknownKpi
from kpi.formulas import complete
from kpi.frames import KPI_COLUMNS, no_figures
from kpi.periods import Period
from tests.kpi.rows import figure, kpi_frame

VOLUME, TAKE_UP = "transactions", "digital-take-up"


def statuses(frame: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    start = frame["start_at"].dt.strftime("%Y-%m-%d")
    columns = [frame["service"], frame["kpi"], start, frame["status"]]
    return list(zip(*[list(column.astype(str)) for column in columns], strict=True))


@pytest.mark.parametrize(
    ("period", "first", "missing", "last"),
    [
        ("day", "2016-02-28", "2016-02-29", "2016-03-01"),
        ("week", "2013-12-23", "2013-12-30", "2014-01-06"),
        ("month", "2016-12-01", "2017-01-01", "2017-02-01"),
        ("quarter", "2016-10-01", "2017-01-01", "2017-04-01"),
    ],
)
def test_the_period_between_two_figures_is_not_reported(
    period: str, first: str, missing: str, last: str
) -> None:
    frame = kpi_frame(
        figure("a", VOLUME, 1, period=period, start=last),
        figure("a", VOLUME, 2, period=period, start=first),
    )
    found = complete(frame, [VOLUME])
    assert statuses(found) == [
        ("a", VOLUME, first, "reported"),
        ("a", VOLUME, missing, "not reported"),
        ("a", VOLUME, last, "reported"),
    ]
    gap = found.iloc[1]
    assert pd.isna(gap["value"])
    assert gap["end_at"] == pd.Timestamp(last)
    assert (gap["parts"], gap["expected"], gap["unit"]) == (0, 1, "transactions")


def test_each_service_is_filled_between_its_own_first_and_last() -> None:
    frame = kpi_frame(
        figure("a", VOLUME, 1, start="2017-01-01"),
        figure("a", VOLUME, 1, start="2017-07-01"),
        figure("b", VOLUME, 1, start="2017-07-01"),
    )
    found = complete(frame, [VOLUME])
    assert [row for row in statuses(found) if row[3] == "not reported"] == [
        ("a", VOLUME, "2017-04-01", "not reported")
    ]
    assert len(found) == 4


def test_a_kpi_that_was_never_reported_is_not_reported_in_every_period() -> None:
    frame = kpi_frame(figure("a", VOLUME, 1), figure("a", VOLUME, 1, start="2017-04-01"))
    found = complete(frame, [TAKE_UP, VOLUME])
    assert statuses(found)[:2] == [
        ("a", TAKE_UP, "2017-04-01", "not reported"),
        ("a", TAKE_UP, "2017-07-01", "not reported"),
    ]
    assert (found["unit"].iloc[0], len(found)) == ("proportion", 4)


def test_years_are_those_of_which_the_service_has_any_figure() -> None:
    frame = kpi_frame(
        figure("a", VOLUME, 1, period="year", start="2014-01-01"),
        figure("a", TAKE_UP, 1, 2, period="year", start="2016-10-01"),
    )
    found = complete(frame, [VOLUME])
    assert statuses(found[found["kpi"] == VOLUME]) == [
        ("a", VOLUME, "2014-01-01", "reported"),
        ("a", VOLUME, "2016-10-01", "not reported"),
    ]


def test_partial_and_suppressed_figures_are_left_as_they_are() -> None:
    frame = kpi_frame(
        figure("a", VOLUME, 1, status="partial"),
        figure("a", VOLUME, None, start="2017-04-01", status="suppressed"),
    )
    assert [row[3] for row in statuses(complete(frame, [VOLUME]))] == ["suppressed", "partial"]


def test_exactly_the_periods_asked_for_can_be_filled() -> None:
    quarters = [Period("quarter", date(2017, month, 1)) for month in (4, 7, 10)]
    found = complete(kpi_frame(figure("a", VOLUME, 1)), [VOLUME], quarters)
    assert [row[2:] for row in statuses(found)] == [
        ("2017-04-01", "not reported"),
        ("2017-07-01", "reported"),
        ("2017-10-01", "not reported"),
    ]


def test_without_figures_there_is_nothing_to_fill() -> None:
    assert tuple(complete(no_figures(), [VOLUME]).columns) == KPI_COLUMNS
    some = complete(kpi_frame(figure("a", VOLUME, 1)), [VOLUME, TAKE_UP])
    assert tuple(some.columns) == KPI_COLUMNS
    assert (some.dtypes == no_figures().dtypes).drop("service").all()


def test_an_unknown_kpi_is_refused() -> None:
    with pytest.raises(UnknownKpi, match="happiness"):
        complete(no_figures(), ["happiness"])

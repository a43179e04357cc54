"""How many services report, and which period to show."""

from datetime import date

import pytest

from kpi.coverage import COVERAGE_COLUMNS, coverage, latest_complete_enough
from kpi.frames import no_figures
from kpi.periods import Period
from tests.kpi.rows import figure, kpi_frame

QUARTERS = {"2017-01-01": 3, "2017-04-01": 2, "2017-07-01": 1}
FRAME = kpi_frame(
    *(
        figure(service, "transactions", 10, start=start)
        for start, count in QUARTERS.items()
        for service in "abc"[:count]
    ),
    figure("c", "transactions", 10, status="partial"),
    figure("a", "digital-take-up", 5, 10),
)


def test_coverage_counts_services_that_reported() -> None:
    found = coverage(FRAME, 4)
    assert list(found.columns) == COVERAGE_COLUMNS
    by_kpi = found.groupby("kpi")["services_reporting"].agg(list)
    assert by_kpi["transactions"] == [3, 2, 1]
    assert by_kpi["digital-take-up"] == [0, 0, 1]
    assert (found["services"] == 4).all()


@pytest.mark.parametrize(
    ("services", "share", "start"),
    [
        (4, 0.5, date(2017, 4, 1)),
        (4, 0.75, date(2017, 1, 1)),
        (4, 0.25, date(2017, 7, 1)),
        (4, 0.9, date(2017, 1, 1)),
        (100, 0.5, date(2017, 1, 1)),
    ],
)
def test_the_latest_period_with_enough_services_is_shown(
    services: int, share: float, start: date
) -> None:
    found = latest_complete_enough(coverage(FRAME, services), share)
    assert found == Period("quarter", start)


def test_where_as_many_report_the_latest_is_shown() -> None:
    frame = kpi_frame(
        figure("a", "transactions", 1), figure("a", "transactions", 1, start="2017-04-01")
    )
    assert latest_complete_enough(coverage(frame, 100)) == Period("quarter", date(2017, 7, 1))


def test_a_twelve_month_window_is_shown_as_its_year() -> None:
    frame = kpi_frame(figure("a", "transactions", 1, period="twelve months", start="2016-10-01"))
    assert latest_complete_enough(coverage(frame, 1)) == Period("year", date(2016, 10, 1))


def test_without_figures_there_is_no_period_to_show() -> None:
    empty = coverage(no_figures(), 4)
    assert list(empty.columns) == COVERAGE_COLUMNS
    assert latest_complete_enough(empty) is None

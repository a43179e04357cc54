"""Services beside one another: the same periods, medians of enough services, and who leads."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from kpi.comparisons import (
    Comparison,
    common_lengths,
    compared,
    lead,
    medians,
    over_twelve_months,
    period_beside,
)
from kpi.definitions import kpi
from kpi.frames import no_figures
from kpi.views import View
from tests.kpi.rows import figure, kpi_frame

COST, TAKE_UP, VOLUME = "cost-per-transaction", "digital-take-up", "transactions"
APRIL, JULY = "2017-04-01", "2017-07-01"
SHARES = {"tax": 80, "test": 60, "toll": 90, "death": 10}
FOUR = [figure(slug, TAKE_UP, share, 100) for slug, share in SHARES.items()]
DEPARTMENTS = pd.Series({"tax": "dft", "test": "dft", "toll": "dft", "death": "hmt"})


def median_of(*rows: dict[str, Any], group: str = "") -> tuple[float, int]:
    found = medians(kpi_frame(*rows), DEPARTMENTS)
    (row,) = found[found["group"] == group].to_dict("records")
    return row["median"], row["services"]


def beside(*rows: dict[str, Any], services: tuple[str, ...] = ("tax", "test")) -> pd.DataFrame:
    """The rows of one KPI that stand side by side, by service."""
    frame = kpi_frame(*rows)
    every = compared(
        frame, medians(frame, DEPARTMENTS), {one: DEPARTMENTS[one] for one in services}
    )
    return every[every["side_by_side"]].set_index("service")


def test_a_median_of_three_is_the_middle_one_and_of_four_between_the_middle_two() -> None:
    assert median_of(*FOUR[:3]) == (0.8, 3)
    assert median_of(*FOUR) == (pytest.approx(0.7), 4)


def test_a_department_has_a_median_of_its_own_services() -> None:
    assert median_of(*FOUR, group="dft") == (0.8, 3)


def test_two_services_have_no_median_but_are_counted() -> None:
    median, services = median_of(*FOUR[:2])
    assert pd.isna(median)
    assert services == 2


@pytest.mark.parametrize(
    "doubtful",
    [
        figure("death", TAKE_UP, 10, 100, status="partial"),
        figure("death", TAKE_UP, None, None, status="not reported"),
        figure("death", TAKE_UP, 130, 100),
    ],
    ids=["partial", "not reported", "over 100%"],
)
def test_only_whole_and_possible_figures_are_in_a_median(doubtful: dict[str, Any]) -> None:
    assert median_of(*FOUR[:3], doubtful) == (0.8, 3)


def test_services_stand_side_by_side_in_the_latest_period_that_all_reported() -> None:
    found = beside(
        figure("tax", TAKE_UP, 70, 100, start=APRIL),
        figure("test", TAKE_UP, 60, 100, start=APRIL),
        figure("tax", TAKE_UP, 90, 100),
    )
    assert found["value"].to_dict() == {"tax": 0.7, "test": 0.6}
    period = period_beside(found)
    assert period is not None
    assert period.label == "April to June 2017"


def test_where_no_period_is_of_all_it_is_the_latest_of_most_and_others_are_not_reported() -> None:
    found = beside(
        figure("tax", TAKE_UP, 70, 100, start=APRIL),
        figure("test", TAKE_UP, 60, 100, start="2017-01-01"),
        figure("tax", TAKE_UP, 90, 100),
    )
    assert found["status"].to_dict() == {"tax": "reported", "test": "not reported"}
    assert found["value"].isna().to_dict() == {"tax": False, "test": True}
    assert found.loc["tax", "value"] == 0.9


def test_a_partial_figure_is_shown_and_neither_leads_nor_chooses_the_period() -> None:
    found = beside(
        figure("tax", TAKE_UP, 70, 100, start=APRIL),
        figure("test", TAKE_UP, 99, 100, start=APRIL, status="partial"),
        figure("tax", TAKE_UP, 99, 100, status="partial"),
        figure("test", TAKE_UP, 99, 100, status="partial"),
    )
    assert found["status"].to_dict() == {"tax": "reported", "test": "partial"}
    assert found.loc["test", "value"] == 0.99
    assert not found["best"].any()


def test_a_suppressed_figure_is_not_told_and_not_called_unreported() -> None:
    hidden = figure("test", TAKE_UP, None, None, status="suppressed")
    found = beside(figure("tax", TAKE_UP, 70, 100), hidden)
    assert found["status"].to_dict() == {"tax": "reported", "test": "suppressed"}
    assert found["value"].isna().to_dict() == {"tax": False, "test": True}
    assert set(found["reporting"]) == {1}


def test_the_best_is_the_lowest_cost_and_the_highest_share() -> None:
    costs = beside(figure("tax", COST, 300, 100), figure("test", COST, 200, 100))
    assert costs["best"].to_dict() == {"tax": False, "test": True}
    shares = beside(*FOUR[:2])
    assert shares["best"].to_dict() == {"tax": True, "test": False}


def test_of_transactions_more_lead_but_none_is_best() -> None:
    rows = kpi_frame(figure("tax", VOLUME, 30), figure("test", VOLUME, 20))
    assert lead(rows, kpi(VOLUME)) == "tax"
    assert not beside(figure("tax", VOLUME, 30), figure("test", VOLUME, 20))["best"].any()


def test_nobody_leads_where_the_first_two_read_the_same_or_one_stands_alone() -> None:
    same = kpi_frame(figure("tax", TAKE_UP, 80.01, 100), figure("test", TAKE_UP, 80.04, 100))
    assert lead(same, kpi(TAKE_UP)) == ""
    assert lead(kpi_frame(FOUR[0]), kpi(TAKE_UP)) == ""


def test_a_share_over_a_hundred_percent_does_not_lead() -> None:
    rows = kpi_frame(*FOUR[:2], figure("toll", TAKE_UP, 130, 100))
    assert lead(rows, kpi(TAKE_UP)) == "tax"


def test_every_service_has_a_row_in_every_period_that_any_has_in_the_order_asked_for() -> None:
    rows = [*FOUR[:2], figure("tax", TAKE_UP, 70, 100, start=APRIL)]
    frame = kpi_frame(*rows)
    found = compared(frame, medians(frame, DEPARTMENTS), {"test": "dft", "tax": "dft"})
    said = list(zip(found["service"], found["start_at"].dt.month, found["status"], strict=True))
    assert said == [
        ("test", 4, "not reported"),
        ("test", 7, "reported"),
        ("tax", 4, "reported"),
        ("tax", 7, "reported"),
    ]


def test_medians_stand_beside_a_service_that_reported_nothing() -> None:
    frame = kpi_frame(*FOUR)
    found = compared(
        frame[frame["service"] == "tax"],
        medians(frame, DEPARTMENTS),
        {"tax": "dft", "death": "hmt"},
    ).set_index("service")
    own = found.loc["death"]
    assert (own["status"], own["reporting"], own["department_reporting"]) == ("not reported", 4, 1)
    assert own["median"] == pytest.approx(0.7)
    assert pd.isna(own["department_median"])


def test_without_figures_nothing_is_compared() -> None:
    found = compared(no_figures(), medians(no_figures(), DEPARTMENTS), {"tax": "dft"})
    assert found.empty
    shown = Comparison(pd.DataFrame({"slug": ["tax"]}), View(), found)
    assert shown.beside(COST).empty
    assert period_beside(shown.beside(COST)) is None


def test_of_the_same_twelve_months_the_published_year_goes_before_the_window() -> None:
    quarters = ("2016-10-01", "2017-01-01", APRIL, JULY)
    found = over_twelve_months(
        kpi_frame(
            figure("tax", COST, 700, 100, period="year", start="2016-10-01"),
            *(figure("tax", COST, 50, 25, start=start) for start in quarters),
            *(figure("test", COST, 50, 25, start=start) for start in quarters),
        )
    )
    whole = found[found["status"] == "reported"]
    said = list(zip(whole["service"], whole["period"], whole["value"], strict=True))
    assert said == [("tax", "year", 7.0), ("test", "twelve months", 2.0)]


def test_twelve_months_that_nobody_reported_whole_are_left_out_where_others_are() -> None:
    year = figure("tax", COST, 700, 100, period="year", start="2016-10-01")
    begun = figure("test", COST, 5, 1, period="twelve months", start="2016-07-01", status="partial")
    assert set(beside(year, begun)["status"]) == {"reported", "not reported"}
    frame = kpi_frame(year, begun)
    found = compared(frame, medians(frame, DEPARTMENTS), {"tax": "dft", "test": "dft"})
    assert set(found["start_at"]) == {pd.Timestamp("2016-10-01")}
    alone = beside(begun, services=("test",))
    assert list(alone["status"]) == ["partial"]


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        ([("month", "quarter", "year"), ("quarter", "year")], ("quarter", "year")),
        ([("week", "month"), ("month",)], ("month",)),
        ([("quarter", "year"), ("year",), ()], ("year",)),
        ([("month",), ("quarter",), ("quarter",)], ("quarter",)),
        ([(), ()], ()),
        ([("week",)], ()),
    ],
)
def test_services_are_compared_by_a_length_that_all_report_by(
    reported: list[tuple[str, ...]], expected: tuple[str, ...]
) -> None:
    assert common_lengths(reported) == expected

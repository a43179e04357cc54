"""Each KPI's latest figure and what it is compared with."""

from datetime import date

import pandas as pd

from kpi.dashboard import Latest, latest, periods_of, within, yearly_costs
from kpi.frames import no_figures
from kpi.periods import Period
from kpi.views import View, Wanted, view
from tests.kpi.rows import figure, kpi_frame

TAKE_UP, COST = "digital-take-up", "cost-per-transaction"


def rates(**counts: tuple[float, str]) -> pd.DataFrame:
    """Take-up of months of 2017, of 100 transactions each: January='jan'."""
    places = {name: f"2017-{n:02}-01" for n, name in enumerate(("jan", "feb", "mar", "apr"), 1)}
    return kpi_frame(
        *(
            figure("s", TAKE_UP, n, 100, period="month", start=places[name], status=status)
            for name, (n, status) in counts.items()
        )
    )


def whole(figures: pd.DataFrame, wanted: Wanted | None = None, channel: str = "") -> View:
    asked = wanted or Wanted(channel=channel)
    return view(asked, ["month"], "month", periods_of(figures), channels=["digital"])


def take_up(figures: pd.DataFrame, shown: View) -> Latest:
    return latest(figures, no_figures(), shown)[TAKE_UP]


def test_the_latest_reported_figure_is_compared_with_the_month_before() -> None:
    figures = rates(jan=(50, "reported"), feb=(60, "reported"))
    found = take_up(figures, whole(figures))
    assert (found.value, found.before, found.status) == (0.6, 0.5, "reported")
    assert found.period == Period("month", date(2017, 2, 1))


def test_a_gap_is_not_passed_over_in_a_comparison() -> None:
    figures = rates(jan=(50, "reported"), mar=(60, "reported"))
    assert take_up(figures, whole(figures)).before is None


def test_a_partial_month_is_told_beside_the_latest_reported_one() -> None:
    figures = rates(jan=(50, "reported"), feb=(60, "partial"))
    found = take_up(figures, whole(figures))
    assert found.value == 0.5
    assert found.newer is not None
    assert (found.newer.value, found.newer.period.label) == (0.6, "February 2017")


def test_where_everything_is_partial_the_latest_is_shown_as_such() -> None:
    figures = rates(jan=(50, "partial"), feb=(60, "partial"))
    found = take_up(figures, whole(figures))
    assert (found.value, found.status, found.newer, found.before) == (0.6, "partial", None, None)


def test_a_figure_before_the_span_is_compared_with_but_not_drawn() -> None:
    figures = rates(jan=(50, "reported"), feb=(60, "reported"), mar=(70, "reported"))
    shown = whole(figures, Wanted("month", date(2017, 2, 1), date(2017, 2, 1)))
    found = take_up(figures, shown)
    assert (found.value, found.before, found.trend) == (0.6, 0.5, (0.6,))
    assert len(within(figures, shown)) == 1


def test_a_kpi_that_is_not_split_by_channel_does_not_apply_to_one() -> None:
    figures = rates(jan=(50, "reported"))
    found = latest(figures, no_figures(), whole(figures, channel="digital"))
    assert (found[TAKE_UP].status, found[TAKE_UP].value) == ("not applicable", None)
    assert found[COST].status == "not reported"


def costs(period: str, starts: list[str], pounds: float = 10) -> pd.DataFrame:
    rows = [figure("s", COST, pounds * n, 10, period=period, start=s) for n, s in enumerate(starts)]
    return kpi_frame(*rows)


def test_costs_are_of_twelve_months_and_compared_with_the_year_before() -> None:
    yearly = yearly_costs([costs("year", ["2014-10-01", "2015-10-01", "2016-10-01"])])
    quarters = [Period("quarter", date(2017, 7, 1))]
    shown = view(Wanted(), ["quarter"], "quarter", quarters)
    found = latest(no_figures(), yearly, shown)[COST]
    assert (found.value, found.year_before, found.window) == (2.0, 1.0, True)
    assert found.period == Period("year", date(2016, 10, 1))


def test_twelve_reported_months_make_a_window_where_no_year_is_published() -> None:
    starts = [f"2016-{month:02}-01" for month in range(1, 13)]
    yearly = yearly_costs([costs("month", starts)])
    # 0 + 10 + … + 110 pounds over 12 × 10 transactions.
    assert yearly["value"].tolist() == [660 / 120]
    assert yearly_costs([costs("month", starts[1:])]).empty


def test_costs_of_years_that_end_after_the_span_are_not_its_latest() -> None:
    yearly = yearly_costs([costs("year", ["2014-10-01", "2015-10-01", "2016-10-01"])])
    quarters = [Period("quarter", date(2016, 7, 1)), Period("quarter", date(2016, 10, 1))]
    asked = Wanted("quarter", last=quarters[0].start)
    shown = view(asked, ["quarter"], "quarter", quarters)
    assert latest(no_figures(), yearly, shown)[COST].value == 1.0


def test_a_year_may_end_after_the_last_quarter_where_no_end_is_asked_for() -> None:
    yearly = yearly_costs([costs("year", ["2014-10-01", "2015-10-01", "2016-10-01"])])
    shown = view(Wanted(), ["quarter"], "quarter", [Period("quarter", date(2016, 7, 1))])
    assert latest(no_figures(), yearly, shown)[COST].value == 2.0

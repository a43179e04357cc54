"""The page of a department or an agency."""

import pandas as pd
import pytest

from kpi.definitions import kpi
from kpi.periods import Period
from layouts.organisation import Organisation, _comparable, _spread, description
from layouts.organisation import organisation_filter as filter_of

DEPARTMENT = Organisation("department-for-transport", "Department for Transport")
AGENCY = Organisation("dvla", "Driver and Vehicle Licensing Agency", DEPARTMENT)


def line(*services_reporting: int) -> pd.DataFrame:
    count = len(services_reporting)
    return pd.DataFrame(
        {
            "kpi": kpi("digital-take-up").slug,
            "period": "year",
            "start_at": pd.to_datetime(
                [Period("year", pd.Timestamp(2010 + n, 1, 1).date()).start for n in range(count)]
            ),
            "value": 0.5,
            "status": "reported",
            "services_reporting": services_reporting,
            "services": 49,
        }
    )


def test_a_figure_of_few_services_is_set_apart_so_that_nobody_takes_it_for_a_change() -> None:
    assert _comparable(line(27, 14, 13, 6))["status"].tolist() == [
        "reported",
        "reported",
        "partial",
        "partial",
    ]


def test_a_line_says_that_it_goes_over_changing_numbers_of_services() -> None:
    assert _spread(line(20, 20)) == ""
    assert _spread(line(20, 18)) == " Figures are from 18 to 20 services."
    assert _spread(line(27, 6)).endswith("half as many services as the best reported.")


@pytest.mark.parametrize(("organisation", "name"), [(DEPARTMENT, "department"), (AGENCY, "agency")])
def test_its_services_are_those_of_the_department_or_of_the_agency(
    organisation: Organisation, name: str
) -> None:
    assert filter_of(organisation) == name


def test_search_engines_are_told_what_the_page_shows() -> None:
    assert description(AGENCY, 1).startswith("How the 1 service of Driver and Vehicle")

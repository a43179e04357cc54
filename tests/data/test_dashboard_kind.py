"""A dashboard is of what its service has, and its page asks only for what it names."""

from __future__ import annotations

from typing import Any

import pytest

from data.dashboard import dashboard
from data.dashboard_kind import EXAMPLE
from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetEntry, DeclarationEntry, Delivery
from data.reader import Reader
from data.validation import Rejected
from kpi.dashboard import Dashboard
from kpi.default_dashboard import DEFAULT
from kpi.views import Wanted
from tests.data.world import ALLOWANCE, NOW, World, channels, counted, record, summaries, typed
from tests.fixtures.kept import Kept

DEVICES = typed(
    "devices",
    record("2017-07-01", "month", device="mobile", count=60),
    record("2017-07-01", "month", device="desktop", count=40),
)


def declare(world: World, *modules: Any, key: str = "dashboard") -> None:
    entry = DeclarationEntry("allowance", "dashboard", key, {"modules": list(modules)})
    deliver(world.engine, Delivery(declarations=[entry]), Sender("a test", now=NOW))


def shown(world: World, **wanted: Any) -> Dashboard:
    found = dashboard(Reader(world.engine, Kept()), "allowance", Wanted(**wanted))
    assert found is not None
    return found


def refused(world: World, *modules: Any, key: str = "dashboard") -> tuple[str, str]:
    before = world.rows()
    with pytest.raises(Rejected, match="Nothing was written") as told:
        declare(world, *modules, key=key)
    assert world.rows() == before
    (fault,) = told.value.faults
    return fault.field, fault.message


def test_a_service_without_a_dashboard_of_its_own_has_the_default_one(world: World) -> None:
    world.send(services=[ALLOWANCE])
    assert shown(world).modules == DEFAULT


def test_what_is_declared_is_what_is_shown_until_it_is_withdrawn(world: World) -> None:
    world.send(services=[ALLOWANCE])
    declare(world, *EXAMPLE["modules"])
    assert [one.type for one in shown(world).modules] == ["kpi", "kpi", "journey", "section"]
    entry = DeclarationEntry("allowance", "dashboard", "dashboard", None)
    deliver(world.engine, Delivery(declarations=[entry]), Sender("a test", now=NOW))
    assert shown(world).modules == DEFAULT


def test_a_kpi_that_the_service_does_not_have_is_refused(world: World) -> None:
    world.send(services=[ALLOWANCE])
    place, words = refused(world, {"type": "journey"}, {"type": "kpi", "kpi": "happiness"})
    assert place == "modules[1].kpi"
    assert words.startswith("modules[1].kpi: This service has no KPI ‘happiness’. It has: cost-per")


def test_a_measure_that_no_data_set_of_the_service_gives_is_refused(world: World) -> None:
    world.send(DEVICES, services=[ALLOWANCE])
    place, words = refused(world, {"type": "list", "measure": "errors"})
    assert place == "modules[0].measure"
    assert words.endswith("No data set of this service gives ‘errors’. They give: devices.")


def test_what_a_private_data_set_gives_is_not_to_be_shown(world: World) -> None:
    hidden = Batch(DataSetEntry("allowance", "errors", service="allowance", private=True), [])
    world.send(hidden, services=[ALLOWANCE])
    _, words = refused(world, {"type": "list", "measure": "errors"})
    assert words.endswith("They give: nothing yet.")


def test_figures_that_came_with_those_of_many_services_can_be_shown(world: World) -> None:
    year = record("2016-10-01", "year", service="allowance", transactions=10)
    world.send(summaries(year), services=[ALLOWANCE])
    declare(world, {"type": "headline_figure", "measure": "transactions"})
    assert shown(world).figures["headline-figure-transactions"].latest.value == 10  # type: ignore[union-attr]


def test_a_service_has_one_dashboard_under_one_key(world: World) -> None:
    world.send(services=[ALLOWANCE])
    assert refused(world, {"type": "journey"}, key="second") == (
        "key",
        "A service has one dashboard: its key is 'dashboard', not 'second'.",
    )


def test_a_module_has_the_figures_of_the_nearest_length_that_is_reported(world: World) -> None:
    days = [counted("2017-07-03", "digital", 5), counted("2017-07-04", "digital", 6)]
    quarter = typed("site-visits", record("2017-07-01", "quarter", visits=90))
    world.send(channels(*days), quarter, services=[ALLOWANCE])
    declare(
        world,
        {"type": "single_timeseries", "measure": "visits", "slug": "visits"},
        {"type": "single_timeseries", "measure": "visits", "period": "week", "slug": "weekly"},
    )
    figures = shown(world, period="day").figures
    assert (figures["visits"].period, figures["visits"].frame["value"].tolist()) == (
        "quarter",
        [90],
    )
    assert (figures["weekly"].period, figures["weekly"].has_any) == ("week", False)


def test_parts_are_told_apart_from_all_of_them_together(world: World) -> None:
    world.send(DEVICES, services=[ALLOWANCE])
    declare(world, {"type": "bar_chart_with_number", "measure": "devices", "slug": "devices"})
    found = shown(world).figures["devices"]
    assert dict(zip(found.frame["line"], found.frame["value"], strict=True)) == {
        "mobile": 60,
        "desktop": 40,
    }
    assert found.total["value"].tolist() == [100]


def test_only_what_the_chosen_tab_shows_is_asked_for(world: World) -> None:
    visits = typed("site-visits", record("2017-07-01", "month", visits=90))
    world.send(DEVICES, visits, services=[ALLOWANCE])
    tabs = [
        {"type": "list", "measure": "devices", "title": "Devices"},
        {"type": "headline_figure", "measure": "visits", "title": "Visits"},
    ]
    declare(world, {"type": "tab", "modules": tabs})
    assert set(shown(world).figures) == {"devices"}
    found = shown(world, tabs=("visits", "nothing"))
    assert set(found.figures) == {"visits"}
    assert found.view.parameters == {"tab": "visits"}
    assert found.view.notes == ("There is no tab ‘nothing’ here: the first one is shown.",)


def test_of_one_channel_only_what_is_told_by_channel_has_figures(world: World) -> None:
    months = [counted("2017-07-01", name, 5, "month") for name in ("digital", "paper")]
    world.send(channels(*months), DEVICES, services=[ALLOWANCE])
    declare(
        world,
        {"type": "single_timeseries", "measure": "transactions", "slug": "volume"},
        {"type": "list", "measure": "devices", "slug": "devices"},
    )
    figures = shown(world, channel="digital").figures
    assert figures["volume"].frame["value"].tolist() == [5]
    assert not figures["devices"].split
    assert shown(world).figures["volume"].frame["value"].tolist() == [10]


def test_availability_is_of_counts_and_speed_of_all_page_views(world: World) -> None:
    up = typed("availability", record("2017-07-01", "month", up=44_595, total=44_640))
    speed = typed("page-load-time", record("2017-07-01", "month", mean_seconds=1.25, views=4000))
    world.send(up, speed, services=[ALLOWANCE])
    declare(world, {"type": "availability"})
    found = shown(world).figures["availability"]
    assert found.latest is not None
    assert found.latest.value == pytest.approx(44_595 / 44_640)
    assert found.beside is not None
    assert found.beside.frame["value"].tolist() == [pytest.approx(1.25)]

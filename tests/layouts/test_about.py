"""The about page."""

from kpi.definitions import KPIS
from layouts.about import build_about
from layouts.shell import ABOUT
from tests.layouts.reading import prop, typed, words


def test_every_kpi_is_defined_in_a_table() -> None:
    table = words(typed(build_about(False), "Table"))
    for kpi in KPIS:
        assert kpi.name in table
        assert kpi.definition in table
        assert kpi.formula in table


def test_every_part_that_the_footer_leads_to_is_there() -> None:
    parts = {prop(section, "id") for section in typed(build_about(False), "Section")}
    assert {way.href.partition("#")[2] for way in ABOUT if "#" in way.href} <= parts
    assert {"load", "api"} <= parts


def test_only_demonstration_data_is_called_that() -> None:
    assert "These pages show demonstration data" in words(build_about(True))
    assert "These pages show demonstration data" not in words(build_about(False))

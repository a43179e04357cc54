"""A module stands under the words of its definition, and the names of a page stay apart."""

from __future__ import annotations

from dash import dcc, html

from kpi.modules import Module, is_taken
from layouts import frame, ids, module_absence, service_about
from layouts.module_headings import headed, lowered, walk
from layouts.modules import module
from tests.layouts.reading import prop, typed, words


def built() -> html.Section:
    chart = dcc.Graph(id={"type": ids.SERVICE_CHART, "module": "channels"})
    href = "/services/tax?channel=digital#channels"
    return module("channels", "Digital overtook paper", chart, summary="So many.", share_href=href)


def test_a_title_and_a_description_head_the_module() -> None:
    defined = Module("journey", "channels", title="How they come", description="By any way.")
    found = headed(built(), defined)
    assert words(typed(found, "H2")) == "How they come"
    assert words(found).startswith("How they come By any way. So many.")


def test_without_words_of_its_own_a_module_keeps_its_finding() -> None:
    assert words(headed(built(), Module("journey", "channels"))) == words(built())


def test_another_slug_moves_the_anchor_what_is_shared_and_the_ids_of_charts() -> None:
    found = headed(built(), Module("journey", "ways"))
    assert (prop(found, "id"), prop(found, "aria-labelledby")) == ("ways", "ways-heading")
    assert prop(typed(found, "H2")[0], "id") == "ways-heading"
    assert prop(typed(found, "Graph")[0], "id") == {"type": ids.SERVICE_CHART, "module": "ways"}
    shared = typed(found, "A")[0]
    assert prop(shared, "href") == "/services/tax?channel=digital#ways"
    assert prop(shared, "data-embed") == "/embed/services/tax/ways"


def test_below_a_heading_a_module_is_headed_a_level_lower() -> None:
    found = lowered(built())
    assert typed(found, "H2") == []
    assert prop(typed(found, "H3")[0], "id") == "channels-heading"
    assert len(list(walk(found))) == len(list(walk(built())))


def test_no_module_can_be_called_what_the_page_calls_something_itself() -> None:
    own = [value for name, value in vars(ids).items() if name.startswith("SERVICE_")]
    others = [
        ids.SHARING,
        ids.SHARING_TIME,
        frame.MAIN_ID,
        ids.LIVE_CHART,
        service_about.ABOUT,
        module_absence.ABSENT,
    ]
    assert own
    assert [one for one in (*own, *others) if not is_taken(one)] == []

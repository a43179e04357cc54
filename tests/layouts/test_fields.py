"""Every field is labelled."""

import pytest
from dash.development.base_component import Component

from layouts.fields import (
    filters,
    number_field,
    radio_field,
    search_field,
    select_field,
    text_field,
)
from tests.layouts.reading import prop, typed, words

OPTIONS = [("month", "Month"), ("week", "Week")]


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (select_field("an-id", "Period", OPTIONS, "month"), "Select"),
        (text_field("an-id", "Period"), "Input"),
        (search_field("an-id", "Period"), "Input"),
        (number_field("an-id", "Period", 3, min=0), "Input"),
    ],
)
def test_the_label_belongs_to_its_control(field: Component, kind: str) -> None:
    label, control = typed(field, "Label")[0], typed(field, kind)[0]
    assert words(label) == "Period"
    assert prop(label, "html_for") == prop(control, "id") == "an-id"


def test_a_group_of_choices_has_a_legend() -> None:
    group = radio_field("an-id", "Show each", OPTIONS, "week")
    assert words(typed(group, "Legend")) == "Show each"
    assert prop(typed(group, "RadioItems")[0], "value") == "week"


def test_options_keep_their_order_and_words() -> None:
    control = typed(select_field("an-id", "Period", OPTIONS, "month"), "Select")[0]
    assert [item["label"] for item in prop(control, "options")] == ["Month", "Week"]


def test_a_hint_is_part_of_the_label() -> None:
    assert words(typed(text_field("an-id", "Name", hint="Any part"), "Label")) == "Name Any part"


def test_folded_filters_say_what_is_chosen() -> None:
    folded = filters([text_field("an-id", "Name")], "Month, all channels")
    assert words(typed(folded, "Summary")) == "Filters: Month, all channels"

"""The page on sending data."""

from __future__ import annotations

import json

from layouts.record_types import RecordField, RecordType
from layouts.sending import FILES, REFUSAL, WRONG, build_sending
from tests.layouts.reading import prop, typed, words

KIND = RecordType(
    name="journey",
    title="Visitors at each stage",
    notes="The last stage divided by the first.",
    fields=[
        RecordField("stage", "the stage that was reached", "", True),
        RecordField("count", "visitors who reached it", "visitors", False),
    ],
    example='{"stage": "start"}',
    others=["completion-rate"],
)
PAGE = build_sending({name: f"what {name} holds" for name in FILES}, [KIND])


def test_every_file_is_shown_and_can_be_taken_away() -> None:
    shown = [words(text) for text in typed(PAGE, "Pre")]
    links = {prop(link, "href") for link in typed(PAGE, "A")}
    for name in FILES:
        assert f"what {name} holds" in shown
        assert f"/examples/{name}" in links


def test_a_data_type_tells_its_fields_their_units_and_a_record() -> None:
    (kind,) = [one for one in typed(PAGE, "Details") if prop(one, "id") == "journey"]
    rows = [words(row) for row in typed(kind, "Tr")]
    assert rows == [
        "Field What it is In Needed",
        "stage the stage that was reached text yes",
        "count visitors who reached it visitors no",
    ]
    assert "Also known as completion-rate. The last stage divided by the first." in words(kind)
    assert words(typed(kind, "Pre")) == '{"stage": "start"}'
    assert [words(link) for link in typed(kind, "A")] == ["journey.xlsx", "journey.csv"]


def test_an_answer_to_a_mistake_is_shown_in_full() -> None:
    shown = [words(text) for text in typed(PAGE, "Pre")]
    assert WRONG in shown
    assert REFUSAL in shown
    assert len(json.loads(REFUSAL)["faults"]) == 2

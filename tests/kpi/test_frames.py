"""KPI frames: every column in its own type, and nobody's frame changed."""

from __future__ import annotations

from kpi.frames import KPI_COLUMNS, no_figures, typed


def test_text_becomes_the_words_of_the_table_and_what_has_its_type_stays_as_it_is() -> None:
    known = no_figures()
    again = typed(known.astype({"status": object, "parts": "float64"}))
    assert list(again.columns) == list(KPI_COLUMNS)
    assert again.dtypes.to_dict() == known.dtypes.to_dict()


def test_what_is_done_to_a_typed_frame_is_not_done_to_the_one_that_was_given() -> None:
    given = no_figures()
    made = typed(given)
    made["services"] = 1
    made.loc[0, "value"] = 0.5
    assert "services" not in given
    assert len(given) == 0

"""Records are measured on their way in and out, beside the engine by itself."""

from __future__ import annotations

from pathlib import Path

from bench import records


def test_every_kind_of_record_is_sent_in_both_sizes_and_read_back(tmp_path: Path) -> None:
    found = list(records.figures(tmp_path, records=400, posts=1))
    names = [figure.name for figure in found]
    for batches in ("1", "1,000"):
        assert f"The engine alone, batches of {batches}" in names
        for words, _, _ in records.KINDS:
            assert f"POST, {words}, batches of {batches}" in names
    assert all(figure.value > 0 for figure in found)
    assert [figure.aim for figure in found if figure.aim] == [records.READ_AIM]
    assert "Months by channel of 400 records, GET" in names


def test_records_that_are_made_for_one_batch_are_in_no_other() -> None:
    for _, _, make in records.KINDS:
        keys = {make(number)["_id"] for number in (*range(1, 22), *range(1000, 22_000))}
        assert len(keys) == 21 + 21_000

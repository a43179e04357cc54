"""Long files of records are generated, loaded by the command, and measured."""

from __future__ import annotations

from pathlib import Path

from bench import record_files


def test_each_kind_of_file_is_loaded_and_judged_by_its_rate_and_memory(tmp_path: Path) -> None:
    found = list(record_files.figures(tmp_path, rows=300))
    assert [figure.name for figure in found if figure.least] == [
        "A file of live users",
        "A file of transactions a day on 20 channels",
    ]
    assert [(figure.least, figure.aim) for figure in found] == [
        (20_000, None),
        (None, None),
        (None, 400),
    ] * 2
    assert all(figure.value > 0 for figure in found)
    assert not list(tmp_path.iterdir())

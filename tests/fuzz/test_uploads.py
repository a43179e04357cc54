"""Any files whatever are chosen: they are read or refused in words, and nothing is written."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from callbacks.publishing import BROKEN
from layouts import ids
from layouts.not_found import FAILURE
from tests.api.sign_in.office import Office
from tests.callbacks.publisher import Publisher
from tests.fuzz.files import damaged, names, rewritten, texts
from tests.fuzz.tables import dump
from tests.fuzz.tally import Tally
from tests.fuzz.tries import tried


@pytest.mark.parametrize(
    ("files", "examples"),
    # A workbook is opened in a process of its own, which takes its time to start.
    [(texts(), 60), (damaged(), 8), (rewritten(), 8)],
    ids=["text", "damaged workbooks", "damaged parts"],
)
def test_a_file_is_read_or_refused_in_words_and_nothing_is_written(
    office: Office,
    person: Publisher,
    files: SearchStrategy[bytes],
    examples: int,
    tally: Tally,
) -> None:
    before = dump(office.engine)

    def choose(chosen: tuple[bytes, str]) -> None:
        data, name = chosen
        began = time.monotonic()
        answer = person.choose_bytes(data, name)
        tally.count(f"{name[:20]}: {data[:80]!r}", 200, time.monotonic() - began)
        told = json.dumps(answer)
        assert BROKEN not in told and FAILURE not in told, data[:300]
        assert answer[ids.PUBLISH_OUTLOOK]["children"], (
            "it says what would be published, or why not"
        )
        assert dump(office.engine) == before, data[:300]

    tried(tally, examples, st.tuples(files, names()), choose)
    assert tally.statuses[200] >= examples

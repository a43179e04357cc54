"""Pages, exports and the API are read with parameters that nobody means: nothing breaks."""

from __future__ import annotations

from functools import partial

import pytest

from layouts.not_found import FAILURE
from tests.api.sign_in.office import Office
from tests.callbacks.publisher import Publisher
from tests.fuzz.addresses import addresses, asking, places
from tests.fuzz.calls import ADDRESS
from tests.fuzz.tables import dump
from tests.fuzz.tally import Tally


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_an_odd_address_is_answered(office: Office, accept: str, tally: Tally) -> None:
    client, before = office.browser(), dump(office.engine)
    for path in tally.some(addresses(), 0, 499):
        asked = partial(client.get, path, headers={"Accept": accept})
        answer = tally.ask(path, asked)
        assert answer.mimetype != "text/html" or FAILURE not in answer.text, path
        answer.close()
    assert dump(office.engine) == before


def test_a_page_is_drawn_at_an_odd_address(office: Office, person: Publisher, tally: Tally) -> None:
    before, headers = dump(office.engine), {"X-CSRFToken": person.token}
    for pathname, search in tally.some(places(), 5, 499):
        body = asking(person.client, pathname, search)
        drawn = partial(person.client.post, ADDRESS, json=body, headers=headers)
        answer = tally.ask(pathname + search, drawn)
        assert FAILURE not in answer.text, pathname + search
    assert dump(office.engine) == before

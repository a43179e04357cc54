"""A first visit, in a real browser."""

from __future__ import annotations

import pytest

from bench.browser import visit
from bench.databases import Database
from bench.server import served


@pytest.mark.browser
def test_a_visit_lists_every_request_and_waits_for_the_charts(tiny: Database) -> None:
    with served(tiny, workers=1) as port:
        found = visit(port, "a service", "/services/service-0")
    paths = [path for path, _ in found.requests]
    assert paths[0] == "/services/service-0"
    assert "/_dash-update-component" in paths
    assert len(paths) == len(set(paths)), "nothing is fetched twice"
    assert all(size > 0 for _, size in found.requests)
    assert found.charts > 1
    assert found.seconds > 0
    sent, requests, until = found.figures
    assert (sent.unit, sent.aim) == ("MB", 0.9)
    assert requests.value == len(paths)
    assert until.unit == "s"

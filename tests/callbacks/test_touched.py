"""Whatever a callback reads or writes stays a component of Dash's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dash import html
from flask.testing import FlaskClient

from layouts.fixed import fixed

DASHS = "_pages_"


def test_whatever_a_callback_reads_or_writes_stays_a_component_of_dashs(
    client: FlaskClient,
) -> None:
    callbacks = json.loads(client.get("/_dash-dependencies").text)
    named = {id for one in callbacks for id in _ids(one) if not id.startswith((DASHS, "{"))}
    assert len(named) > 50
    assert [id for id in named if fixed(html.Div(id=id))["type"] != "Div"] == []


def _ids(callback: dict[str, Any]) -> Iterator[str]:
    for output in callback["output"].strip(".").split("..."):
        yield output.partition("@")[0].rpartition(".")[0]
    for one in (*callback["inputs"], *callback["state"]):
        yield one["id"]

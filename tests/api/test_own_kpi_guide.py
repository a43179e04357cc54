"""docs/own-kpis.md says what is so: its example is run, its table is that of the metrics."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from app import create_app
from config import ROOT, Settings
from data import data_sets, tokens
from data.deliveries import Sender
from data.entries import DataSetEntry
from kpi.own_schema import AGGREGATES, PROPERTIES
from kpi.standard_metrics import STANDARD_METRICS
from tests.fixtures.small_world import small_world

PAGE = (ROOT / "docs" / "own-kpis.md").read_text(encoding="utf-8")
SERVICE = "pay-a-toll"


def blocks() -> list[Any]:
    return [json.loads(text) for text in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def test_the_example_is_declared_by_command_and_read_as_the_guide_says(tmp_path: Path) -> None:
    definition, records = blocks()
    engine = small_world(tmp_path)
    stored = data_sets.put(
        engine, DataSetEntry("desk", "call-centre", service=SERVICE), Sender("test")
    )
    tokens.create(engine, stored.id, "desk", None, Sender("test"), text="desk")
    app = create_app(Settings(database_url=str(engine.url))).server
    file = tmp_path / "calls-answered.json"
    file.write_text(json.dumps(definition), encoding="utf-8")
    command = ["declarations", "put", SERVICE, "kpi", "calls-answered", str(file)]
    said = CliRunner().invoke(app.cli, command)
    assert (said.exit_code, said.output) == (0, "The kpi calls-answered is declared.\n")
    client = app.test_client()
    headers = {"Authorization": "Bearer desk"}
    sent = client.post("/data/desk/call-centre", json=records, headers=headers)
    assert sent.status_code == 200, sent.text
    address = f"/api/services/{SERVICE}/kpis"
    (row,) = client.get(f"{address}?kpi=calls-answered&period=month").get_json()["data"]
    assert (row["numerator"], row["denominator"], row["value"]) == (35, 50, 0.7)
    assert "35 of 50 calls are 70%" in PAGE
    parts = client.get(f"{address}/parts?period=month").get_json()["data"]
    assert [(part["group"], part["value"]) for part in parts] == [("north", 0.75), ("south", 0.5)]
    engine.dispose()


def test_the_guide_names_every_way_and_what_goes_with_it() -> None:
    named = set(re.findall(r"[`\"]([a-z_]+)[`\"]", PAGE))
    assert set(AGGREGATES) <= named
    assert set(PROPERTIES) - {"decimals"} <= named


def test_the_guide_has_every_standard_metric_as_it_is() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.*?) \| `([\w-]+)` \| (.*?) \|$", PAGE, re.MULTILINE)
    assert rows == [
        (metric.slug, own.kpi.name, own.data_set, own.kpi.formula)
        for metric in STANDARD_METRICS
        for own in [metric.own]
    ]

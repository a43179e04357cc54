"""Schemathesis sends what the OpenAPI document describes, and what it forbids."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import Engine

from app import create_app
from config import Settings
from tests.api.openapi.world import make_world
from tests.fixtures.databases import opened
from tests.fuzz.tables import dump
from tests.fuzz.tally import Tally

READING = ("get", "options", "head")
# That nothing fails is seen by whoever counts.
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
BOTH = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# Whose tokens open which operations.
OWN = {"data-set-token": "Bearer own", "admin-token": "Bearer admin"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The database that the document's examples speak of."""
    made = opened(make_world(tmp_path_factory.mktemp("contract")))
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def operations(engine: Engine) -> list[Any]:
    """Every operation of the document, as it is served over that database."""
    url = engine.url.render_as_string(hide_password=False)
    unbounded = Settings(database_url=url, reads_per_minute=0, writes_per_minute=0)
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", create_app(unbounded).server)
    found: list[Any] = list(schema.get_all_operations())
    return [one.ok() for one in found]


def try_out(operation: Any, mode: GenerationMode, tally: Tally, token: str = "") -> None:
    """Send what fits an operation, or what does not, and hold the answers to the document."""
    # It cannot read what is compressed.
    headers = {"Accept-Encoding": "identity", **({"Authorization": token} if token else {})}

    @settings(
        max_examples=2 if tally.seconds else 1,
        derandomize=not tally.seconds,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def sent(case: Any) -> None:
        if not tally.is_over():
            answer = tally.ask(operation.label, partial(case.call, headers=headers))
            case.validate_response(answer, checks=CHECKS)

    # Nothing that is sent to some operations can be wrong: they take no parameters.
    with suppress(Unsatisfiable):
        sent()


@pytest.mark.parametrize("token", ["", "Bearer nobody"])
def test_what_is_read_is_answered_as_the_document_says_and_changes_nothing(
    engine: Engine, operations: list[Any], token: str, tally: Tally
) -> None:
    before = dump(engine)
    for operation in tally.rounds(operations):
        if operation.method.lower() in READING:
            for mode in BOTH:
                try_out(operation, mode, tally, token)
    # The long form may end before it comes to what looks at tokens.
    assert tally.seconds or not token or 401 in tally.statuses
    assert dump(engine) == before


@pytest.mark.parametrize("token", ["", "Bearer nobody"])
def test_without_a_valid_token_nothing_is_written(
    engine: Engine, operations: list[Any], token: str, tally: Tally
) -> None:
    before = dump(engine)
    for operation in tally.rounds(operations):
        if operation.method.lower() not in READING:
            try_out(operation, GenerationMode.POSITIVE, tally, token)
    assert set(tally.statuses) <= {400, 401, 404}
    assert dump(engine) == before


def test_with_a_token_writes_are_answered_as_the_document_says(
    operations: list[Any], tally: Tally
) -> None:
    for operation in tally.rounds(operations):
        if operation.method.lower() not in READING:
            needed = [name for one in operation.definition.raw["security"] for name in one]
            for mode in BOTH:
                try_out(operation, mode, tally, OWN[needed[0]])

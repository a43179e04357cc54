"""A platform that has what the OpenAPI document's examples name, and both kinds of tokens.

Data sets of the group carers-allowance, one for each standard data type, each with the record that
is its example; the first one also has the record that examples change and remove.
"""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from api.openapi.record_examples import ADMIN_TOKEN, GROUP, KEY, TOKEN, TYPE
from app import create_app
from config import Settings
from data import data_sets, tokens
from data.datatypes import STANDARD_TYPES
from data.declaration_kinds import KINDS
from data.deliveries import Sender, deliver
from data.entries import (
    Batch,
    DataSetEntry,
    DataSetKey,
    DeclarationEntry,
    Delivery,
    ServiceEntry,
)
from data.rules import DataType
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import small_world

SENDER = Sender("a test")
SERVICE = ServiceEntry("dwp-carers-allowance-new-claims", "Carers allowance", "treasury")
# The document says whose token is meant; these are what is sent for it.
SENT = {TOKEN["Authorization"]: "Bearer own", ADMIN_TOKEN["Authorization"]: "Bearer admin"}


def make_world(folder: Path) -> Path:
    """A folder with the database."""
    engine = small_world(folder)
    deliver(engine, Delivery(services=[SERVICE]), SENDER)
    for item in STANDARD_TYPES:
        stored = data_sets.put(engine, _entry(item), SENDER)
        tokens.create(engine, stored.id, "own", None, SENDER, text="own")
        deliver(engine, Delivery(batches=[Batch(stored.entry.key, [dict(item.example)])]), SENDER)
    tokens.create(engine, None, "admin", None, SENDER, text="admin")
    declared = [DeclarationEntry(SERVICE.slug, kind.name, *kind.example) for kind in KINDS]
    deliver(engine, Delivery(declarations=declared), SENDER)
    known = {**STANDARD_TYPES[0].example, "_id": KEY}
    deliver(engine, Delivery(batches=[Batch(DataSetKey(GROUP, TYPE), [known])]), SENDER)
    engine.dispose()
    return folder


def client_of(folder: Path) -> FlaskClient:
    """A client of the whole platform over the database in a folder."""
    settings = Settings(database_url=database_url(folder))
    return create_app(settings).server.test_client()


def _entry(item: DataType) -> DataSetEntry:
    service = None if item.names_its_service else SERVICE.slug
    stages = ("eligibility", "thank-you") if item.slug == "journey" else ()
    return DataSetEntry(GROUP, item.slug, item.title, service, stages, raw_queries_allowed=True)

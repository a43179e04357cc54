"""Who may read a data set: everyone, unless it is hidden."""

from __future__ import annotations

from flask import g

from api.bearer import bearer
from api.errors import NotFound
from api.records.headers import note_hidden
from data import data_sets, tokens
from data.data_sets import StoredDataSet
from data.dialect import Connection
from data.people import Viewer
from data.record_visibility import hidden_services

MISSING = "data_set not found"


def readable(connection: Connection, group: str, type: str) -> StoredDataSet:
    """A data set that can be queried, by whoever asks.

    :raises NotFound: when there is none, and as if there were none where it is hidden from them.
    """
    stored = data_sets.find(connection, group, type)
    if stored is None or not stored.entry.queryable or not may_see(connection, stored):
        raise NotFound(MISSING)
    if stored.hidden:
        note_hidden()
    return stored


def hidden_from_asker(connection: Connection, stored: StoredDataSet) -> tuple[str, ...]:
    """The services that whoever asks must not learn of, of those that its records may name."""
    hidden = hidden_services(connection, stored.entry.type)
    viewer: Viewer | None = g.get("viewer")
    if hidden and viewer is not None and viewer.may_publish(stored):
        note_hidden()
        return ()
    return hidden


def is_there(connection: Connection, group: str, type: str) -> bool:
    """Whether there is a data set, as far as whoever asks may know."""
    stored = data_sets.find(connection, group, type)
    return stored is not None and may_see(connection, stored)


def may_see(connection: Connection, stored: StoredDataSet) -> bool:
    """Whether whoever asks may see a data set: by who they are, or by a token that they send."""
    viewer: Viewer | None = g.get("viewer")
    if not stored.hidden or (viewer is not None and viewer.may_see(stored)):
        return True
    token = bearer()
    return token is not None and tokens.is_valid(connection, stored.id, token)

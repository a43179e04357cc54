"""Whom a bearer token of an admin or of a person speaks for."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from data import people, tokens
from data.people import ADMIN, Viewer
from data.tokens import Token


def caller(engine: Engine, text: str) -> Viewer | None:
    """Who may do what the bearer of this text may; its use is noted. None where nobody is meant.

    An admin's token may do everything; a person's, what that person may.
    """
    with engine.connect() as connection:
        token = tokens.admin(connection, text) or tokens.personal(connection, text)
        found = None if token is None else _viewer(connection, token)
    if token is not None and found is not None:
        tokens.note_use(engine, token)
    return found


def _viewer(connection: Connection, token: Token) -> Viewer | None:
    if token.person_id is None:
        return Viewer(0, f"admin token {token.name}", "", ADMIN)
    found = people.find_id(connection, token.person_id)
    return found.viewer if found and found.active else None

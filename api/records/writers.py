"""Who may write: whoever sends a bearer token of the data set, or of an admin."""

from __future__ import annotations

from dataclasses import dataclass

from api.bearer import EXPECTED, bearer, has_header
from api.errors import NotFound, Unauthorised
from api.records.desk import Desk
from data import data_sets, tokens
from data.data_sets import StoredDataSet
from data.deliveries import Sender
from data.tokens import Token

UNKNOWN = "Could not find data_set_config"
_NO_DATA_SET = 0


@dataclass(frozen=True)
class Writer:
    """Someone who may write to a data set, and the name that goes into the audit."""

    data_set: StoredDataSet
    sender: Sender


def admit(desk: Desk, group: str, type: str) -> Writer:
    """Whoever writes to a data set, by a token of it.

    :raises NotFound: when there is none, or it is hidden from who has no token of it.
    :raises Unauthorised: when the token is missing or is none of this data set.
    """
    text = bearer()
    with desk.engine.connect() as connection:
        stored = data_sets.find(connection, group, type)
        # What is missing is looked for as long as what is hidden.
        id = stored.id if stored else _NO_DATA_SET
        token = tokens.find(connection, id, text) if text else None
    if stored is None or (token is None and stored.hidden):
        raise NotFound(UNKNOWN)
    if token is None:
        wrong = f"Unauthorized: Invalid bearer token for '{stored.entry.own_name}'"
        raise Unauthorised(wrong if has_header() else EXPECTED)
    return Writer(stored, _sender(desk, token, f"token {token.name} of {stored.entry.address}"))


def admit_admin(desk: Desk, name: str) -> Sender:
    """Whoever clears the data set of this name, by an admin's token.

    :raises Unauthorised: when the token is missing or is no admin's.
    """
    text = bearer()
    with desk.engine.connect() as connection:
        token = tokens.admin(connection, text) if text else None
    if token is None:
        raise Unauthorised(f'Unauthorized: invalid or no token given for "{name}".')
    return _sender(desk, token, f"admin token {token.name}")


def _sender(desk: Desk, token: Token, name: str) -> Sender:
    tokens.note_use(desk.engine, token)
    return Sender(name)

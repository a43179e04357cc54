"""Data sets as admins manage them: some settings at a time, and tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, select

from data import data_sets, tokens
from data.data_sets import StoredDataSet, UnknownDataSet, parse_settings
from data.deliveries import Sender
from data.entries import DataSetEntry, DataSetKey
from data.receipts import Receipt
from data.tables import service
from data.tokens import Token
from data.validation import Fault, Rejected

# What may be among the settings besides them: it is kept apart, as a hash.
TOKEN = "token"
TOKEN_HELP = (
    "The text of a token that may write to it, used as it is; without it, one is made when the "
    "data set is made, and told once."
)
# What is said of the token that comes or is made with the settings.
_GIVEN, _MADE = "given with the settings", "made with the data set"
_UNNAMED = "unnamed"


@dataclass(frozen=True)
class Managed:
    """A data set with its tokens. When it was made with a token made up for it, that one's text
    is in ``told``, this once.
    """

    stored: StoredDataSet
    tokens: list[Token] = field(default_factory=list)
    is_new: bool = False
    told: str | None = None


@dataclass(frozen=True)
class Administration:
    """What admins do with data sets and their tokens, from the admin API or a command."""

    engine: Engine

    def admit(self, text: str) -> Token | None:
        """The admin's token of this text, its use noted; None where there is none."""
        with self.engine.connect() as connection:
            token = tokens.admin(connection, text)
        if token is not None:
            tokens.note_use(self.engine, token)
        return token

    def listed(self) -> list[Managed]:
        """All data sets, by group and type."""
        with self.engine.connect() as connection:
            owned = tokens.by_data_set(connection)
            stored = data_sets.listed(connection)
        return [Managed(item, owned.get(item.id, [])) for item in stored]

    def find(self, key: DataSetKey) -> Managed:
        """One data set.

        :raises UnknownDataSet: when it is not there.
        """
        with self.engine.connect() as connection:
            stored = data_sets.find(connection, key.group, key.type)
            if stored is None:
                raise UnknownDataSet(key)
            return Managed(stored, tokens.listed(connection, stored.id))

    def change(self, key: DataSetKey, given: Mapping[str, Any], sender: Sender) -> Managed:
        """Make a data set, or change the settings that are given; a new one always gets a token.

        :param given: settings by name, and a token's text under `token`.
        :raises Rejected: with a fault for everything that is wrong; nothing is then written.
        """
        before, stored = self._put(key, given, sender)
        text, told = given.get(TOKEN), None
        if text is not None:
            _admit(self.engine, stored, text, sender)
        elif before is None:
            _, told = tokens.create(self.engine, stored.id, _MADE, None, sender)
        return Managed(stored, self.find(key).tokens, before is None, told)

    def _put(
        self, key: DataSetKey, given: Mapping[str, Any], sender: Sender
    ) -> tuple[StoredDataSet | None, StoredDataSet]:
        """The data set before and after; read again where someone else changed it meanwhile."""
        while True:
            with self.engine.connect() as connection:
                before = data_sets.find(connection, key.group, key.type)
                entry = _parse(connection, key, given, before)
            try:
                check = partial(_refuse_moved, before=before, key=key)
                return before, data_sets.put(self.engine, entry, sender, check)
            except _Moved:
                continue

    def empty(self, key: DataSetKey, sender: Sender) -> Receipt:
        """Remove all records of a data set.

        :raises UnknownDataSet: when it is not there.
        """
        return data_sets.empty(self.engine, key, sender)

    def remove(self, key: DataSetKey, sender: Sender) -> Receipt:
        """Remove a data set with its records and tokens.

        :raises UnknownDataSet: when it is not there.
        """
        return data_sets.remove(self.engine, key, sender)

    def make_token(
        self, key: DataSetKey, given: Mapping[str, Any], sender: Sender
    ) -> tuple[Token, str]:
        """Make another token of a data set, and return it with its text.

        :param given: maybe `name`, `expires_at`, and the text to use under `token`.
        :raises UnknownDataSet, Rejected: when the data set is not there, or a field is wrong.
        """
        stored = self.find(key).stored
        faults = _Faults(key.address)
        for name in given.keys() - {"name", "expires_at", TOKEN}:
            faults.add(name, f"there is no field {name[:100]!r}. Use name, expires_at and token.")
        name = faults.checked("name", tokens.checked_name, given.get("name", _UNNAMED))
        text = given.get(TOKEN)
        if text is not None:
            text = faults.checked(TOKEN, tokens.checked_text, text)
        expiry = given.get("expires_at")
        if expiry is not None:
            expiry = faults.checked("expires_at", tokens.checked_expiry, expiry, sender.at)
        faults.refuse()
        return tokens.create(self.engine, stored.id, name, expiry, sender, text=text)

    def revoke_token(self, key: DataSetKey, id: int, sender: Sender) -> Token | None:
        """Revoke a token of a data set; None when it has no such token.

        :raises UnknownDataSet: when it is not there.
        """
        return tokens.revoke(self.engine, id, self.find(key).stored.id, sender)


class _Moved(Exception):
    """Someone else has changed the settings that were read."""


def _refuse_moved(connection: Connection, before: StoredDataSet | None, key: DataSetKey) -> None:
    now = data_sets.find(connection, key.group, key.type)
    if (now and now.entry) != (before and before.entry):
        raise _Moved


class _Faults:
    """What is wrong with what was sent about a data set."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.found: list[Fault] = []

    def add(self, field: str, message: str) -> None:
        self.found.append(Fault(self.address, 0, field, message))

    def checked(self, field: str, check: Callable[..., Any], *given: Any) -> Any:
        """What a check makes of a field, or None and a fault."""
        try:
            return check(*given)
        except Rejected as error:
            if not error.faults:
                self.add(field, str(error))
            self.found += error.faults
            return None

    def refuse(self) -> None:
        """Refuse everything if anything is wrong."""
        if self.found:
            words = " ".join(fault.message for fault in self.found)
            raise Rejected(f"{self.address}: {words} Nothing was written.", self.found)


def _parse(
    connection: Connection, key: DataSetKey, given: Mapping[str, Any], before: StoredDataSet | None
) -> DataSetEntry:
    """The settings that a data set is to have, everything that was sent checked together."""
    entry = before.entry if before else DataSetEntry(key.group, key.type)
    faults = _Faults(key.address)
    named = {"data_group": key.group, "data_type": key.type}
    own = {name: value for name, value in given.items() if name not in (*named, TOKEN)}
    parsed = faults.checked("", parse_settings, own, entry)
    for name, value in named.items():
        if given.get(name, value) != value:
            faults.add(name, f"{name} must be {value!r} as in the address, or absent.")
    faults.checked("service", _check_service, connection, given.get("service"))
    faults.checked(TOKEN, _check_token, connection, given.get(TOKEN), before)
    faults.refuse()
    assert isinstance(parsed, DataSetEntry)
    return parsed


def _check_service(connection: Connection, slug: object) -> None:
    # The write refuses it as well, but only when nothing else is wrong.
    if not isinstance(slug, str) or not slug.strip() or "\0" in slug:
        return
    if connection.scalar(select(service.c.id).where(service.c.slug == slug.strip())) is None:
        raise Rejected(f"there is no service {slug[:200]!r}.")


def _check_token(connection: Connection, text: object, before: StoredDataSet | None) -> None:
    if text is None:
        return
    text = tokens.checked_text(text)
    # The same settings may be sent again, with the same token.
    if before and tokens.find(connection, before.id, text) is None:
        tokens.refuse_second(connection, before.id, text)


def _admit(engine: Engine, stored: StoredDataSet, text: str, sender: Sender) -> None:
    with engine.connect() as connection:
        known = tokens.find(connection, stored.id, text)
    if known is None:
        tokens.create(engine, stored.id, _GIVEN, None, sender, text=text)

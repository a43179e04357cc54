"""Bearer tokens: what lets a program write to one data set, act for a person, or manage everything.

Only a token's SHA-256 is stored. That is enough for random text, which nobody can guess; it is
shown once, when it is made. Several are valid at a time, so that they can be changed without a gap.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from data import audits
from data.deliveries import Sender
from data.tables import data_set, person
from data.tables import token as table
from data.times import parse_time, seconds
from data.validation import Rejected
from data.write_locks import soon

log = logging.getLogger(__name__)
LONGEST_NAME = 100
# Last uses are told to the minute: not every request writes.
_USE_SECONDS = 60
_RANDOM_BYTES = 32
_TEXT = re.compile(r"[!-~]+")
# Made once: every write asks for a data set's, and every request for a person's that has a token.
_ALL = select(table).order_by(table.c.id)
_OF_PEOPLE = _ALL.where(table.c.person_id.is_not(None))
_OF_PROGRAMS = _ALL.where(table.c.person_id.is_(None))
_OF_DATA_SET = _OF_PROGRAMS.where(table.c.data_set_id == bindparam("data_set"))
_OF_ADMINS = _OF_PROGRAMS.where(table.c.data_set_id.is_(None))


@dataclass(frozen=True)
class Token:
    """A token without its text; times are in seconds.

    It is of a data set or of a person, and of an admin where it is of neither. From ``expires_at``
    on it is refused; None: never.
    """

    id: int
    data_set_id: int | None
    name: str
    created_at: int
    expires_at: int | None = None
    last_used_at: int | None = None
    person_id: int | None = None

    def is_current(self, now: datetime | None = None) -> bool:
        """Whether it has not expired."""
        return self.expires_at is None or self.expires_at > seconds(now or datetime.now(UTC))


def find(
    connection: Connection, data_set_id: int | None, text: str, now: datetime | None = None
) -> Token | None:
    """The token of a data set that has this text and has not expired.

    Every token of the data set is compared, each in constant time, so that how long it takes says
    nothing about any of them.
    """
    owned = _OF_ADMINS if data_set_id is None else _OF_DATA_SET
    return _matching(connection.execute(owned, {"data_set": data_set_id}), text, now)


def _matching(rows: Iterable[Row[Any]], text: str, now: datetime | None) -> Token | None:
    digest = _hash(text)
    found = None
    for row in rows:
        matches = hmac.compare_digest(row.hash, digest)
        token = _token(row)
        if matches and token.is_current(now):
            found = token
    return found


def personal(connection: Connection, text: str, now: datetime | None = None) -> Token | None:
    """The token of any person that has this text and has not expired."""
    return _matching(connection.execute(_OF_PEOPLE), text, now)


def admin(connection: Connection, text: str, now: datetime | None = None) -> Token | None:
    """The admin's token that has this text and has not expired."""
    return find(connection, None, text, now)


def is_valid(
    connection: Connection, data_set_id: int, text: str, now: datetime | None = None
) -> bool:
    """Whether this is the text of a token of the data set, or of an admin."""
    own, admins = find(connection, data_set_id, text, now), admin(connection, text, now)
    return own is not None or admins is not None


def create(
    engine: Engine,
    data_set_id: int | None,
    name: str,
    expires_at: datetime | None,
    sender: Sender,
    *,
    text: str | None = None,
    person_id: int | None = None,
) -> tuple[Token, str]:
    """Make a token of a data set, a person, or an admin (neither), and return it with its text.

    :param text: used as it is; without it, one is made up.
    :raises Rejected: when name, expiry or text cannot be taken.
    """
    name = checked_name(name)
    text = secrets.token_urlsafe(_RANDOM_BYTES) if text is None else checked_text(text)
    row: dict[str, Any] = {
        "data_set_id": data_set_id,
        "name": name,
        "created_at": sender.at,
        "expires_at": None if expires_at is None else _later(expires_at, sender.at),
        "person_id": person_id,
    }
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        refuse_second(connection, data_set_id, text, person_id)
        made = connection.execute(insert(table).values(**row, hash=_hash(text)))
        assert made.inserted_primary_key is not None
        token = Token(id=made.inserted_primary_key[0], **row)
        _note(connection, sender, token, is_new=True)
    return token, text


def revoke(
    engine: Engine,
    token_id: int,
    data_set_id: int | None,
    sender: Sender,
    person_id: int | None = None,
) -> Token | None:
    """Remove a token of a data set, a person, or an admin (neither); None where there is none."""
    own = _of(data_set_id, person_id) & (table.c.id == token_id)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        row = connection.execute(select(table).where(own)).first()
        if row is None:
            return None
        token = _token(row)
        connection.execute(delete(table).where(own))
        _note(connection, sender, token, is_new=False)
    return token


def listed(connection: Connection, data_set_id: int | None) -> list[Token]:
    """The tokens of a data set, or of admins (None), oldest first."""
    rows = connection.execute(_ALL.where(_of(data_set_id)))
    return [_token(row) for row in rows]


def of_people(connection: Connection) -> list[Token]:
    """The tokens that act for people, oldest first."""
    return [_token(row) for row in connection.execute(_OF_PEOPLE)]


def by_data_set(connection: Connection) -> dict[int | None, list[Token]]:
    """All tokens, oldest first, by the data set they are of; None: admins."""
    owned: dict[int | None, list[Token]] = {}
    for row in connection.execute(_OF_PROGRAMS):
        owned.setdefault(row.data_set_id, []).append(_token(row))
    return owned


def note_use(engine: Engine, token: Token, now: datetime | None = None) -> None:
    """Write down that a token was used, at most once a minute.

    It is a transaction of its own, so never call it inside another one. Where the database is
    busy or fails, the use is not noted, and the request goes on.
    """
    at = seconds(now or datetime.now(UTC))
    if token.last_used_at is not None and at - token.last_used_at < _USE_SECONDS:
        return
    try:
        with soon(engine) as connection:
            own = update(table).where(table.c.id == token.id)
            connection.execute(own.values(last_used_at=at))
    except SQLAlchemyError as error:
        log.warning("The use of token %s was not noted: %s", token.id, error)


def checked_text(text: object) -> str:
    """A text that someone chose for a token, as it is.

    :raises Rejected: when no header could carry it.
    """
    if not isinstance(text, str) or not _TEXT.fullmatch(text):
        raise Rejected("A token must be one or more printable ASCII characters, no white space.")
    return text


def checked_name(name: object) -> str:
    """A name for a token, without white space around it.

    :raises Rejected: when it is empty, too long or not in plain letters.
    """
    plain = name.strip() if isinstance(name, str) else ""
    if not plain.isprintable() or not 1 <= len(plain) <= LONGEST_NAME:
        raise Rejected(
            f"A token's name must be text of 1 to {LONGEST_NAME} letters on one line, "
            f"not {_shown(name)}."
        )
    return plain


def refuse_second(
    connection: Connection, data_set_id: int | None, text: str, person_id: int | None = None
) -> None:
    """Refuse a text that a token of the same owner has already; that of any person, for a person.

    :raises Rejected: when it does.
    """
    owned = _of(data_set_id) if person_id is None else table.c.person_id.is_not(None)
    # An expired one counts too: it would come back to life.
    hashes = connection.execute(select(table.c.hash).where(owned)).scalars()
    matches = [hmac.compare_digest(known, _hash(text)) for known in hashes]
    if any(matches):
        raise Rejected("This token is there already. Choose another, or let one be made.")


def checked_expiry(text: object, now: int) -> datetime:
    """When a token expires: a moment as ISO 8601 has it, or the midnight (UTC) of a date.

    :param now: in seconds. :raises Rejected: when the text is neither, or is not later than now.
    """
    try:
        moment = parse_time(text if isinstance(text, str) else "")
    except (ValueError, OverflowError) as error:
        raise Rejected(
            f"A token expires on a date such as 2030-12-31, or at a time such as "
            f"2030-12-31T12:00:00Z, not {_shown(text)}."
        ) from error
    _later(moment, now)
    return moment


def _later(moment: datetime, now: int) -> int:
    if seconds(moment) <= now:
        raise Rejected(f"A token must expire later than now, not on {moment:%Y-%m-%d}.")
    return seconds(moment)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST_NAME + 2 else f"{text[:LONGEST_NAME]}…"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _of(data_set_id: int | None, person_id: int | None = None) -> ColumnElement[bool]:
    return and_(table.c.data_set_id == data_set_id, table.c.person_id == person_id)


def _token(row: Any) -> Token:
    fields = row._asdict()
    del fields["hash"]
    return Token(**fields)


def _subject(connection: Connection, token: Token) -> str:
    """What the audit says that a token is for.

    :raises Rejected: when the data set is not there any more.
    """
    data_set_id = token.data_set_id
    if token.person_id is not None:
        email = connection.scalar(select(person.c.email).where(person.c.id == token.person_id))
        return f"person {email}"
    if data_set_id is None:
        return "admin tokens"
    query = select(data_set.c.group, data_set.c.type).where(data_set.c.id == data_set_id)
    row = connection.execute(query).first()
    if row is None:
        raise Rejected("The data set is not there any more.")
    return f"data set {row.group}/{row.type}"


def _note(connection: Connection, sender: Sender, token: Token, is_new: bool) -> None:
    told = asdict(token)
    del told["data_set_id"], told["person_id"]
    audits.write(
        connection,
        at=sender.at,
        actor=sender.name,
        action="make token" if is_new else "revoke token",
        subject=_subject(connection, token),
        data_set_id=token.data_set_id,
        detail={"before": None if is_new else told, "after": told if is_new else None},
    )

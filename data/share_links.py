"""Links that show one service that is not published: made, listed and revoked by publishers.

A link says which row of the table it is of, signed with the platform's key. Whether it still works
is in the row: its end can come, and it can be revoked, without anything being sent out again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import Connection, Engine, Select, insert, select, update

from data import audits
from data.deliveries import Sender
from data.tables import service
from data.tables import share_link as table
from data.times import day_of, seconds
from data.validation import Fault, Rejected

LONGEST_LABEL = 100
USUAL_DAYS = 14
LABEL, LAST = "label", "last"
OPEN, ENDED, REVOKED = "open", "ended", "revoked"
_SALT = "a link to a service that is not published"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ShareLink:
    """A link to a service, by its slug. Times are in seconds; from ``expires_at`` on it is refused.

    ``made_by`` is whoever made it, as the audit names them.
    """

    id: int
    service: str
    label: str
    made_by: str
    made_at: int
    expires_at: int
    revoked_at: int | None = None

    @property
    def last_day(self) -> date:
        """The last day, in UTC, that it works on."""
        return day_of(self.expires_at - 1)

    def state(self, now: datetime) -> str:
        """OPEN, ENDED or REVOKED."""
        if self.revoked_at is not None:
            return REVOKED
        return OPEN if seconds(now) < self.expires_at else ENDED


@dataclass(frozen=True)
class Signing:
    """What turns links into the text that addresses have, and back, with the platform's key."""

    key: str

    def text(self, link: ShareLink) -> str:
        """What its address has."""
        return self._signed([link.id, link.service, link.made_at])

    def _signed(self, of: object) -> str:
        return str(self._serializer.dumps(of))

    def read(self, text: str) -> tuple[int, str, int] | None:
        """The id, service and second of making that a text is signed for; None if it is not."""
        try:
            found = self._serializer.loads(text)
            # Some letters can be changed without changing what they are decoded to.
            same = hmac.compare_digest(self._signed(found).encode(), text.encode())
        except (BadData, UnicodeError):
            return None
        return tuple(found) if same else None

    @property
    def _serializer(self) -> URLSafeSerializer:
        signing = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        return URLSafeSerializer(self.key, salt=_SALT, signer_kwargs=signing)


def opened(engine: Engine, signing: Signing, text: str, now: datetime) -> ShareLink | None:
    """The link of a text; None where it was changed, has ended or is revoked."""
    signed = signing.read(text)
    if signed is None:
        return None
    with engine.connect() as connection:
        found = find(connection, signed[0])
    if found is None or (found.id, found.service, found.made_at) != signed:
        return None
    return found if found.state(now) == OPEN else None


def find(connection: Connection, id: int) -> ShareLink | None:
    """The link of this id, whether it works or not."""
    row = connection.execute(_query().where(table.c.id == id)).mappings().first()
    return None if row is None else ShareLink(**row)


def listed(connection: Connection, slug: str = "") -> list[ShareLink]:
    """The links to a service, or all of them, newest first."""
    query = _query().order_by(table.c.made_at.desc(), table.c.id.desc())
    if slug:
        query = query.where(service.c.slug == slug)
    return [ShareLink(**row) for row in connection.execute(query).mappings()]


def make(
    engine: Engine, slug: str, texts: Mapping[str, str], most: int, sender: Sender
) -> ShareLink:
    """Make a link to a service.

    :param texts: its LABEL, and the LAST day (as ISO 8601 has it, in UTC) that it works on.
    :param most: the most days that it may work for.
    :raises Rejected: with a fault for every field that is wrong.
    """
    row = {**_checked(slug, texts, most, sender.at), "made_by": sender.name, "made_at": sender.at}
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        row["service_id"] = _unpublished(connection, slug)
        made = connection.execute(insert(table).values(**row)).inserted_primary_key
        assert made is not None
        link = find(connection, int(made[0]))
        assert link is not None
        _note(connection, sender, "make link", None, link)
    return link


def revoke(engine: Engine, id: int, sender: Sender, slug: str = "") -> ShareLink | None:
    """Revoke a link, of this service if one is named; None where there is none that still could.

    The row stays, so that the list can tell of it.
    """
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        still = update(table).where(table.c.id == id, table.c.revoked_at.is_(None))
        before = find(connection, id)
        if before is None or (slug and before.service != slug):
            return None
        if connection.execute(still.values(revoked_at=sender.at)).rowcount == 0:
            return None
        after = find(connection, id)
        assert after is not None
        _note(connection, sender, "revoke link", before, after)
    return after


def usual_last_day(today: date, most: int) -> date:
    """The last day of a link where none is asked for."""
    return today + timedelta(days=min(USUAL_DAYS, most))


def _query() -> Select[Any]:
    own = [column for column in table.c if column.name != "service_id"]
    joined = table.join(service, service.c.id == table.c.service_id)
    return select(*own, service.c.slug.label("service")).select_from(joined)


def _unpublished(connection: Connection, slug: str) -> int:
    """The id of a service that a link can be of."""
    query = select(service.c.id, service.c.published).where(service.c.slug == slug)
    row = connection.execute(query).first()
    if row is None:
        raise Rejected(f"There is no service {slug!r}. Nothing was written.")
    if row.published:
        raise Rejected(
            f"The service {slug!r} is published: its address is all that anyone needs. "
            "Nothing was written."
        )
    return int(row.id)


def _checked(slug: str, texts: Mapping[str, str], most: int, now: int) -> dict[str, Any]:
    label, last = " ".join(texts.get(LABEL, "").split()), texts.get(LAST, "")
    day, why = _day(last, day_of(now), most)
    faults = [
        *([] if _is_label(label) else [Fault(slug, 0, LABEL, _LABEL)]),
        *([Fault(slug, 0, LAST, why)] if why else []),
    ]
    if faults:
        words = " ".join(fault.message for fault in faults)
        raise Rejected(f"{words} Nothing was written.", faults)
    assert day is not None
    return {LABEL: label, "expires_at": seconds(day + _DAY)}


_LABEL = f"Say in 1 to {LONGEST_LABEL} letters whom it is for, so that you can tell it from others."


def _is_label(label: str) -> bool:
    return label.isprintable() and 1 <= len(label) <= LONGEST_LABEL


def _day(text: str, today: date, most: int) -> tuple[date | None, str]:
    """A last day that can be taken, or why it cannot."""
    latest = today + timedelta(days=most)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, f"The last day must be a date such as {latest:%Y-%m-%d}, not {text[:50]!r}."
    if not today <= day <= latest:
        return None, f"The last day must be from today to {latest:%Y-%m-%d}, not {day:%Y-%m-%d}."
    return day, ""


def _note(
    connection: Connection,
    sender: Sender,
    action: str,
    before: ShareLink | None,
    after: ShareLink,
) -> None:
    told = {"before": None if before is None else asdict(before), "after": asdict(after)}
    audits.write(
        connection,
        at=sender.at,
        actor=sender.name,
        action=action,
        subject=f"service {after.service}",
        detail=told,
    )

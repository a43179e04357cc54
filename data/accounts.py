"""Accounts: how people prove who they are, with a password or at an OpenID provider."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Engine, select, update

from data import audits, passwords
from data.deliveries import Sender
from data.people import Person, find, find_account, same_email
from data.tables import person


class Refused(Exception):
    """Someone may not sign in; ``person`` is who they are, None where nobody knows them."""

    def __init__(self, reason: str, person: Person | None = None) -> None:
        super().__init__(reason)
        self.person = person


class WrongPassword(Refused):
    """Email and password do not go together."""


class UnverifiedEmail(Refused):
    """The provider does not say that the email is theirs."""


class UnknownPerson(Refused):
    """Nobody has added them, or they were removed."""


class AnotherAccount(Refused):
    """Their email is known with another account of the provider."""


@dataclass(frozen=True)
class Account:
    """What an OpenID provider says of someone: ``issuer`` and ``subject`` never change."""

    issuer: str
    subject: str
    email: str
    verified: bool


def has_passwords(engine: Engine) -> bool:
    """Whether anyone can sign in with a password."""
    query = select(person.c.id).where(person.c.active, person.c.password_hash.is_not(None))
    with engine.connect() as connection:
        return connection.execute(query.limit(1)).first() is not None


def with_password(engine: Engine, email: str, password: str) -> Person:
    """The person with this email and password.

    It takes as long for an email that nobody has. A hash with old parameters is made anew.

    :raises WrongPassword: when there is no such person, or it is not their password.
    """
    with engine.connect() as connection:
        found = find(connection, email)
        own = select(person.c.password_hash).where(person.c.email == same_email(email))
        hash = connection.execute(own.where(person.c.active)).scalar()
    if not passwords.matches(hash, password) or found is None or hash is None:
        raise WrongPassword("wrong email or password", found)
    if passwords.is_outdated(hash):
        _hash_anew(engine, found, password)
    return found


def with_account(engine: Engine, account: Account) -> Person:
    """The person of an account at an OpenID provider.

    They are known by issuer and subject from the first time on, when it is their email that says
    who they are: the provider must say that it is theirs.

    :raises Refused: when they may not sign in.
    """
    with engine.connect() as connection:
        found = find_account(connection, account.issuer, account.subject)
        by_email = find(connection, account.email) if account.email else None
    if found is not None:
        return _if_active(found)
    if not account.email or not account.verified:
        raise UnverifiedEmail("email not verified")
    if by_email is None:
        raise UnknownPerson("not known")
    if _if_active(by_email).entry.subject is not None:
        raise AnotherAccount("known with another account", by_email)
    return _bind(engine, by_email, account)


def _if_active(found: Person) -> Person:
    if not found.active:
        raise UnknownPerson("removed", found)
    return found


def _hash_anew(engine: Engine, found: Person, password: str) -> None:
    own = update(person).where(person.c.id == found.id)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(own.values(password_hash=passwords.hashed(password)))


def _bind(engine: Engine, found: Person, account: Account) -> Person:
    after = replace(found.entry, issuer=account.issuer, subject=account.subject)
    known = {"issuer": after.issuer, "subject": after.subject}
    sender = Sender(found.entry.email)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        own = update(person).where(person.c.id == found.id, person.c.subject.is_(None))
        if connection.execute(own.values(**known)).rowcount != 1:
            raise AnotherAccount("known with another account", found)
        audits.write(
            connection,
            at=sender.at,
            actor=sender.name,
            action="link account",
            subject=f"person {found.entry.email}",
            detail={"before": {"issuer": None, "subject": None}, "after": known},
        )
    return replace(found, entry=after)

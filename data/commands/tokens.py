"""`tokens`: make, list and revoke what lets programs write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click
from sqlalchemy import Engine

from data import people, tokens
from data.administration import Administration
from data.commands.addresses import ADDRESS
from data.commands.groups import Group, sender
from data.commands.listings import moment, show
from data.entries import DataSetKey
from data.tokens import Token

ADMINS = "admins"
_HEADER = ("id", "of", "name", "made", "expires", "last used")
Owned = tuple[str, Token]


def group(engine: Engine) -> Group:
    """The commands for the tokens of data sets and of admins."""
    commands = Group(engine, "tokens", "Let programs write, or manage data sets.")
    _add_making(commands)
    _add_looking(commands)
    return commands


def _add_making(commands: Group) -> None:
    engine = commands.engine

    @commands.command("create")
    @click.argument("key", metavar="[GROUP/TYPE", type=ADDRESS, required=False)
    @click.argument("name", metavar="NAME]", required=False)
    @click.option("--admin", metavar="NAME", help="Of an admin, who manages all data sets.")
    @click.option("--person", metavar="EMAIL", help="Of a person: it may do what they may.")
    @click.option("--expires", metavar="YYYY-MM-DD", help="Refused from that day on (UTC).")
    def create(
        key: DataSetKey | None,
        name: str | None,
        admin: str | None,
        person: str | None,
        expires: str | None,
    ) -> None:
        """Make a token and print it, once.

        NAME says who will use it. Several tokens are valid at a time: make the new one, change
        over, then revoke the old one.
        """
        whose = [key and name, admin, person]
        if sum(one is not None for one in whose) != 1 or (key is not None and name is None):
            raise click.ClickException(
                "Say either GROUP/TYPE and NAME, or --admin NAME, or --person EMAIL."
            )
        owner = None if key is None else Administration(engine).find(key).stored.id
        acts_for = None if person is None else _person_id(engine, person)
        by = sender()
        expiry = None if expires is None else tokens.checked_expiry(expires, by.at)
        called = name or admin or person or ""
        token, text = tokens.create(engine, owner, called, expiry, by, person_id=acts_for)
        until = f", until {moment(token.expires_at, '')}" if token.expires_at else ""
        sentence = f"Token {token.id}, {token.name!r}{until}. It is shown this once: keep it safe."
        click.echo(sentence, err=True)
        click.echo(text)

    @commands.command("revoke")
    @click.argument("id", type=int)
    def revoke(id: int) -> None:
        """Revoke the token with this ID, which `tokens list` tells."""
        found = {token.id: token for _, token in _owned(engine)}.get(id)
        if found is None or not tokens.revoke(
            engine, id, found.data_set_id, sender(), found.person_id
        ):
            raise click.ClickException(f"There is no token {id}. `tokens list` tells all.")
        click.echo(f"Token {id}, {found.name!r}, is revoked.")


def _person_id(engine: Engine, email: str) -> int:
    with engine.connect() as connection:
        found = people.find(connection, email)
    if found is None or not found.active:
        raise click.ClickException(f"There is no {email!r}. `people list` tells who there is.")
    return found.id


def _add_looking(commands: Group) -> None:
    engine = commands.engine

    @commands.command("list")
    @click.argument("key", metavar="[GROUP/TYPE]", type=ADDRESS, required=False)
    @click.option("--admin", is_flag=True, help="Those of admins only.")
    def list_tokens(key: DataSetKey | None, admin: bool) -> None:
        """List tokens: all, those of one data set, or those of admins."""
        if key is not None:
            Administration(engine).find(key)
        wanted = {ADMINS} if admin else {key.address} if key else None
        owned = [item for item in _owned(engine) if wanted is None or item[0] in wanted]
        show(*token_rows(owned), "There is no token.")


def token_rows(owned: Iterable[Owned]) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The header and the rows of a list of tokens, each with what it is of."""
    return _HEADER, [_row(*item) for item in owned]


def _row(owner: str, token: Token) -> tuple[object, ...]:
    expires = moment(token.expires_at, "never")
    if not token.is_current():
        expires += " (expired)"
    made, used = moment(token.created_at, ""), moment(token.last_used_at, "never")
    return token.id, owner, token.name, made, expires, used


def _owned(engine: Engine) -> Iterator[Owned]:
    """All tokens, each with what it is of: admins first, then data set by data set."""
    with engine.connect() as connection:
        admins, personal = tokens.listed(connection, None), tokens.of_people(connection)
        emails = {one.id: one.entry.email for one in people.listed(connection)}
    yield from ((ADMINS, token) for token in admins)
    yield from ((emails[token.person_id or 0], token) for token in personal)
    for managed in Administration(engine).listed():
        address = managed.stored.entry.address
        yield from ((address, token) for token in managed.tokens)

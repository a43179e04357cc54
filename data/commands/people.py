"""`people`: say who may sign in, and what they may publish."""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import Engine

from data import passwords, people, people_changes
from data.commands.groups import Group, sender
from data.commands.listings import show
from data.people import ADMIN, ROLES, Person, PersonEntry

_ROLE = click.Choice(ROLES)
_Account = tuple[str, str] | None
_MANY = "May be given several times; a department covers its agencies."
_ACCOUNT = "At the provider, where it does not confirm their email."


def group(engine: Engine) -> Group:
    """The commands for people."""
    commands = Group(engine, "people", "Say who may sign in, and what they may publish.")
    _add_changes(commands, engine)
    _add_passwords(commands, engine)

    @commands.command("list")
    def list_people() -> None:
        """List everyone, with what they are and how they sign in."""
        with engine.connect() as connection:
            rows = [_row(one) for one in people.listed(connection)]
        header = ("email", "name", "role", "organisations", "services", "signs in with")
        show(header, rows, "There is nobody.")

    return commands


def _add_changes(commands: Group, engine: Engine) -> None:
    organisation = click.option("--organisation", multiple=True, metavar="SLUG", help=_MANY)
    service = click.option("--service", multiple=True, metavar="SLUG", help=_MANY)
    account = click.option("--account", nargs=2, metavar="ISSUER SUBJECT", help=_ACCOUNT)

    @commands.command("add")
    @click.argument("email")
    @click.option("--name", default="", help="As it is shown.")
    @click.option("--role", type=_ROLE, required=True, help="An admin may publish everything.")
    @organisation
    @service
    @account
    def add(email: str, account: _Account, **told: Any) -> None:
        """Add a person, who then signs in with the provider or with a password."""
        fields = {**_given(told), **_account(account)}
        added = people_changes.add(engine, PersonEntry(email, **fields), sender())
        click.echo(f"{added.entry.email} is added: {_may(added)}")

    @commands.command("change")
    @click.argument("email")
    @click.option("--name", help="As it is shown.")
    @click.option("--role", type=_ROLE)
    @organisation
    @service
    @account
    @click.option("--forget-account", is_flag=True, help="They sign in by their email once more.")
    def change(email: str, account: _Account, forget_account: bool, **told: Any) -> None:
        """Change what is given; organisations and services take the place of those before."""
        forgotten = {"issuer": None, "subject": None} if forget_account else {}
        fields = {**_given(told), **forgotten, **_account(account)}
        changed = people_changes.change(engine, email, sender(), **fields)
        click.echo(f"{changed.entry.email} is changed: {_may(changed)}")

    @commands.command("remove")
    @click.argument("email")
    def remove(email: str) -> None:
        """Remove a person: they are signed out everywhere, and cannot sign in any more."""
        people_changes.remove(engine, email, sender())
        click.echo(f"{people.same_email(email)} is removed.")


def _add_passwords(commands: Group, engine: Engine) -> None:
    @commands.command("set-password")
    @click.argument("email")
    @click.option("--generate", is_flag=True, help="Make one up and print it, once.")
    def set_password(email: str, generate: bool) -> None:
        """Give a person a password for this platform, or another one."""
        made_up = passwords.made_up() if generate else None
        password = made_up or click.prompt("Password", hide_input=True, confirmation_prompt=True)
        people_changes.set_password(engine, email, password, sender())
        click.echo("The password is set. Wherever they were signed in, they are not any more.")
        if made_up:
            click.echo("It is shown this once: keep it safe.", err=True)
            click.echo(made_up)


def _given(told: dict[str, Any]) -> dict[str, Any]:
    """The fields of a person's entry that someone told."""
    names = {"organisation": "organisations", "service": "services"}
    return {names.get(name, name): value for name, value in told.items() if value}


def _account(account: _Account) -> dict[str, str]:
    return dict(zip(("issuer", "subject"), account or (), strict=False))


def _may(one: Person) -> str:
    if one.entry.role == ADMIN:
        return "an admin, who may publish everything."
    return f"a publisher for {', '.join(one.entry.organisations + one.entry.services)}."


def _row(one: Person) -> tuple[object, ...]:
    own = one.entry
    ways = [own.issuer or "", "a password" if one.has_password else ""]
    how = " and ".join(filter(None, ways)) or "nothing yet"
    role = own.role if one.active else f"{own.role} (removed)"
    return own.email, own.name, role, own.organisations, own.services, how

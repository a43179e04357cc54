"""What names things on the command line: slugs, and data sets as GROUP/TYPE."""

from __future__ import annotations

import re

import click

from data.entries import DataSetKey

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,198}[a-z0-9])?")


class Slug(click.ParamType):
    """Lower-case letters, digits and hyphens."""

    name = "slug"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text itself, if it is a slug."""
        if not _SLUG.fullmatch(value):
            raise click.ClickException(
                f"{value!r} cannot be in an address: use up to 200 lower-case letters, digits and "
                "hyphens between them."
            )
        return value


class Address(click.ParamType):
    """GROUP/TYPE."""

    name = "group/type"

    def convert(
        self,
        value: str | DataSetKey,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> DataSetKey:
        """What the text names."""
        if isinstance(value, DataSetKey):
            return value
        group, slash, type = value.partition("/")
        if not group or not slash or not type or "/" in type:
            raise click.ClickException(
                f"{value!r} names no data set: write GROUP/TYPE, as in carers-allowance/journey."
            )
        return DataSetKey(group, type)


SLUG, ADDRESS = Slug(), Address()

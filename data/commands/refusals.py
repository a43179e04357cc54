"""What a command says when its input is refused: sentences, exit code 1, no traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from data.deliveries import UnknownDataSet
from data.validation import Rejected

_MOST = 20


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the one way in refuses into sentences, a fault a line."""
    try:
        yield
    except Rejected as error:
        more = [f"  {fault}" for fault in error.faults[1:_MOST]]
        raise click.ClickException("\n".join([str(error), *more])) from error
    except UnknownDataSet as error:
        raise click.ClickException(str(error)) from error

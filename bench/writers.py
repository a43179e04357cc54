"""Who writes while the server is under load: a data set of each service, with a token for it."""

from __future__ import annotations

from sqlalchemy import Engine, select

from data.deliveries import Sender
from data.tables import data_set, token
from data.tokens import create

TOKEN = "of-the-bench-alone-0123456789abcdef"
_TYPE = "transactions-by-channel"
_SENDER = Sender("bench")


def writers(engine: Engine, most: int = 1000) -> list[str]:
    """The addresses of data sets of one service's transactions, each with TOKEN from now on."""
    columns = (data_set.c.id, data_set.c.group, data_set.c.type)
    query = select(*columns).where(data_set.c.type == _TYPE, data_set.c.service_id.is_not(None))
    given = select(token.c.data_set_id).where(token.c.name == _SENDER.name)
    with engine.connect() as connection:
        found = connection.execute(query.order_by(data_set.c.id).limit(most)).all()
        # A database is put under load with one number of workers after another.
        known = set(connection.execute(given).scalars())
    for row in found:
        if row.id not in known:
            create(engine, row.id, _SENDER.name, None, _SENDER, text=TOKEN)
    return [f"{row.group}/{row.type}" for row in found]

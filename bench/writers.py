"""Who writes while the server is under load: a data set of each service, with a token for it."""

from __future__ import annotations

from sqlalchemy import Engine, select

from data.deliveries import Sender
from data.tables import data_set
from data.tokens import create

TOKEN = "of-the-bench-alone-0123456789abcdef"
_TYPE = "transactions-by-channel"
_SENDER = Sender("bench")


def writers(engine: Engine, most: int = 1000) -> list[str]:
    """The addresses of data sets of one service's transactions, each with TOKEN from now on."""
    columns = (data_set.c.id, data_set.c.group, data_set.c.type)
    query = select(*columns).where(data_set.c.type == _TYPE, data_set.c.service_id.is_not(None))
    with engine.connect() as connection:
        found = connection.execute(query.order_by(data_set.c.id).limit(most)).all()
    for row in found:
        create(engine, row.id, "bench", None, _SENDER, text=TOKEN)
    return [f"{row.group}/{row.type}" for row in found]

"""The index across services without days, which no page reads of all services, and with the service.

SQLite has the service's id in it anyway; PostgreSQL would look each row up for it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NAME, _TABLE = "ix_measurement_across_services", "measurement"
_COLUMNS = [
    "period",
    "measure",
    "category",
    "start_at",
    "status",
    "part",
    "millionths",
    "parts",
    "expected",
]
_NOT_DAYS = sa.text("period <> 'day'")


def upgrade() -> None:
    op.drop_index(_NAME, _TABLE)
    op.create_index(
        _NAME, _TABLE, [*_COLUMNS, "service_id"], sqlite_where=_NOT_DAYS, postgresql_where=_NOT_DAYS
    )


def downgrade() -> None:
    op.drop_index(_NAME, _TABLE)
    op.create_index(_NAME, _TABLE, _COLUMNS)

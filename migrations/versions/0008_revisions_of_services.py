"""When each service last changed, so that a write leaves what is kept of the others."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

_COMMON = {"number": sa.Integer, "updated_at": sa.BigInteger, "live": sa.Integer}


def upgrade() -> None:
    op.create_table(
        "service_revision",
        sa.Column("service_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, server_default="0"),
        sa.Column("updated_at", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("live", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("service_id", name="pk_service_revision"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("revision") as table:
        for name, kind in _COMMON.items():
            table.add_column(
                sa.Column(f"common_{name}", kind, nullable=False, server_default="0")
            )
    # All that was written until now concerns all services.
    op.execute(
        "UPDATE revision SET common_number = number, common_updated_at = updated_at, "
        "common_live = live"
    )


def downgrade() -> None:
    with op.batch_alter_table("revision") as table:
        for name in _COMMON:
            table.drop_column(f"common_{name}")
    op.drop_table("service_revision")

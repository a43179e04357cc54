"""What people read in place of the stages' own names."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("data_set", table_kwargs={"sqlite_autoincrement": True}) as table:
        names = sa.Column("stage_names", sa.JSON, nullable=False, server_default="{}")
        table.add_column(names)


def downgrade() -> None:
    with op.batch_alter_table("data_set", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("stage_names")

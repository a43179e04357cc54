"""What publishers declare about services, and tokens that act for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "declaration",
        sa.Column("service_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("service_id", "kind", "key", name="pk_declaration"),
        sqlite_with_rowid=False,
    )
    op.add_column("token", sa.Column("person_id", sa.Integer))
    op.create_index("ix_token_person_id", "token", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_token_person_id", "token")
    op.drop_column("token", "person_id")
    op.drop_table("declaration")

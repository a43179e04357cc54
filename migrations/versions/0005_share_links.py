"""Links that show a service that is not published to whoever has one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "share_link",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("service_id", sa.Integer, nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("made_by", sa.String(500), nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_share_link"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_share_link_service_id"),
    )
    op.create_index("ix_share_link_service_id", "share_link", ["service_id"])


def downgrade() -> None:
    op.drop_table("share_link")

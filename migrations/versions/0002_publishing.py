"""Publishing: settings of data sets, tokens, people, and what each delivery did to each record."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("service", sa.Column("published", sa.Boolean, nullable=False, server_default="1"))
    _data_set()
    op.add_column("record", sa.Column("micros", sa.Integer, nullable=False, server_default="0"))
    op.add_column("revision", sa.Column("live", sa.Integer, nullable=False, server_default="0"))
    _audit()
    _people()


def _data_set() -> None:
    again = {"sqlite_autoincrement": True}
    with op.batch_alter_table("data_set", table_kwargs=again) as table:
        table.add_column(sa.Column("name", sa.String(301)))
        for name, default in (
            ("raw_queries_allowed", "0"),
            ("queryable", "1"),
            ("published", "1"),
            ("private", "0"),
        ):
            table.add_column(sa.Column(name, sa.Boolean, nullable=False, server_default=default))
        table.add_column(sa.Column("max_age_expected", sa.BigInteger))
        table.add_column(sa.Column("auto_ids", sa.JSON, nullable=False, server_default="[]"))
        table.add_column(sa.Column("schema", sa.JSON(none_as_null=True)))
        table.add_column(sa.Column("channel_kinds", sa.JSON, nullable=False, server_default="{}"))
        table.add_column(sa.Column("version", sa.Integer, nullable=False, server_default="0"))
    data_set = sa.table("data_set", *(sa.column(name) for name in ("name", "group", "type")))
    made = sa.func.replace(data_set.c.group + "_" + data_set.c.type, "-", "_")
    op.execute(sa.update(data_set).values(name=made))
    op.execute(
        sa.update(sa.table("data_set", sa.column("max_age_expected"))).values(
            max_age_expected=2_678_400
        )
    )
    with op.batch_alter_table("data_set", table_kwargs=again) as table:
        table.alter_column("name", nullable=False, existing_type=sa.String(301))
        table.create_unique_constraint("uq_data_set_name", ["name"])


def _audit() -> None:
    with op.batch_alter_table("audit") as table:
        table.alter_column("actor", type_=sa.String(500), existing_type=sa.String(200))
        table.add_column(sa.Column("subject", sa.String(500), nullable=False, server_default=""))
        table.add_column(sa.Column("data_set_id", sa.Integer))
    op.create_index("ix_audit_subject", "audit", ["subject"])
    op.create_index("ix_audit_data_set_id", "audit", ["data_set_id"])
    op.create_table(
        "record_change",
        sa.Column("data_set_id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(500), nullable=False),
        sa.Column("audit_id", sa.Integer, nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True)),
        sa.PrimaryKeyConstraint("data_set_id", "key", "audit_id", name="pk_record_change"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_record_change_audit", "record_change", ["audit_id"])
    op.create_table(
        "token",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("data_set_id", sa.Integer),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("last_used_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_token"),
    )
    op.create_index("ix_token_data_set_id", "token", ["data_set_id"])


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(200), nullable=False, server_default=""),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("issuer", sa.String(500)),
        sa.Column("subject", sa.String(255)),
        sa.Column("password_hash", sa.String(255)),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False, server_default="1"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("email", name="uq_person_email"),
        sa.UniqueConstraint("issuer", "subject", name="uq_person_issuer_subject"),
    )
    op.create_table(
        "grant",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("organisation_id", sa.Integer),
        sa.Column("service_id", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_grant"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_grant_person_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_grant_organisation_id"
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_grant_service_id"),
    )
    op.create_index("ix_grant_person_id", "grant", ["person_id"])
    op.create_table(
        "sign_in",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_sign_in"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sign_in_person_id"),
    )
    op.create_index("ix_sign_in_person_id", "sign_in", ["person_id"])


def downgrade() -> None:
    for name in ("sign_in", "grant", "person", "token", "record_change"):
        op.drop_table(name)
    op.drop_index("ix_audit_data_set_id", "audit")
    op.drop_index("ix_audit_subject", "audit")
    with op.batch_alter_table("audit") as table:
        table.alter_column("actor", type_=sa.String(200), existing_type=sa.String(500))
        table.drop_column("data_set_id")
        table.drop_column("subject")
    op.drop_column("revision", "live")
    op.drop_column("record", "micros")
    with op.batch_alter_table("data_set") as table:
        table.drop_constraint("uq_data_set_name", type_="unique")
        for name in (
            "version",
            "channel_kinds",
            "schema",
            "auto_ids",
            "max_age_expected",
            "private",
            "published",
            "queryable",
            "raw_queries_allowed",
            "name",
        ):
            table.drop_column(name)
    op.drop_column("service", "published")

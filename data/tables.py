"""The tables: who reports, what was sent (record), what it means (measurement)."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

# What one unit of a value is held as.
MILLION = 1_000_000
# Constraints have names of their own so that Alembic can change them on every engine.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

organisation = Table(
    "organisation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(200), nullable=False, unique=True),
    Column("name", String(300), nullable=False),
    Column("abbreviation", String(50), nullable=False, server_default=""),
    Column("department_id", ForeignKey("organisation.id")),
)

service = Table(
    "service",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(200), nullable=False, unique=True),
    Column("name", String(500), nullable=False),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    Column("description", Text, nullable=False, server_default=""),
    Column("url", Text, nullable=False, server_default=""),
    Column("link_text", Text, nullable=False, server_default=""),
    Column("category", String(200), nullable=False, server_default=""),
    Column("customer_type", String(200), nullable=False, server_default=""),
    Column("business_model", String(200), nullable=False, server_default=""),
    Column("transaction_type", String(200), nullable=False, server_default=""),
    Column("keywords", Text, nullable=False, server_default=""),
    Column("notes_on_costs", Text, nullable=False, server_default=""),
    Column("other_notes", Text, nullable=False, server_default=""),
    Column("high_volume", Boolean, nullable=False, server_default="0"),
    Column("published", Boolean, nullable=False, server_default="1"),
)

data_set = Table(
    "data_set",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("group", String(200), nullable=False),
    Column("type", String(100), nullable=False),
    Column("title", Text, nullable=False, server_default=""),
    Column("service_id", ForeignKey("service.id"), index=True),
    Column("stages", JSON, nullable=False),
    Column("optional_stages", JSON, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("realtime", Boolean, nullable=False, server_default="0"),
    Column("updated_at", BigInteger),
    Column("name", String(301), nullable=False, unique=True),
    Column("raw_queries_allowed", Boolean, nullable=False, server_default="0"),
    Column("queryable", Boolean, nullable=False, server_default="1"),
    Column("published", Boolean, nullable=False, server_default="1"),
    Column("private", Boolean, nullable=False, server_default="0"),
    Column("max_age_expected", BigInteger),
    Column("auto_ids", JSON, nullable=False, server_default="[]"),
    Column("schema", JSON(none_as_null=True)),
    Column("channel_kinds", JSON, nullable=False, server_default="{}"),
    # Moved on by every write to its records or settings: what its answers are kept by.
    Column("version", Integer, nullable=False, server_default="0"),
    Column("stage_names", JSON, nullable=False, server_default="{}"),
    UniqueConstraint("group", "type"),
    # An id is never used again: the audit still speaks of data sets that were removed.
    sqlite_autoincrement=True,
)

# Keys of the two big tables are made of what a figure is about, never of a sequence, and they
# name no other shard: see 'Where it grows' in the design.
record = Table(
    "record",
    metadata,
    Column("data_set_id", Integer, primary_key=True),
    Column("key", String(500), primary_key=True),
    Column("at", BigInteger),
    Column("body", JSON, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    # What is left of the moment `at`, in millionths of a second.
    Column("micros", Integer, nullable=False, server_default="0"),
    Index("ix_record_data_set_at", "data_set_id", "at"),
    sqlite_with_rowid=False,
)

# Times are seconds since 1970 in UTC; values are millionths, so that pounds and counts add up
# exactly in every engine and in any order.
measurement = Table(
    "measurement",
    metadata,
    Column("service_id", Integer, primary_key=True),
    Column("period", String(10), primary_key=True),
    Column("measure", String(50), primary_key=True),
    Column("category", String(100), primary_key=True),
    Column("start_at", BigInteger, primary_key=True),
    Column("millionths", BigInteger),
    Column("status", String(20), nullable=False),
    Column("parts", Integer, nullable=False),
    Column("expected", Integer, nullable=False),
    Column("part", String(10), nullable=False),
    Column("data_set_id", Integer),
    # Every service's figures of one period, and how many reported it, are read from this alone:
    # it holds all that answers need, so that no row is looked up elsewhere. Days are most of the
    # rows and no page reads them of all services: they are left out (see data/measured.py).
    Index(
        "ix_measurement_across_services",
        "period",
        "measure",
        "category",
        "start_at",
        "status",
        "part",
        "millionths",
        "parts",
        "expected",
        "service_id",
        sqlite_where=text("period <> 'day'"),
        postgresql_where=text("period <> 'day'"),
    ),
    sqlite_with_rowid=False,
)
# What the index across services holds. Who asks by it says so in these very words: engines do not
# know beforehand what a parameter will be.
NOT_DAYS = measurement.c.period != literal_column("'day'")

# What a publisher says of a service beside its records: see data/declaration_kinds.py.
declaration = Table(
    "declaration",
    metadata,
    Column("service_id", Integer, primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("key", String(100), primary_key=True),
    Column("body", JSON, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

latest_figure = Table(
    "latest_figure",
    metadata,
    Column("service_id", Integer, primary_key=True),
    Column("kpi", String(50), primary_key=True),
    Column("period", String(20), nullable=False),
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),
    Column("numerator", BigInteger, nullable=False),
    Column("denominator", BigInteger),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("actor", String(500), nullable=False),
    Column("action", String(100), nullable=False),
    Column("detail", JSON, nullable=False),
    Column("subject", String(500), nullable=False, server_default="", index=True),
    Column("data_set_id", Integer, index=True),
)

# What a delivery did to one record: ``before`` is what it replaced or removed, null where it was
# new. What the record became is the next change's ``before``, or the record as it is now.
record_change = Table(
    "record_change",
    metadata,
    Column("data_set_id", Integer, primary_key=True),
    Column("key", String(500), primary_key=True),
    Column("audit_id", Integer, primary_key=True),
    Column("before", JSON(none_as_null=True)),
    Index("ix_record_change_audit", "audit_id"),
    sqlite_with_rowid=False,
)

# A token of neither a data set nor a person is an admin's.
token = Table(
    "token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("data_set_id", Integer, index=True),
    Column("name", String(200), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("last_used_at", BigInteger),
    # Whom the token acts for: it may do what they may.
    Column("person_id", Integer, index=True),
)

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, server_default=""),
    Column("email", String(320), nullable=False, unique=True),
    Column("issuer", String(500)),
    Column("subject", String(255)),
    Column("password_hash", String(255)),
    Column("role", String(20), nullable=False),
    Column("active", Boolean, nullable=False, server_default="1"),
    UniqueConstraint("issuer", "subject"),
)

# What a publisher may publish for: a service, or all services of an organisation.
grant = Table(
    "grant",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("organisation_id", ForeignKey("organisation.id")),
    Column("service_id", ForeignKey("service.id")),
)

# What shows a service that is not published to whoever has the link, until it ends or is revoked.
share_link = Table(
    "share_link",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("service_id", ForeignKey("service.id"), nullable=False, index=True),
    Column("label", String(200), nullable=False),
    Column("made_by", String(500), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
)

# Who is signed in: the cookie holds a random id, the table its hash.
sign_in = Table(
    "sign_in",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

revision = Table(
    "revision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("demonstration", Boolean, nullable=False, server_default="0"),
    # Moved on by what no KPI rests on: live users, and records without figures.
    Column("live", Integer, nullable=False, server_default="0"),
    # What these were at the last change that concerned all services.
    Column("common_number", Integer, nullable=False, server_default="0"),
    Column("common_updated_at", BigInteger, nullable=False, server_default="0"),
    Column("common_live", Integer, nullable=False, server_default="0"),
)

# What they were at the last change that concerned one service.
service_revision = Table(
    "service_revision",
    metadata,
    Column("service_id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False, server_default="0"),
    Column("updated_at", BigInteger, nullable=False, server_default="0"),
    Column("live", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

"""Many alike reports at once are noticed, and what they are declared to be.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.add_column("ticket", sa.Column("questionnaire", sa.String(length=60), nullable=True))
    _add_surges()


def downgrade() -> None:
    """Take it away again."""
    for table in (
        "surge",
        "surge_look",
    ):
        op.drop_table(table)
    op.drop_column("ticket", "questionnaire")


def _add_surges() -> None:
    op.create_table(
        "surge_look",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("looked_at", db.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_surge_look")),
    )
    op.create_table(
        "surge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("module_code", sa.String(length=60), nullable=False),
        sa.Column("fault_type", sa.String(length=80), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("organisations", sa.Integer(), nullable=False),
        sa.Column("release_version", sa.String(length=60), nullable=False),
        sa.Column("raised_at", db.Moment(timezone=True), nullable=False),
        sa.Column("quiet_at", db.Moment(timezone=True), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("declared_by", sa.Uuid(), nullable=True),
        sa.Column("declared_at", db.Moment(timezone=True), nullable=True),
        sa.Column("next_update_at", db.Moment(timezone=True), nullable=True),
        sa.Column("ended_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["declared_by"], ["person.id"], name=op.f("fk_surge_declared_by")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_surge_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surge")),
    )
    op.create_index(
        "ix_surge_declared",
        "surge",
        ["declared_at"],
        sqlite_where=sa.text("notice_id IS NOT NULL AND ended_at IS NULL"),
        postgresql_where=sa.text("notice_id IS NOT NULL AND ended_at IS NULL"),
    )
    op.create_index(op.f("ix_surge_declared_by"), "surge", ["declared_by"])
    op.create_index(op.f("ix_surge_notice_id"), "surge", ["notice_id"])
    op.create_index(
        "uq_surge_suspected",
        "surge",
        ["product_code", "module_code", "fault_type", "fingerprint"],
        unique=True,
        sqlite_where=sa.text("quiet_at IS NULL"),
        postgresql_where=sa.text("quiet_at IS NULL"),
    )

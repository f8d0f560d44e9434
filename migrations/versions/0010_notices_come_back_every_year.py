"""The phrasebook, notices that come back every year or go out at a moment, and mails to very many.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STILL_OPEN = sa.text("delivered_at IS NULL AND dead_at IS NULL")


def upgrade() -> None:
    """Add what is new."""
    _add_phrases()
    _add_series()
    op.add_column("notice_revision", sa.Column("publish_at", db.Moment(timezone=True), nullable=True))
    op.add_column("outbox_message", sa.Column("is_bulk", sa.Boolean(), server_default=sa.false(), nullable=False))
    _index_open("is_bulk", "next_at")
    op.create_index(op.f("ix_outbox_message_subject_id"), "outbox_message", ["subject_id"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index(op.f("ix_outbox_message_subject_id"), "outbox_message")
    _index_open("next_at")
    op.drop_column("outbox_message", "is_bulk")
    op.drop_column("notice_revision", "publish_at")
    for table in ("notice_season", "notice_series", "phrase"):
        op.drop_table(table)


def _index_open(*columns: str) -> None:
    op.drop_index("ix_outbox_message_open", "outbox_message")
    op.create_index(
        "ix_outbox_message_open",
        "outbox_message",
        list(columns),
        sqlite_where=STILL_OPEN,
        postgresql_where=STILL_OPEN,
    )


def _add_phrases() -> None:
    op.create_table(
        "phrase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("folded", sa.String(length=120), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("changed_at", db.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
        sa.UniqueConstraint("language", "folded", name=op.f("uq_phrase_language_folded")),
    )


def _add_series() -> None:
    op.create_table(
        "notice_series",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.String(length=5), nullable=False),
        sa.Column("act_by", sa.String(length=5), nullable=False),
        sa.Column("ends_on", sa.String(length=5), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["agent.id"], name=op.f("fk_notice_series_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_series")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_series_key")),
    )
    op.create_table(
        "notice_season",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_season_notice_id")),
        sa.ForeignKeyConstraint(["series_id"], ["notice_series.id"], name=op.f("fk_notice_season_series_id")),
        sa.PrimaryKeyConstraint("series_id", "year", name=op.f("pk_notice_season")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_notice_season_notice_id")),
    )

"""What agents keep typing and customers don't, the places where they do, and what somebody said is no term.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three tables."""
    op.create_table(
        "often_typed",
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("folded", sa.String(length=120), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("agents", sa.Integer(), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("counted_at", db.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("language", "folded", name=op.f("pk_often_typed")),
    )
    _create_uses()
    op.create_table(
        "term_aside",
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("folded", sa.String(length=120), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_term_aside_person_id")),
        sa.PrimaryKeyConstraint("language", "folded", name=op.f("pk_term_aside")),
    )
    op.create_index(op.f("ix_term_aside_person_id"), "term_aside", ["person_id"])


def _create_uses() -> None:
    op.create_table(
        "often_typed_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("folded", sa.String(length=120), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("text_id", sa.Uuid(), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["language", "folded"],
            ["often_typed.language", "often_typed.folded"],
            name=op.f("fk_often_typed_use_language_folded"),
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_often_typed_use_ticket_id")),
        sa.ForeignKeyConstraint(["text_id"], ["typed_text.id"], name=op.f("fk_often_typed_use_text_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_often_typed_use_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_often_typed_use")),
    )
    op.create_index(op.f("ix_often_typed_use_language_folded"), "often_typed_use", ["language", "folded"])
    for column in ("ticket_id", "text_id", "notice_id"):
        op.create_index(op.f(f"ix_often_typed_use_{column}"), "often_typed_use", [column])


def downgrade() -> None:
    """Take them away again."""
    for table in ("often_typed_use", "often_typed", "term_aside"):
        op.drop_table(table)

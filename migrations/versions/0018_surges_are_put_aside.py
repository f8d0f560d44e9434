"""A surge that is none is put aside, and an update for many tickets says by when the next one comes.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_IS_ASIDE = sa.text("taken_back_at IS NULL")


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "surge_aside",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("surge_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.Column("taken_back_by", sa.Uuid(), nullable=True),
        sa.Column("taken_back_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["surge_id"], ["surge.id"], name=op.f("fk_surge_aside_surge_id")),
        sa.ForeignKeyConstraint(["text_id"], ["typed_text.id"], name=op.f("fk_surge_aside_text_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_surge_aside_person_id")),
        sa.ForeignKeyConstraint(["taken_back_by"], ["person.id"], name=op.f("fk_surge_aside_taken_back_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surge_aside")),
    )
    for column in ("surge_id", "person_id", "taken_back_by"):
        op.create_index(op.f(f"ix_surge_aside_{column}"), "surge_aside", [column])
    op.create_index(
        "uq_surge_aside_now",
        "surge_aside",
        ["surge_id"],
        unique=True,
        sqlite_where=_IS_ASIDE,
        postgresql_where=_IS_ASIDE,
    )
    op.add_column("incident_update", sa.Column("next_by", db.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("incident_update", "next_by")
    op.drop_table("surge_aside")

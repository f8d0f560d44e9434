"""Words that customers use are counted in every scope that figures have.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; the worker counts all weeks anew, and the one before stays for the release before this one."""
    op.create_table(
        "board_word_use",
        sa.Column("scope_kind", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.String(length=160), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope_kind", "scope", "week", "word", name=op.f("pk_board_word_use")),
    )
    op.create_index("ix_board_word_use_of_week", "board_word_use", ["scope_kind", "week"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("board_word_use")

"""Notices are found by when they came out.

Revision ID: 0017
Revises: 0016
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_notice_published_at_code", "notice", ["published_at", "code"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_notice_published_at_code", "notice")

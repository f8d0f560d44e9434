"""What is delivered and done is found by when, and a file of the store by its key, so that it can be tidied away.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ENDED = {"outbox_message": "delivered_at", "job": "done_at"}


def upgrade() -> None:
    """Add the indexes."""
    for table, column in ENDED.items():
        is_over = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=is_over, postgresql_where=is_over)
    op.create_index("ix_stored_file_storage_key", "stored_file", ["storage_key"])


def downgrade() -> None:
    """Take them away again."""
    for table, column in ENDED.items():
        op.drop_index(f"ix_{table}_{column}", table)
    op.drop_index("ix_stored_file_storage_key", "stored_file")

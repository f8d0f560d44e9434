"""The tickets of the emergency lane, whether work has stopped or their priority is P1, are read from an index.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_STILL_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    """Let the index hold what cannot wait, in the order in which it is due."""
    _create_urgent_index()
    op.drop_index("ix_ticket_emergency", "ticket")


def downgrade() -> None:
    """Take that away again."""
    op.create_index(
        "ix_ticket_emergency",
        "ticket",
        ["is_emergency", "next_due_at"],
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    )
    op.drop_index("ix_ticket_urgent", "ticket")


def _create_urgent_index() -> None:
    """Each database has its own way to say that something is true, which the queue's statement says as well."""
    on_sqlite = sa.text("closed_at IS NULL AND (is_emergency = 1 OR priority = 'P1')")
    elsewhere = sa.text("closed_at IS NULL AND (is_emergency OR priority = 'P1')")
    op.create_index(
        "ix_ticket_urgent", "ticket", ["next_due_at", "id"], sqlite_where=on_sqlite, postgresql_where=elsewhere
    )

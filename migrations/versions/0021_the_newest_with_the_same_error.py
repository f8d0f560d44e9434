"""The newest tickets with the same error are read from an index, however many there are.

Revision ID: 0021
Revises: 0020
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the index end with when a ticket was opened."""
    op.create_index("ix_ticket_same_error", "ticket", ["fingerprint", "opened_at", "id"])
    op.drop_index("ix_ticket_fingerprint", "ticket")


def downgrade() -> None:
    """Take that away again."""
    op.create_index("ix_ticket_fingerprint", "ticket", ["fingerprint"])
    op.drop_index("ix_ticket_same_error", "ticket")

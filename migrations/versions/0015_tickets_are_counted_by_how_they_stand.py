"""Tickets are counted by how they stand without being read.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STANDING = {
    "ix_ticket_standing_of_organisation": ["organisation_id", "closed_at", "state"],
    "ix_ticket_standing_of_contact": ["contact_id", "closed_at", "state", "organisation_id"],
}
OPEN = {"ix_ticket_open_of_contact": ["contact_id", "opened_at", "id"], "ix_ticket_open_in_state": ["state"]}


def upgrade() -> None:
    """Add the indexes."""
    for name, columns in STANDING.items():
        op.create_index(name, "ticket", columns)
    still_open = sa.text("closed_at IS NULL")
    for name, columns in OPEN.items():
        op.create_index(name, "ticket", columns, sqlite_where=still_open, postgresql_where=still_open)


def downgrade() -> None:
    """Take them away again."""
    for name in (*STANDING, *OPEN):
        op.drop_index(name, "ticket")

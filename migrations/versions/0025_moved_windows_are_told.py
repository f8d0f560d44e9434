"""A maintenance window keeps of which new time people were told when it was moved.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of what was moved before, nobody was told."""
    op.add_column("maintenance_window", sa.Column("announced_for", db.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("maintenance_window", "announced_for")

"""A fault keeps of which tickets nobody was there to be told that its version is out.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of what was told before, it isn't known otherwise."""
    column = sa.Column("told_nobody", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("fault_ticket", column)


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("fault_ticket", "told_nobody")

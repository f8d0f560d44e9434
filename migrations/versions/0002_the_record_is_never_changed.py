"""The record is never changed.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

from portal.core.immutable import allow_changes, refuse_changes

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ALWAYS = ("event", "promise", "promise_outcome", "snapshot", "receipt", "questionnaire_version")
ONCE_PUBLISHED = "notice_revision"


def upgrade() -> None:
    """Let the database refuse to change or remove what happened and what was said."""
    for table in ALWAYS:
        refuse_changes(op.get_bind(), table)
    refuse_changes(op.get_bind(), ONCE_PUBLISHED, once="published_at")


def downgrade() -> None:
    """Undo it."""
    for table in (*ALWAYS, ONCE_PUBLISHED):
        allow_changes(op.get_bind(), table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")

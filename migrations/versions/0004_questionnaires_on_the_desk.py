"""Questionnaires keep their source, interviews who began them, and where people stop is counted.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OPEN = sa.text("submitted_at IS NULL")
BEGUN = sa.text("submitted_at IS NULL AND begun_by IS NOT NULL")


def upgrade() -> None:
    """Add what is new; columns are added in place, because a table made anew would lose what points to it."""
    op.add_column("questionnaire_version", sa.Column("source", sa.Text(), nullable=True))
    kind = sa.Uuid().compile(dialect=op.get_bind().dialect)
    op.execute(
        f"ALTER TABLE interview ADD COLUMN begun_by {kind} CONSTRAINT fk_interview_begun_by REFERENCES person (id)"
    )
    op.create_index(
        "ix_interview_open_of_version", "interview", ["version_id"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index(
        "ix_interview_begun_by", "interview", ["begun_by", "saved_at"], sqlite_where=BEGUN, postgresql_where=BEGUN
    )
    op.create_table(
        "question_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_question_visit_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_visit")),
    )
    op.create_index(op.f("ix_question_visit_version_id_at"), "question_visit", ["version_id", "at"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("question_visit")
    op.drop_index("ix_interview_begun_by", table_name="interview")
    op.drop_index("ix_interview_open_of_version", table_name="interview")
    op.drop_column("interview", "begun_by")
    op.drop_column("questionnaire_version", "source")

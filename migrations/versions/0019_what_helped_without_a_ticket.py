"""What made a ticket unnecessary, and who gets the reports of a month by mail.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SO_FAR = """
INSERT INTO deflection (interview_id, organisation_id, product_code, module_code, notice_id, at)
SELECT interview_id, organisation_id, '', '', notice_id, at
FROM known_issue_answer WHERE outcome = 'solved' AND ticket_id IS NULL
"""


def upgrade() -> None:
    """Add both tables; what known issues have made unnecessary so far is carried over."""
    op.create_table(
        "deflection",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("module_code", sa.String(length=60), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("article_id", sa.Uuid(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_deflection_organisation_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_deflection_notice_id")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_deflection_article_id")),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_deflection")),
    )
    for column in ("organisation_id", "notice_id", "article_id", "at"):
        op.create_index(op.f(f"ix_deflection_{column}"), "deflection", [column])
    op.execute(SO_FAR)
    op.create_table(
        "monthly_report_reader",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("since", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_monthly_report_reader_person_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_monthly_report_reader_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_report_reader")),
        sa.UniqueConstraint(
            "person_id",
            "product_code",
            "organisation_id",
            name=op.f("uq_monthly_report_reader_person_id_product_code_organisation_id"),
        ),
    )
    op.create_index(op.f("ix_monthly_report_reader_organisation_id"), "monthly_report_reader", ["organisation_id"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("monthly_report_reader")
    op.drop_table("deflection")

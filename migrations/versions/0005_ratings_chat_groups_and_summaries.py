"""Ratings, call-backs, chat groups and service summaries.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db
from portal.core.immutable import allow_changes, refuse_changes

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPENDED = ("rating", "call_back")


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "chat_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(length=10), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=True),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", db.Moment(timezone=True), nullable=False),
        sa.Column("ended_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_chat_group_added_by")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_chat_group_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_group")),
    )
    with op.batch_alter_table("chat_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chat_group_added_by"), ["added_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_chat_group_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "service_summary",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("made_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_service_summary_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_summary")),
        sa.UniqueConstraint(
            "organisation_id", "begins_on", "ends_on", name=op.f("uq_service_summary_organisation_id_begins_on_ends_on")
        ),
    )
    op.create_table(
        "summary_plan",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("rhythm", sa.String(length=12), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("changed_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_summary_plan_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_summary_plan")),
    )
    with op.batch_alter_table("summary_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_summary_plan_next_on"), ["next_on"], unique=False)

    op.create_table(
        "summary_reader",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("since", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_summary_reader_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_summary_reader_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_reader")),
        sa.UniqueConstraint("person_id", "organisation_id", name=op.f("uq_summary_reader_person_id_organisation_id")),
    )
    with op.batch_alter_table("summary_reader", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_summary_reader_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("occasion", sa.String(length=160), nullable=False),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name=op.f("ck_rating_score")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_rating_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rating_person_id")),
        sa.ForeignKeyConstraint(["text_id"], ["typed_text.id"], name=op.f("fk_rating_text_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_rating_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("occasion", name=op.f("uq_rating_occasion")),
    )
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_at"), ["at"], unique=False)
        batch_op.create_index("ix_rating_of_organisation", ["organisation_id", "at"], unique=False)
        batch_op.create_index("ix_rating_of_ticket", ["ticket_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_rating_person_id"), ["person_id"], unique=False)

    op.create_table(
        "call_back",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=True),
        sa.Column("rating_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_call_back_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_call_back_person_id")),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_call_back_rating_id")),
        sa.ForeignKeyConstraint(["text_id"], ["typed_text.id"], name=op.f("fk_call_back_text_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_call_back_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back")),
    )
    with op.batch_alter_table("call_back", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_back_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_back_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_back_ticket_id"), ["ticket_id"], unique=False)
    op.create_index("ix_ticket_resolved", "ticket", ["resolved_at"])
    for table in APPENDED:
        refuse_changes(op.get_bind(), table)


def downgrade() -> None:
    """Undo it."""
    for table in APPENDED:
        allow_changes(op.get_bind(), table)
    op.drop_index("ix_ticket_resolved", "ticket")
    with op.batch_alter_table("call_back", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_back_ticket_id"))
        batch_op.drop_index(batch_op.f("ix_call_back_person_id"))
        batch_op.drop_index(batch_op.f("ix_call_back_at"))

    op.drop_table("call_back")
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_person_id"))
        batch_op.drop_index("ix_rating_of_ticket")
        batch_op.drop_index("ix_rating_of_organisation")
        batch_op.drop_index(batch_op.f("ix_rating_at"))

    op.drop_table("rating")
    with op.batch_alter_table("summary_reader", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_reader_organisation_id"))

    op.drop_table("summary_reader")
    with op.batch_alter_table("summary_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_plan_next_on"))

    op.drop_table("summary_plan")
    op.drop_table("service_summary")
    with op.batch_alter_table("chat_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chat_group_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_chat_group_added_by"))

    op.drop_table("chat_group")

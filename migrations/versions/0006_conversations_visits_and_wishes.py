"""Replies begun, what support has seen, changes of installations, visits, and wishes with their decision.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db
from portal.core.immutable import allow_changes, refuse_changes

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPENDED = ("ticket_seen", "installation_change", "visit", "visit_action_promise")
STILL_OPEN = sa.text("next_due_at IS NOT NULL")


def upgrade() -> None:
    """Add what is new."""
    op.add_column("ticket", sa.Column("kind", sa.String(length=12), server_default="problem", nullable=False))
    op.add_column("ticket", sa.Column("decision", sa.String(length=10), nullable=True))
    _add_conversation()
    _add_changes()
    _add_visits()
    for table in APPENDED:
        refuse_changes(op.get_bind(), table)


def downgrade() -> None:
    """Take it away again."""
    for table in APPENDED:
        allow_changes(op.get_bind(), table)
    for table in ("visit_action_promise", "visit_action", "visit"):
        op.drop_table(table)
    for table in ("installation_change", "ticket_seen", "reply_draft"):
        op.drop_table(table)
    op.drop_column("ticket", "decision")
    op.drop_column("ticket", "kind")


def _add_conversation() -> None:
    op.create_table(
        "reply_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reply_draft_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_reply_draft_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_draft")),
        sa.UniqueConstraint("ticket_id", "person_id", name=op.f("uq_reply_draft_ticket_id_person_id")),
    )
    op.create_index(op.f("ix_reply_draft_person_id"), "reply_draft", ["person_id"])
    op.create_table(
        "ticket_seen",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_seen_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_seen_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "seq", name=op.f("pk_ticket_seen")),
    )
    op.create_index(op.f("ix_ticket_seen_person_id"), "ticket_seen", ["person_id"])


def _add_changes() -> None:
    op.create_table(
        "installation_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("installation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("now", sa.JSON(), nullable=False),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_installation_change_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_installation_change_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation_change")),
    )
    op.create_index(op.f("ix_installation_change_organisation_id_at"), "installation_change", ["organisation_id", "at"])
    op.create_index(op.f("ix_installation_change_person_id"), "installation_change", ["person_id"])


def _add_visits() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("who_id", sa.Uuid(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_visit_event_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_visit_organisation_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_visit_ticket_id")),
        sa.ForeignKeyConstraint(["who_id"], ["typed_text.id"], name=op.f("fk_visit_who_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_organisation_id"), "visit", ["organisation_id"])
    op.create_index(op.f("ix_visit_ticket_id"), "visit", ["ticket_id"])
    op.create_table(
        "visit_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("next_due_at", db.Moment(timezone=True), nullable=True),
        sa.Column("done_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["text_id"], ["typed_text.id"], name=op.f("fk_visit_action_text_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_visit_action_ticket_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_action_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_action")),
    )
    op.create_index(
        "ix_visit_action_due", "visit_action", ["next_due_at"], sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN
    )
    op.create_index(op.f("ix_visit_action_ticket_id"), "visit_action", ["ticket_id"])
    op.create_index(op.f("ix_visit_action_visit_id"), "visit_action", ["visit_id"])
    op.create_table(
        "visit_action_promise",
        sa.Column("promise_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["visit_action.id"], name=op.f("fk_visit_action_promise_action_id")),
        sa.ForeignKeyConstraint(["promise_id"], ["promise.id"], name=op.f("fk_visit_action_promise_promise_id")),
        sa.PrimaryKeyConstraint("promise_id", name=op.f("pk_visit_action_promise")),
    )
    op.create_index(op.f("ix_visit_action_promise_action_id"), "visit_action_promise", ["action_id"])

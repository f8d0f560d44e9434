"""Printed copies, reminders, known errors, who else has a problem, maintenance windows, updates for linked tickets.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db
from portal.core.immutable import allow_changes, refuse_changes

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

APPENDED = ("notice_reminder", "incident_update", "known_issue_answer")
STILL_OPEN = sa.text("told_at IS NULL")


def upgrade() -> None:
    """Add what is new."""
    _let_receipts_come_by_other_ways()
    _add_following()
    _add_windows()
    _add_updates()
    for table in APPENDED:
        refuse_changes(op.get_bind(), table)


def downgrade() -> None:
    """Take it away again; answers of people without a way in can't stay."""
    for table in APPENDED:
        allow_changes(op.get_bind(), table)
    for table in ("known_issue_answer", "incident_ticket_told", "incident_update", "maintenance_window"):
        op.drop_table(table)
    for table in ("affected_report", "notice_error", "notice_reminder", "notice_copy"):
        op.drop_table(table)
    allow_changes(op.get_bind(), "receipt")
    op.execute("DELETE FROM receipt WHERE contact_id IS NULL")
    with op.batch_alter_table("receipt") as receipt:
        receipt.drop_constraint(op.f("fk_receipt_recorded_by"), type_="foreignkey")
        receipt.drop_constraint(op.f("fk_receipt_said_id"), type_="foreignkey")
        receipt.drop_index(op.f("ix_receipt_recorded_by"))
        receipt.drop_column("recorded_by")
        receipt.drop_column("said_id")
        receipt.alter_column("contact_id", existing_type=sa.Uuid(), nullable=False)
    refuse_changes(op.get_bind(), "receipt")


def _let_receipts_come_by_other_ways() -> None:
    allow_changes(op.get_bind(), "receipt")
    with op.batch_alter_table("receipt") as receipt:
        receipt.alter_column("contact_id", existing_type=sa.Uuid(), nullable=True)
        receipt.add_column(sa.Column("said_id", sa.Uuid(), nullable=True))
        receipt.add_column(sa.Column("recorded_by", sa.Uuid(), nullable=True))
        receipt.create_foreign_key(op.f("fk_receipt_said_id"), "typed_text", ["said_id"], ["id"])
        receipt.create_foreign_key(op.f("fk_receipt_recorded_by"), "person", ["recorded_by"], ["id"])
        receipt.create_index(op.f("ix_receipt_recorded_by"), ["recorded_by"])
    refuse_changes(op.get_bind(), "receipt")


def _add_following() -> None:
    op.create_table(
        "notice_copy",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_copy_notice_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_notice_copy_organisation_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_notice_copy")),
        sa.UniqueConstraint("notice_id", "organisation_id", name=op.f("uq_notice_copy_notice_id_organisation_id")),
    )
    op.create_index(op.f("ix_notice_copy_organisation_id"), "notice_copy", ["organisation_id"])
    op.create_table(
        "notice_reminder",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("revision_number", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_reminder_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "revision_number", "days_before", name=op.f("pk_notice_reminder")),
    )
    op.create_table(
        "notice_error",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_notice_error_added_by")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_error_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "fingerprint", name=op.f("pk_notice_error")),
    )
    op.create_table(
        "affected_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_affected_report_contact_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_affected_report_notice_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_affected_report_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affected_report")),
        sa.UniqueConstraint("notice_id", "contact_id", name=op.f("uq_affected_report_notice_id_contact_id")),
    )
    op.create_index(op.f("ix_affected_report_contact_id"), "affected_report", ["contact_id"])
    op.create_index(
        op.f("ix_affected_report_organisation_id_notice_id"), "affected_report", ["organisation_id", "notice_id"]
    )


def _add_windows() -> None:
    op.create_table(
        "maintenance_window",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("starts_at", db.Moment(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", db.Moment(timezone=True), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=False),
        sa.Column("next_starts_at", db.Moment(timezone=True), nullable=True),
        sa.Column("reminded_until", db.Moment(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", db.Moment(timezone=True), nullable=False),
        sa.Column("changed_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_maintenance_window_created_by")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_maintenance_window_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_window")),
    )
    op.create_index(op.f("ix_maintenance_window_next_starts_at"), "maintenance_window", ["next_starts_at"])
    op.create_index(op.f("ix_maintenance_window_notice_id"), "maintenance_window", ["notice_id"])


def _add_updates() -> None:
    op.create_table(
        "incident_update",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_incident_update_notice_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_incident_update_person_id")),
        sa.ForeignKeyConstraint(["text_id"], ["typed_text.id"], name=op.f("fk_incident_update_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_update")),
    )
    op.create_index(op.f("ix_incident_update_notice_id_at"), "incident_update", ["notice_id", "at"])
    op.create_index(op.f("ix_incident_update_person_id"), "incident_update", ["person_id"])
    op.create_table(
        "incident_ticket_told",
        sa.Column("update_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("told_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_incident_ticket_told_event_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_incident_ticket_told_ticket_id")),
        sa.ForeignKeyConstraint(["update_id"], ["incident_update.id"], name=op.f("fk_incident_ticket_told_update_id")),
        sa.PrimaryKeyConstraint("update_id", "ticket_id", name=op.f("pk_incident_ticket_told")),
    )
    op.create_index(op.f("ix_incident_ticket_told_ticket_id"), "incident_ticket_told", ["ticket_id"])
    op.create_index(
        "ix_incident_ticket_open",
        "incident_ticket_told",
        ["update_id"],
        sqlite_where=STILL_OPEN,
        postgresql_where=STILL_OPEN,
    )
    op.create_table(
        "known_issue_answer",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_known_issue_answer_notice_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_known_issue_answer_organisation_id")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_known_issue_answer_ticket_id")),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_known_issue_answer")),
    )
    op.create_index(op.f("ix_known_issue_answer_notice_id_outcome"), "known_issue_answer", ["notice_id", "outcome"])
    op.create_index(op.f("ix_known_issue_answer_organisation_id"), "known_issue_answer", ["organisation_id"])
    op.create_index(op.f("ix_known_issue_answer_ticket_id"), "known_issue_answer", ["ticket_id"])

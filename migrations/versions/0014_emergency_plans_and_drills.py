"""Emergency plans, emergencies and drills, and what was learned from them.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db
from portal.core.immutable import allow_changes, refuse_changes

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

APPENDED = (
    "emergency_entry",
    "after_action",
    "emergency_action_promise",
)


def upgrade() -> None:
    """Add what is new."""
    op.add_column("person", sa.Column("drill_id", sa.Uuid(), nullable=True))
    _add_plans()
    _add_roles()
    _add_emergencies()
    _add_calls()
    _add_log()
    _add_learning()
    _add_actions()
    for table in APPENDED:
        refuse_changes(op.get_bind(), table)


def downgrade() -> None:
    """Take it away again."""
    for table in APPENDED:
        allow_changes(op.get_bind(), table)
    for table in (
        "emergency_action_promise",
        "emergency_step",
        "emergency_entry",
        "emergency_call",
        "emergency_action",
        "after_action",
        "emergency",
        "plan_step",
        "plan_role",
        "plan_contact",
        "emergency_plan",
    ):
        op.drop_table(table)
    op.drop_column("person", "drill_id")


def _add_plans() -> None:
    op.create_table(
        "emergency_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("incident_class", sa.String(length=12), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("assembly_minutes", sa.Integer(), nullable=False),
        sa.Column("cadence_minutes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_emergency_plan_changed_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_emergency_plan_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_plan")),
    )
    op.create_index(op.f("ix_emergency_plan_changed_by"), "emergency_plan", ["changed_by"])
    op.create_index(op.f("ix_emergency_plan_organisation_id"), "emergency_plan", ["organisation_id"])


def _add_roles() -> None:
    op.create_table(
        "plan_contact",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.String(length=120), nullable=False),
        sa.Column("joins_drills_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_plan_contact_contact_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["emergency_plan.id"], name=op.f("fk_plan_contact_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "contact_id", name=op.f("pk_plan_contact")),
    )
    op.create_index(op.f("ix_plan_contact_contact_id"), "plan_contact", ["contact_id"])
    op.create_table(
        "plan_role",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("duty", sa.String(length=200), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("substitute_id", sa.Uuid(), nullable=True),
        sa.Column("tells_customers", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_plan_role_agent_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["emergency_plan.id"], name=op.f("fk_plan_role_plan_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["agent.id"], name=op.f("fk_plan_role_substitute_id")),
        sa.PrimaryKeyConstraint("plan_id", "place", name=op.f("pk_plan_role")),
    )
    op.create_index(op.f("ix_plan_role_agent_id"), "plan_role", ["agent_id"])
    op.create_index(op.f("ix_plan_role_substitute_id"), "plan_role", ["substitute_id"])
    op.create_table(
        "plan_step",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("within_minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["emergency_plan.id"], name=op.f("fk_plan_step_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "place", name=op.f("pk_plan_step")),
    )


def _add_emergencies() -> None:
    op.create_table(
        "emergency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("cadence_minutes", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("started_at", db.Moment(timezone=True), nullable=False),
        sa.Column("assemble_by", db.Moment(timezone=True), nullable=False),
        sa.Column("assembled_at", db.Moment(timezone=True), nullable=True),
        sa.Column("next_update_at", db.Moment(timezone=True), nullable=True),
        sa.Column("ended_at", db.Moment(timezone=True), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_emergency_organisation_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["emergency_plan.id"], name=op.f("fk_emergency_plan_id")),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_emergency_started_by")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_emergency_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency")),
    )
    op.create_index(
        "ix_emergency_open",
        "emergency",
        ["started_at"],
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(op.f("ix_emergency_organisation_id"), "emergency", ["organisation_id"])
    op.create_index(op.f("ix_emergency_plan_id"), "emergency", ["plan_id"])
    op.create_index(op.f("ix_emergency_started_by"), "emergency", ["started_by"])
    op.create_index(op.f("ix_emergency_ticket_id"), "emergency", ["ticket_id"])


def _add_calls() -> None:
    op.create_table(
        "emergency_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("emergency_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=200), nullable=False),
        sa.Column("tells_customers", sa.Boolean(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("substitute_id", sa.Uuid(), nullable=True),
        sa.Column("called_at", db.Moment(timezone=True), nullable=False),
        sa.Column("answer_by", db.Moment(timezone=True), nullable=False),
        sa.Column("answered_at", db.Moment(timezone=True), nullable=True),
        sa.Column("passed_on_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_emergency_call_agent_id")),
        sa.ForeignKeyConstraint(["emergency_id"], ["emergency.id"], name=op.f("fk_emergency_call_emergency_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["agent.id"], name=op.f("fk_emergency_call_substitute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_call")),
    )
    op.create_index(op.f("ix_emergency_call_agent_id"), "emergency_call", ["agent_id"])
    op.create_index(op.f("ix_emergency_call_emergency_id"), "emergency_call", ["emergency_id"])
    op.create_index(op.f("ix_emergency_call_substitute_id"), "emergency_call", ["substitute_id"])
    op.create_index(
        "ix_emergency_call_waiting",
        "emergency_call",
        ["answer_by"],
        sqlite_where=sa.text("answered_at IS NULL AND passed_on_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL AND passed_on_at IS NULL"),
    )


def _add_log() -> None:
    op.create_table(
        "emergency_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("emergency_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("text_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["emergency_id"], ["emergency.id"], name=op.f("fk_emergency_entry_emergency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_emergency_entry_person_id")),
        sa.ForeignKeyConstraint(["text_id"], ["typed_text.id"], name=op.f("fk_emergency_entry_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_entry")),
        sa.UniqueConstraint("emergency_id", "seq", name=op.f("uq_emergency_entry_emergency_id_seq")),
    )
    op.create_index(op.f("ix_emergency_entry_person_id"), "emergency_entry", ["person_id"])
    op.create_table(
        "emergency_step",
        sa.Column("emergency_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("due_at", db.Moment(timezone=True), nullable=False),
        sa.Column("done_at", db.Moment(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"], name=op.f("fk_emergency_step_done_by")),
        sa.ForeignKeyConstraint(["emergency_id"], ["emergency.id"], name=op.f("fk_emergency_step_emergency_id")),
        sa.PrimaryKeyConstraint("emergency_id", "place", name=op.f("pk_emergency_step")),
    )
    op.create_index(op.f("ix_emergency_step_done_by"), "emergency_step", ["done_by"])


def _add_learning() -> None:
    op.create_table(
        "after_action",
        sa.Column("emergency_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("prevention_id", sa.Uuid(), nullable=False),
        sa.Column("summary_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cause_id"], ["typed_text.id"], name=op.f("fk_after_action_cause_id")),
        sa.ForeignKeyConstraint(["emergency_id"], ["emergency.id"], name=op.f("fk_after_action_emergency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_after_action_person_id")),
        sa.ForeignKeyConstraint(["prevention_id"], ["typed_text.id"], name=op.f("fk_after_action_prevention_id")),
        sa.ForeignKeyConstraint(["summary_id"], ["typed_text.id"], name=op.f("fk_after_action_summary_id")),
        sa.PrimaryKeyConstraint("emergency_id", name=op.f("pk_after_action")),
    )
    op.create_index(op.f("ix_after_action_person_id"), "after_action", ["person_id"])


def _add_actions() -> None:
    op.create_table(
        "emergency_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("emergency_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("next_due_at", db.Moment(timezone=True), nullable=True),
        sa.Column("done_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["emergency_id"], ["emergency.id"], name=op.f("fk_emergency_action_emergency_id")),
        sa.ForeignKeyConstraint(["text_id"], ["typed_text.id"], name=op.f("fk_emergency_action_text_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_emergency_action_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_action")),
    )
    op.create_index(
        "ix_emergency_action_due",
        "emergency_action",
        ["next_due_at"],
        sqlite_where=sa.text("next_due_at IS NOT NULL"),
        postgresql_where=sa.text("next_due_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_emergency_action_emergency_id"), "emergency_action", ["emergency_id"])
    op.create_index(op.f("ix_emergency_action_ticket_id"), "emergency_action", ["ticket_id"])
    op.create_table(
        "emergency_action_promise",
        sa.Column("promise_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["emergency_action.id"], name=op.f("fk_emergency_action_promise_action_id")
        ),
        sa.ForeignKeyConstraint(["promise_id"], ["promise.id"], name=op.f("fk_emergency_action_promise_promise_id")),
        sa.PrimaryKeyConstraint("promise_id", name=op.f("pk_emergency_action_promise")),
    )
    op.create_index(op.f("ix_emergency_action_promise_action_id"), "emergency_action_promise", ["action_id"])

"""Teams with skills and turns of duty, saved replies, kept views of the queue, links between tickets.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    "team",
    "team_member",
    "agent_skill",
    "duty_turn",
    "giving_out",
    "saved_reply",
    "saved_reply_text",
    "saved_filter",
    "kept_term",
    "ticket_link",
)
STILL_OPEN = sa.text("closed_at IS NULL")
OF_OPEN_TICKETS = {
    "ix_ticket_open_of_agent": ["assignee_id", "next_due_at", "id"],
    "ix_ticket_open_of_team": ["team", "next_due_at", "id"],
    "ix_ticket_open_closes": ["closes_at", "id"],
}


def upgrade() -> None:
    """Add what is new."""
    _add_teams()
    _add_duty()
    _add_replies()
    _add_the_desk()
    for name, columns in OF_OPEN_TICKETS.items():
        op.create_index(name, "ticket", columns, sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN)
    op.create_index("ix_ticket_alike", "ticket", ["product_code", "module_code", "opened_at", "id"])


def downgrade() -> None:
    """Take it away again."""
    for name in ("ix_ticket_alike", *OF_OPEN_TICKETS):
        op.drop_index(name, "ticket")
    for table in reversed(TABLES):
        op.drop_table(table)


def _add_teams() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("made_at", db.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.create_table(
        "team_member",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_team_member_agent_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member_team_id")),
        sa.PrimaryKeyConstraint("team_id", "agent_id", name=op.f("pk_team_member")),
    )
    op.create_index(op.f("ix_team_member_agent_id"), "team_member", ["agent_id"])
    op.create_table(
        "agent_skill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("module_code", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_agent_skill_agent_id")),
        sa.ForeignKeyConstraint(["product_code"], ["product.code"], name=op.f("fk_agent_skill_product_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_skill")),
        sa.UniqueConstraint(
            "agent_id", "product_code", "module_code", name=op.f("uq_agent_skill_agent_id_product_code_module_code")
        ),
    )
    op.create_index(op.f("ix_agent_skill_product_code_module_code"), "agent_skill", ["product_code", "module_code"])


def _add_duty() -> None:
    op.create_table(
        "duty_turn",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", db.Moment(timezone=True), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_duty_turn_agent_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_duty_turn_made_by")),
        sa.ForeignKeyConstraint(["note_id"], ["typed_text.id"], name=op.f("fk_duty_turn_note_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_turn")),
    )
    op.create_index(op.f("ix_duty_turn_from_at_id"), "duty_turn", ["from_at", "id"])
    op.create_table(
        "giving_out",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_giving_out_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_giving_out")),
    )


def _add_replies() -> None:
    op.create_table(
        "saved_reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_saved_reply_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_reply")),
        sa.UniqueConstraint("name", name=op.f("uq_saved_reply_name")),
    )
    op.create_table(
        "saved_reply_text",
        sa.Column("reply_id", sa.Uuid(), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["saved_reply.id"], name=op.f("fk_saved_reply_text_reply_id")),
        sa.PrimaryKeyConstraint("reply_id", "locale", name=op.f("pk_saved_reply_text")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("asked", sa.String(length=400), nullable=False),
        sa.Column("saved_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_filter_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_filter_person_id_name")),
    )


def _add_the_desk() -> None:
    op.create_table(
        "kept_term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.String(length=120), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("reason_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_term_person_id")),
        sa.ForeignKeyConstraint(["reason_id"], ["typed_text.id"], name=op.f("fk_kept_term_reason_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_kept_term_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_term")),
    )
    op.create_index(op.f("ix_kept_term_person_id"), "kept_term", ["person_id"])
    op.create_index(op.f("ix_kept_term_term_at"), "kept_term", ["term", "at"])
    op.create_index(op.f("ix_kept_term_ticket_id"), "kept_term", ["ticket_id"])
    op.create_table(
        "ticket_link",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["ticket.id"], name=op.f("fk_ticket_link_other_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_link_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_link_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "other_id", name=op.f("pk_ticket_link")),
    )
    op.create_index(op.f("ix_ticket_link_other_id"), "ticket_link", ["other_id"])

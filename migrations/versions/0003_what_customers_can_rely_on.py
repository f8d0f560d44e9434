"""Calendars, policies, warnings, accepted dates and calendar feeds.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db
from portal.core.immutable import allow_changes, refuse_changes

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("work_calendar", "calendar_exception", "promise_policy")
STILL_OPEN = {"sqlite_where": sa.text("closed_at IS NULL"), "postgresql_where": sa.text("closed_at IS NULL")}


def upgrade() -> None:
    """Add them; what is there already goes on as it is."""
    _add_tables()
    op.add_column("ticket", sa.Column("warns_at", db.Moment(timezone=True), nullable=True))
    op.add_column("ticket", sa.Column("accepted_due_at", db.Moment(timezone=True), nullable=True))
    op.add_column("ticket", sa.Column("resolution_left", sa.Integer(), nullable=True))
    op.add_column("promise", sa.Column("warns_at", db.Moment(timezone=True), nullable=True))
    op.create_index("ix_ticket_warns", "ticket", ["warns_at"], **STILL_OPEN)
    op.create_index("ix_ticket_changed_of_organisation", "ticket", ["organisation_id", "changed_at"])
    for table in NEVER_CHANGED:
        refuse_changes(op.get_bind(), table)


def downgrade() -> None:
    """Take them away again."""
    for table in NEVER_CHANGED:
        allow_changes(op.get_bind(), table)
    op.drop_index("ix_ticket_changed_of_organisation", "ticket")
    op.drop_index("ix_ticket_warns", "ticket")
    op.drop_column("promise", "warns_at")
    for column in ("resolution_left", "accepted_due_at", "warns_at"):
        op.drop_column("ticket", column)
    for table in ("feed_link", "promise_policy", "calendar_exception", "work_calendar"):
        op.drop_table(table)


def _add_tables() -> None:
    op.create_table(
        "work_calendar",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("weekly", sa.JSON(), nullable=False),
        sa.Column("made_at", db.Moment(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_work_calendar_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_calendar")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_work_calendar_name_version")),
    )
    op.create_index(op.f("ix_work_calendar_made_by"), "work_calendar", ["made_by"])
    op.create_table(
        "calendar_exception",
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("intervals", sa.JSON(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["calendar_id"], ["work_calendar.id"], name=op.f("fk_calendar_exception_calendar_id")),
        sa.PrimaryKeyConstraint("calendar_id", "day", name=op.f("pk_calendar_exception")),
    )
    op.create_table(
        "promise_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("calendar", sa.String(length=20), nullable=False),
        sa.Column("made_at", db.Moment(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_promise_policy_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_policy")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_promise_policy_name_version")),
    )
    op.create_index(op.f("ix_promise_policy_made_by"), "promise_policy", ["made_by"])
    op.create_table(
        "feed_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", db.Moment(timezone=True), nullable=False),
        sa.Column("revoked_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_feed_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_feed_link_token_sha256")),
    )
    op.create_index(op.f("ix_feed_link_person_id"), "feed_link", ["person_id"])

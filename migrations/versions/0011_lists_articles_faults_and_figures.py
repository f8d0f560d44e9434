"""Lists that are taken in, articles, faults on their way to a fix, and figures of how customers fare.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from portal.core import db

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

RETIRED = ("product", "module", "fault_type")
TABLES = (
    "list_import",
    "refused_row",
    "article",
    "article_text",
    "article_term",
    "lesson_task",
    "fault",
    "fault_ticket",
    "fault_step",
    "board_mark",
    "board_figure",
    "board_seen",
    "board_cursor",
    "board_word",
    "monthly_report",
)


def upgrade() -> None:
    """Add what is new."""
    op.add_column("organisation", sa.Column("code", sa.String(length=60), nullable=True))
    op.add_column("organisation", sa.Column("closed_at", db.Moment(timezone=True), nullable=True))
    op.create_index(op.f("ix_organisation_code"), "organisation", ["code"], unique=True)
    for table in RETIRED:
        op.add_column(table, sa.Column("retired_at", db.Moment(timezone=True), nullable=True))
    op.add_column("release", sa.Column("withdrawn_at", db.Moment(timezone=True), nullable=True))
    _add_imports()
    _add_articles()
    _add_faults()
    _add_figures()
    _add_reports()


def downgrade() -> None:
    """Take it away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("release", "withdrawn_at")
    for table in reversed(RETIRED):
        op.drop_column(table, "retired_at")
    op.drop_index(op.f("ix_organisation_code"), "organisation")
    op.drop_column("organisation", "closed_at")
    op.drop_column("organisation", "code")


def _add_imports() -> None:
    op.create_table(
        "list_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("storage_key", sa.String(length=40), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("sent_at", db.Moment(timezone=True), nullable=False),
        sa.Column("changed_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_list_import_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_import")),
    )
    op.create_index("ix_list_import_newest", "list_import", ["sent_at", "id"])
    op.create_index(
        "ix_list_import_open",
        "list_import",
        ["changed_at"],
        sqlite_where=sa.text("storage_key IS NOT NULL"),
        postgresql_where=sa.text("storage_key IS NOT NULL"),
    )
    op.create_index(op.f("ix_list_import_person_id"), "list_import", ["person_id"])
    op.create_table(
        "refused_row",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["list_import.id"], name=op.f("fk_refused_row_import_id")),
        sa.PrimaryKeyConstraint("import_id", "row", name=op.f("pk_refused_row")),
    )


def _add_articles() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("module_code", sa.String(length=60), nullable=False),
        sa.Column("fault_type", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=True),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", db.Moment(timezone=True), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("recall_reason", sa.String(length=500), nullable=False),
        sa.Column("recalled_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", db.Moment(timezone=True), nullable=False),
        sa.Column("changed_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_article_published_by")),
        sa.ForeignKeyConstraint(["recalled_by"], ["person.id"], name=op.f("fk_article_recalled_by")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_article_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
    )
    op.create_index("ix_article_newest", "article", ["changed_at", "id"])
    op.create_index("ix_article_of_module", "article", ["product_code", "module_code", "fault_type"])
    op.create_index(op.f("ix_article_review_on"), "article", ["review_on"])
    op.create_table(
        "article_text",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("pitfalls", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_text_article_id")),
        sa.PrimaryKeyConstraint("article_id", "revision", "language", name=op.f("pk_article_text")),
    )
    op.create_table(
        "article_term",
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_term_article_id")),
        sa.PrimaryKeyConstraint("term", "article_id", name=op.f("pk_article_term")),
    )
    op.create_index(op.f("ix_article_term_article_id"), "article_term", ["article_id"])
    op.create_table(
        "lesson_task",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", db.Moment(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("article_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_lesson_task_article_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_lesson_task_settled_by")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_lesson_task_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_lesson_task")),
    )
    op.create_index(op.f("ix_lesson_task_article_id"), "lesson_task", ["article_id"])
    op.create_index(
        "ix_lesson_task_due",
        "lesson_task",
        ["due_at", "ticket_id"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )


def _add_faults() -> None:
    op.create_table(
        "fault",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("module_code", sa.String(length=60), nullable=False),
        sa.Column("fault_type", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("target_version", sa.String(length=60), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=False),
        sa.Column("prevention", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", db.Moment(timezone=True), nullable=False),
        sa.Column("changed_at", db.Moment(timezone=True), nullable=False),
        sa.Column("released_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_fault_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault")),
        sa.UniqueConstraint("reference", name=op.f("uq_fault_reference")),
    )
    op.create_index("ix_fault_newest", "fault", ["opened_at", "id"])
    op.create_index("ix_fault_of_version", "fault", ["product_code", "target_version", "state"])
    op.create_table(
        "fault_ticket",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("fault_id", sa.Uuid(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", db.Moment(timezone=True), nullable=False),
        sa.Column("told_at", db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_fault_ticket_added_by")),
        sa.ForeignKeyConstraint(["fault_id"], ["fault.id"], name=op.f("fk_fault_ticket_fault_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_fault_ticket_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_fault_ticket")),
    )
    op.create_index(op.f("ix_fault_ticket_fault_id"), "fault_ticket", ["fault_id"])
    op.create_table(
        "fault_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fault_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["fault_id"], ["fault.id"], name=op.f("fk_fault_step_fault_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_fault_step_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault_step")),
    )
    op.create_index("ix_fault_step_of_fault", "fault_step", ["fault_id", "at"])


def _add_figures() -> None:
    op.create_table(
        "board_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("module_code", sa.String(length=60), nullable=False),
        sa.Column("team", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_board_mark_organisation_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_board_mark_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_mark")),
        sa.UniqueConstraint("ticket_id", "measure", "day", name=op.f("uq_board_mark_ticket_id_measure_day")),
    )
    op.create_index("ix_board_mark_of_day", "board_mark", ["measure", "day", "ticket_id"])
    op.create_table(
        "board_figure",
        sa.Column("scope_kind", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.String(length=160), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope_kind", "scope", "day", "measure", name=op.f("pk_board_figure")),
    )
    op.create_table(
        "board_seen",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_board_seen_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_board_seen")),
    )
    op.create_table(
        "board_cursor",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("place", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_board_cursor")),
    )
    op.create_table(
        "board_word",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("module_code", sa.String(length=60), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("week", "product_code", "module_code", "word", name=op.f("pk_board_word")),
    )


def _add_reports() -> None:
    op.create_table(
        "monthly_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_monthly_report_made_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_monthly_report_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_report")),
        sa.UniqueConstraint(
            "month",
            "product_code",
            "organisation_id",
            name=op.f("uq_monthly_report_month_product_code_organisation_id"),
        ),
    )
    op.create_index("ix_monthly_report_newest", "monthly_report", ["made_at", "id"])

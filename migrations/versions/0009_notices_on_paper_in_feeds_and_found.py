"""Notices are printed for each organisation, read by other programs, and found by their words.

Revision ID: 0009
Revises: 0008
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from portal.core import db
from portal.core.db import SQLITE_VERSION
from portal.core.terms import terms_of

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SQLITE = """
CREATE VIRTUAL TABLE notice_terms USING fts5(
    terms, content='notice_words', content_rowid='number', tokenize='ascii', detail=none, columnsize=0)

CREATE TRIGGER notice_words_added AFTER INSERT ON notice_words BEGIN
    INSERT INTO notice_terms(rowid, terms) VALUES (new.number, new.terms); END

CREATE TRIGGER notice_words_removed AFTER DELETE ON notice_words BEGIN
    INSERT INTO notice_terms(notice_terms, rowid, terms) VALUES ('delete', old.number, old.terms); END

CREATE TRIGGER notice_words_changed AFTER UPDATE OF terms ON notice_words BEGIN
    INSERT INTO notice_terms(notice_terms, rowid, terms) VALUES ('delete', old.number, old.terms);
    INSERT INTO notice_terms(rowid, terms) VALUES (new.number, new.terms); END
"""
SQLITE_FORGETS = "INSERT INTO notice_terms(notice_terms, rank) VALUES ('secure-delete', 1)"
TABLES = ("notice_words", "notice_import", "notice_feed_link", "print_part", "print_batch")

notice = sa.table("notice", sa.column("id", sa.Uuid()), sa.column("code"), sa.column("revision_number"))
revised = sa.table(
    "notice_revision", sa.column("id", sa.Uuid()), sa.column("notice_id", sa.Uuid()), sa.column("number")
)
text = sa.table(
    "notice_text",
    sa.column("revision_id", sa.Uuid()),
    sa.column("status"),
    sa.column("title"),
    sa.column("document", sa.JSON()),
)
words = sa.table("notice_words", sa.column("notice_id", sa.Uuid()), sa.column("terms"))


def upgrade() -> None:
    """Add what is new, and let the notices that are out be found."""
    add_paper()
    add_feeds()
    add_words()
    add_what_is_out()


def downgrade() -> None:
    """Take it away again."""
    if not is_postgresql():
        op.execute("DROP TABLE notice_terms")
    for table in TABLES:
        op.drop_table(table)


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def id_of(name: str, *, is_needed: bool = True) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=not is_needed)


def at(name: str, *, is_needed: bool = False) -> sa.Column:
    return sa.Column(name, db.Moment(timezone=True), nullable=not is_needed)


def leads_to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def add_paper() -> None:
    op.create_table(
        "print_batch",
        id_of("id"),
        id_of("notice_id"),
        id_of("revision_id"),
        sa.Column("locales", sa.JSON(), nullable=False),
        sa.Column("is_separate", sa.Boolean(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        id_of("made_by", is_needed=False),
        at("created_at", is_needed=True),
        at("checked_at"),
        at("started_at"),
        at("done_at"),
        id_of("file_id", is_needed=False),
        leads_to("print_batch", "notice_id", "notice"),
        leads_to("print_batch", "revision_id", "notice_revision"),
        leads_to("print_batch", "made_by", "person"),
        leads_to("print_batch", "file_id", "stored_file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_batch")),
    )
    op.create_index(op.f("ix_print_batch_notice_id_created_at"), "print_batch", ["notice_id", "created_at"])
    op.create_table(
        "print_part",
        id_of("batch_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisations", sa.JSON(), nullable=False),
        sa.Column("troubles", sa.JSON(), nullable=False),
        id_of("file_id", is_needed=False),
        at("done_at"),
        leads_to("print_part", "batch_id", "print_batch"),
        leads_to("print_part", "file_id", "stored_file"),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_print_part")),
    )


def add_feeds() -> None:
    op.create_table(
        "notice_feed_link",
        id_of("id"),
        id_of("organisation_id"),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        id_of("made_by", is_needed=False),
        at("made_at", is_needed=True),
        at("revoked_at"),
        leads_to("notice_feed_link", "organisation_id", "organisation"),
        leads_to("notice_feed_link", "made_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_feed_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_notice_feed_link_token_sha256")),
    )
    op.create_index(op.f("ix_notice_feed_link_organisation_id"), "notice_feed_link", ["organisation_id"])
    op.create_table(
        "notice_import",
        id_of("notice_id"),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("kept_unmapped", sa.JSON(), nullable=False),
        id_of("imported_by", is_needed=False),
        at("imported_at", is_needed=True),
        leads_to("notice_import", "notice_id", "notice"),
        leads_to("notice_import", "imported_by", "person"),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_notice_import")),
    )


def add_words() -> None:
    op.create_table(
        "notice_words",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        id_of("notice_id"),
        sa.Column("terms", sa.Text(), nullable=False),
        leads_to("notice_words", "notice_id", "notice"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_notice_words")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_notice_words_notice_id")),
    )
    if is_postgresql():
        gin = sa.text("string_to_array(terms, ' '::text)")
        op.create_index("ix_notice_words_terms", "notice_words", [gin], postgresql_using="gin")
        return
    for statement in SQLITE.split("\n\n"):
        op.execute(statement)
    if tuple(map(int, SQLITE_VERSION.split("."))) >= (3, 42):
        op.execute(SQLITE_FORGETS)


def add_what_is_out() -> None:
    """Put into the index what readers see of each notice."""
    is_current = (revised.c.notice_id == notice.c.id) & (revised.c.number == notice.c.revision_number)
    rows = op.get_bind().execute(
        sa.select(notice.c.id, notice.c.code, text.c.title, text.c.document)
        .join(revised, is_current)
        .join(text, (text.c.revision_id == revised.c.id) & text.c.status.in_(["source", "reviewed"]))
    )
    found: dict[object, list[str]] = {}
    for row in rows.all():
        found.setdefault(row.id, [row.code]).extend([row.title, *leaves(row.document)])
    for notice_id, texts in found.items():
        terms = " ".join(terms_of(" ".join(texts)))
        op.get_bind().execute(sa.insert(words).values(notice_id=notice_id, terms=terms))


def leaves(value: object) -> Iterator[str]:
    """Yield what was written in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)

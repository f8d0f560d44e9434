"""Tickets are found by their words.

Revision ID: 0007
Revises: 0006
"""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from portal.core.db import SQLITE_VERSION
from portal.core.terms import terms_of

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

AT_ONCE = 500
NOT_ANSWERED = {
    "schema", "questionnaire", "locale", "channel", "lane", "times", "triage", "redactions", "prefilled", "unknown",
    "fingerprint",
}  # fmt: skip
UUIDS = sa.Uuid()
SQLITE = """
CREATE VIRTUAL TABLE ticket_terms USING fts5(
    terms, content='ticket_words', content_rowid='number', tokenize='ascii', detail=none, columnsize=0)

CREATE TRIGGER ticket_words_added AFTER INSERT ON ticket_words BEGIN
    INSERT INTO ticket_terms(rowid, terms) VALUES (new.number, new.terms); END

CREATE TRIGGER ticket_words_removed AFTER DELETE ON ticket_words BEGIN
    INSERT INTO ticket_terms(ticket_terms, rowid, terms) VALUES ('delete', old.number, old.terms); END

CREATE TRIGGER ticket_words_changed AFTER UPDATE OF terms ON ticket_words BEGIN
    INSERT INTO ticket_terms(ticket_terms, rowid, terms) VALUES ('delete', old.number, old.terms);
    INSERT INTO ticket_terms(rowid, terms) VALUES (new.number, new.terms); END

CREATE TRIGGER typed_text_leaves_the_index AFTER UPDATE OF erased_at ON typed_text
    WHEN new.erased_at IS NOT NULL BEGIN DELETE FROM ticket_words WHERE text_id = new.id; END
"""
# What is deleted is gone from the file at once, and not only when parts of the index are merged.
SQLITE_FORGETS = "INSERT INTO ticket_terms(ticket_terms, rank) VALUES ('secure-delete', 1)"
POSTGRESQL = """
CREATE FUNCTION leave_the_index() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN DELETE FROM ticket_words WHERE text_id = NEW.id; RETURN NULL; END $$

CREATE TRIGGER typed_text_leaves_the_index AFTER UPDATE OF erased_at ON typed_text
    FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL) EXECUTE FUNCTION leave_the_index()
"""

words = sa.table(
    "ticket_words",
    sa.column("ticket_id", UUIDS),
    sa.column("text_id", UUIDS),
    sa.column("audience", sa.String()),
    sa.column("terms", sa.Text()),
)
ticket = sa.table(
    "ticket",
    sa.column("id", UUIDS),
    sa.column("reference", sa.String()),
    sa.column("title_id", UUIDS),
    sa.column("organisation_id", UUIDS),
    sa.column("revision", sa.Integer()),
)
event = sa.table(
    "event",
    sa.column("ticket_id", UUIDS),
    sa.column("text_id", UUIDS),
    sa.column("audience", sa.String()),
    sa.column("kind", sa.String()),
)
snapshot = sa.table(
    "snapshot", sa.column("ticket_id", UUIDS), sa.column("document_id", UUIDS), sa.column("revision", sa.Integer())
)
typed_text = sa.table(
    "typed_text", sa.column("id", UUIDS), sa.column("body", sa.Text()), sa.column("erased_at", sa.DateTime())
)


def upgrade() -> None:
    """Make the index, and put into it what was written so far."""
    op.create_table(
        "ticket_words",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", UUIDS, nullable=False),
        sa.Column("text_id", UUIDS, nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["typed_text.id"], name=op.f("fk_ticket_words_text_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_words_ticket_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ticket_words")),
        sa.UniqueConstraint("text_id", name=op.f("uq_ticket_words_text_id")),
    )
    op.create_index(op.f("ix_ticket_words_ticket_id"), "ticket_words", ["ticket_id"])
    op.create_index("ix_ticket_newest", "ticket", ["opened_at", "id"])
    if is_postgresql():
        gin = sa.text("string_to_array(terms, ' '::text)")
        op.create_index("ix_ticket_words_terms", "ticket_words", [gin], postgresql_using="gin")
    for statement in (POSTGRESQL if is_postgresql() else SQLITE).split("\n\n"):
        op.execute(statement)
    if not is_postgresql() and tuple(map(int, SQLITE_VERSION.split("."))) >= (3, 42):
        op.execute(SQLITE_FORGETS)
    add_what_was_written()


def downgrade() -> None:
    """Undo it."""
    if is_postgresql():
        op.execute("DROP TRIGGER typed_text_leaves_the_index ON typed_text")
        op.execute("DROP FUNCTION leave_the_index()")
    else:
        op.execute("DROP TRIGGER typed_text_leaves_the_index")
        op.execute("DROP TABLE ticket_terms")
    op.drop_table("ticket_words")
    op.drop_index("ix_ticket_newest", "ticket")


def is_postgresql() -> bool:
    """Whether this is PostgreSQL."""
    return op.get_bind().dialect.name == "postgresql"


def add_what_was_written() -> None:
    """Find the words of every title, event and latest snapshot that was not erased."""
    for found in (titles(), events(), snapshots()):
        rows = op.get_bind().execute(found.where(typed_text.c.erased_at.is_(None))).mappings()
        for part in rows.partitions(AT_ONCE):
            op.bulk_insert(words, [words_of(row) for row in part])


def titles() -> sa.Select:
    """Return the title of each ticket, with its number."""
    return base(sa.literal("customer"), also=ticket.c.reference).join(typed_text, typed_text.c.id == ticket.c.title_id)


def events() -> sa.Select:
    """Return what was said in each event."""
    is_document = event.c.kind == "resolved"
    said = base(event.c.audience, is_document=is_document).join(event, event.c.ticket_id == ticket.c.id)
    return said.join(typed_text, typed_text.c.id == event.c.text_id)


def snapshots() -> sa.Select:
    """Return the latest description of each ticket."""
    latest = (snapshot.c.ticket_id == ticket.c.id) & (snapshot.c.revision == ticket.c.revision)
    described = base(sa.literal("customer"), is_document=sa.true()).join(snapshot, latest)
    return described.join(typed_text, typed_text.c.id == snapshot.c.document_id)


def base(
    audience: sa.ColumnElement, *, also: sa.ColumnElement | None = None, is_document: sa.ColumnElement | None = None
) -> sa.Select:
    """Return what every text is kept with."""
    return sa.select(
        ticket.c.id.label("ticket_id"),
        ticket.c.organisation_id,
        typed_text.c.id.label("text_id"),
        typed_text.c.body,
        audience.label("audience"),
        (sa.literal("") if also is None else also).label("also"),
        (sa.false() if is_document is None else is_document).label("is_document"),
    ).select_from(ticket)


def words_of(row: sa.RowMapping) -> dict[str, object]:
    """Return the row of one text."""
    scope = [f"¤{row['organisation_id'].hex}"] if row["audience"] == "customer" and row["organisation_id"] else []
    text = " ".join(leaves(json.loads(row["body"]))) if row["is_document"] and row["body"] else row["body"]
    terms = [*scope, *terms_of(f"{row['also']} {text}")]
    return {**{name: row[name] for name in ("ticket_id", "text_id", "audience")}, "terms": " ".join(terms)}


def leaves(value: object) -> Iterator[str]:
    """Yield what was answered in a document."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in NOT_ANSWERED:
                yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    elif isinstance(value, str):
        yield value

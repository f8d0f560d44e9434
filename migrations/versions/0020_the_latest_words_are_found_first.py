"""On PostgreSQL, the latest texts with a word are found without looking at all the others that have it.

Revision ID: 0020
Revises: 0019
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TERMS = "string_to_array(terms, ' '::text)"
# Which stretches of so many texts each belongs to. The terms stay the first column, so that what asked for them alone
# finds as it did. Texts that wait to be put in are looked at one by one: not too many may wait.
LATELY = f"({TERMS}), (ARRAY[number / 1024]), (ARRAY[number / 65536])"


def upgrade() -> None:
    """Make the index anew."""
    make_anew(LATELY, options=" WITH (gin_pending_list_limit = 256)")


def downgrade() -> None:
    """Make it as it was."""
    make_anew(f"({TERMS})", options="")


def make_anew(columns: str, options: str) -> None:
    """Replace the index of the words; SQLite's own finds the latest first already."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_ticket_words_terms")
        op.execute(f"CREATE INDEX ix_ticket_words_terms ON ticket_words USING gin ({columns}){options}")

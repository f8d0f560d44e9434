"""How statements are written for SQLite, so that it plans each of them once."""

from typing import Any

from sqlalchemy.dialects.sqlite.base import SQLiteCompiler


class NumbersInLimits(SQLiteCompiler):
    """Writes the number of rows that a statement is limited to into the statement.

    SQLite plans a statement anew each time that the number in its LIMIT is bound as a value, which costs many times
    what the statement itself does.
    """

    def limit_clause(self, select: Any, **options: Any) -> str:
        """Return the limit with its numbers in it."""
        return str(super().limit_clause(select, literal_execute=True, **options))  # type: ignore[no-untyped-call]  # SQLAlchemy's own

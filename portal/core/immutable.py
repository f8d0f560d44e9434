"""Tables whose rows are never changed or removed once they stand: the database itself refuses it."""

from collections.abc import Iterator

from sqlalchemy import Connection


def refuse_changes(connection: Connection, table: str, *, once: str = "") -> None:
    """Make the database refuse to change or remove a table's rows; ``once`` limits it to rows with that column set."""
    for statement in _statements(connection.dialect.name, table, once):
        connection.exec_driver_sql(statement)


def allow_changes(connection: Connection, table: str) -> None:
    """Take the refusal back, for a migration downwards."""
    on_table = f" ON {table}" if connection.dialect.name == "postgresql" else ""
    for action in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER {table}_refuses_{action}{on_table}")


def _statements(dialect: str, table: str, once: str) -> Iterator[str]:
    when = f"WHEN (OLD.{once} IS NOT NULL) " if once else ""
    if dialect == "postgresql":
        # Each percent sign is doubled, because the driver reads a single one as a place for a value.
        yield (
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION 'rows of %% are never changed', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for action in ("UPDATE", "DELETE"):
        head = f"CREATE TRIGGER {table}_refuses_{action.lower()} BEFORE {action} ON {table} FOR EACH ROW {when}"
        if dialect == "postgresql":
            yield f"{head}EXECUTE FUNCTION refuse_change()"
        else:
            yield f"{head}BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"

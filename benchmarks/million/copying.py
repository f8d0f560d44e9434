"""A thousand times the same tickets, each copy with ids of its own: the database copies rows, nobody sends them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Column, Connection, Table, select

from portal.accounts.models import Contact, Organisation, Person
from portal.core.db import Database
from portal.core.models import TypedText
from portal.tickets.models import Event, Promise, PromiseOutcome, Snapshot, Ticket, TicketWords, scope_of

Report = Callable[[str], None]
_PEOPLE = ("person", "organisation", "contact")
"""Tables of whoever reports: only every fiftieth copy is reported by the same people again."""
_SAME_PEOPLE = 50
_MODELS = (Person, Organisation, Contact, TypedText, Ticket, Event, Promise, PromiseOutcome, Snapshot, TicketWords)
COPIED = tuple(cast(Table, each.__table__) for each in _MODELS)
_KEYS = {"promise_outcome": "promise_id", "ticket_words": "ticket_id"}
_FIRST = "01000000-0000-0000-0000-000000000000"
"""Ids begin with their time; those of copies begin with the copy's number, and are smaller than this."""
_MINUTES = {"opened_at": -8, "next_due_at": 3, "warns_at": 3, "closes_at": 3, "wakes_at": 3}
"""How far a copy's times are from those of the copy before it: what is listed first stays what it was."""
_AT_ONCE = 20
_HASTE = (
    "synchronous_commit = off",
    "session_replication_role = replica",
    "maintenance_work_mem = '512MB'",
    # Nothing is counted yet: PostgreSQL would read all copies to find the first rows among them.
    "enable_seqscan = off",
    "enable_bitmapscan = off",
)


@dataclass(frozen=True, slots=True)
class _Copy:
    """One copy of the first rows."""

    number: int
    last: int
    """The number of the last text among the first rows."""
    scope: str
    """How the term of an organisation begins there."""
    only: str
    """The reference of the ticket whose words stay the only ones."""
    is_sqlite: bool

    @property
    def has_own_people(self) -> bool:
        """Whether other hospitals report these."""
        return self.number % _SAME_PEOPLE != 0

    def statements(self) -> Iterator[str]:
        """Yield what adds the copy, a statement a table."""
        for table in COPIED:
            if self.has_own_people or table.name not in _PEOPLE:
                yield self._statement(table)

    def _statement(self, table: Table) -> str:
        names = ", ".join(each.name for each in table.columns)
        values = ", ".join(self._value(each) for each in table.columns)
        first = _FIRST.replace("-", "") if self.is_sqlite else _FIRST
        own = f"{_KEYS.get(table.name, 'id')} >= '{first}'"
        if table.name == "ticket_words":
            own += f" AND ticket_id <> (SELECT id FROM ticket WHERE reference = '{self.only}')"
        return f"INSERT INTO {table.name} ({names}) SELECT {values} FROM {table.name} WHERE {own}"

    def _value(self, column: Column[object]) -> str:
        """Return what the copy has in a column."""
        name, table, mark = column.name, column.table.name, f"{self.number:05x}"
        if name == "reference":
            return f"'C-{self.number}-' || {name}"
        if name == "number":
            return f"{name} + {self.number * self.last}"
        if name == "terms" and self.has_own_people:
            return f"replace({name}, '{self.scope}', '{self.scope[0]}{mark}')"
        if name in _MINUTES and table == "ticket":
            return self._moved(name, self.number * _MINUTES[name])
        if name == "fs_uniquifier":
            return f"'{mark}' || substr({name}, 6)"
        if not self._is_copied_id(column):
            return f"{name} || '-{self.number}'" if table in _PEOPLE and column.unique else name
        return f"'{mark}' || substr({name}, 6)" if self.is_sqlite else f"('{mark}' || substr({name}::text, 6))::uuid"

    def _moved(self, name: str, minutes: int) -> str:
        if self.is_sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%f000', {name}, '{minutes} minutes')"
        return f"{name} + interval '{minutes} minutes'"

    def _is_copied_id(self, column: Column[object]) -> bool:
        """Whether a column holds the id of a row that is copied, too."""
        of = {each.column.table.name for each in column.foreign_keys}
        if column.name == "id":
            of.add(column.table.name)
        return any(each in _TABLES and (self.has_own_people or each not in _PEOPLE) for each in of)


def copy(database: Database, times: int, reference: str, report: Report) -> None:
    """Add so many copies of every ticket; the words of the one with this reference stay the only ones."""
    # Reading connections begin nothing by themselves, so that what begins here ends here.
    with database.reader.connect() as connection:
        run = connection.exec_driver_sql
        put_back = _hasten_sqlite(connection) if database.is_sqlite else _hasten_postgresql(connection)
        last = run("SELECT max(number) FROM ticket_words").scalar_one()
        scope = scope_of(connection.execute(select(Organisation.id).limit(1)).scalar_one())[:6]
        for first in range(1, times + 1, _AT_ONCE):
            run("BEGIN")
            for number in range(first, min(first + _AT_ONCE, times + 1)):
                for statement in _Copy(number, last, scope, reference, database.is_sqlite).statements():
                    run(statement)
            run("COMMIT")
        report("rows")
        for statement in put_back:
            run(statement)
        report("indexes")
        for statement in ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)") if database.is_sqlite else ("VACUUM ANALYZE",):
            run(statement)
        connection.invalidate()
    report("statistics")


def _hasten_sqlite(connection: Connection) -> list[str]:
    """Leave out what only protects from mistakes and power cuts; returns the statements that bring the rest back."""
    for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-400000", "wal_autocheckpoint=50000"):
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    wanted = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ticket_words'"
    triggers = connection.exec_driver_sql(wanted).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return ["INSERT INTO ticket_terms(ticket_terms) VALUES ('rebuild')", *(sql for _, sql in triggers)]


def _hasten_postgresql(connection: Connection) -> list[str]:
    """Leave out what only protects from mistakes, and indexes; returns the statements that bring them back."""
    for setting in _HASTE:
        connection.exec_driver_sql(f"SET {setting}")
    names = ", ".join(f"'{each.name}'" for each in COPIED)
    wanted = f"""SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid::regclass::text IN ({names}) AND NOT indisunique"""
    indexes = connection.exec_driver_sql(wanted).all()
    for name, _ in indexes:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    return [definition for _, definition in indexes]


_TABLES = {each.name for each in COPIED}


def rows_of(connection: Connection) -> Iterator[tuple[str, int]]:
    """Yield each table with its number of rows."""
    for table in COPIED:
        counted = connection.exec_driver_sql(f"SELECT count(*) FROM {table.name}").scalar_one()
        yield table.name, counted

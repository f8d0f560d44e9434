"""Numbers that people read aloud: T-2026-000123."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.core.models import Counter


def next_number(session: Session, series: str) -> int:
    """Return the next number of a series; call it inside the transaction that uses the number."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = dialect.insert(Counter).values(name=series, value=1)
    raised = first.on_conflict_do_update(index_elements=[Counter.name], set_={"value": Counter.value + 1})
    number: int = session.execute(raised.returning(Counter.value)).scalar_one()
    return number


def ticket_reference(session: Session, year: int) -> str:
    """Return the next ticket reference of a year."""
    return f"T-{year}-{next_number(session, f'ticket-{year}'):06d}"

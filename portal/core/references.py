"""Numbers that people read aloud: T-2026-000123."""

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from portal.core.models import Counter


def next_number(session: Session, series: str) -> int:
    """Return the next number of a series; call it inside the transaction that uses the number."""
    raised = session.execute(
        update(Counter).where(Counter.name == series).values(value=Counter.value + 1).returning(Counter.value)
    ).scalar()
    if raised is None:
        session.execute(insert(Counter).values(name=series, value=1))
        return 1
    return raised


def ticket_reference(session: Session, year: int) -> str:
    """Return the next ticket reference of a year."""
    return f"T-{year}-{next_number(session, f'ticket-{year}'):06d}"

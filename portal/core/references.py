"""Numbers that people read aloud: T-2026-000123."""

import unicodedata

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.core.models import Counter

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\ufe58", "-"))
"""What people type, or programs put, where a number has its dash."""


def folded(typed: str | None) -> str:
    """Return a text with its numbers as they are written: in capitals, of plain width, with plain dashes."""
    return unicodedata.normalize("NFKC", (typed or "").translate(_DASHES)).translate(_DASHES).upper()


def as_written(typed: str | None) -> str:
    """Return a number as it is written, from however somebody typed it."""
    return "".join(folded(typed).split())


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

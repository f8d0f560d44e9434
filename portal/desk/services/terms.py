"""Engineers' terms that agents sent to customers all the same, with their reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import Actor
from portal.desk.models import KeptTerm
from portal.tickets.models import Ticket

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Kept:
    """Terms of one text, the language of its reader, and why they stay."""

    terms: Sequence[str]
    locale: str
    reason: str


def keep_terms(session: Session, ticket: Ticket, kept: Kept, *, by: Actor, at: datetime) -> None:
    """Note which terms were kept against the phrasebook, so that it can learn from them."""
    if not kept.terms:
        return
    reason = typed_text.keep(session, kept.reason, person_id=by.person_id)
    session.add_all(
        KeptTerm(
            term=each[:_LONGEST].lower(),
            locale=kept.locale,
            ticket_id=ticket.id,
            reason_id=reason.id,
            person_id=by.person_id,
            at=at,
        )
        for each in sorted({each.lower(): each for each in kept.terms}.values())
    )
